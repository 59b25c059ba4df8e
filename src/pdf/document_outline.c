/* SPDX-License-Identifier: MIT */
/* The outline, what viewers show as bookmarks (ISO 32000-1, 12.3.3). */
#include "pdf/document_parts.h"

/* Indexes into the entries; 0 is the root. */
struct outline_item {
    const struct doc_entry *entry;
    uint32_t object;
    uint32_t parent, first, last, prev, next, n_kids;
};

struct outline {
    struct document *doc;
    struct outline_item *items;
    uint32_t n;
    uint32_t *open; /* the newest item of each level; level 0 is the root */
    unsigned depth; /* the newest item's level */
};

static void add_entry(struct outline *o, const struct doc_entry *e)
{
    unsigned level = e->level < o->depth ? e->level : o->depth;
    uint32_t parent = o->open[level], i = o->n++;
    struct outline_item *up = &o->items[parent];

    o->items[i] = (struct outline_item){
        .entry = e,
        .object = canvas_reserve(o->doc->canvas),
        .parent = parent,
        .prev = up->last,
    };
    if (up->last)
        o->items[up->last].next = i;
    else
        up->first = i;
    up->last = i;
    up->n_kids++;
    o->depth = level + 1;
    o->open[o->depth] = i;
}

static void put_link(const struct outline *o, struct buf *b, const char *name,
                     uint32_t item)
{
    if (!item)
        return;
    buf_puts(b, name);
    put_ref(b, o->items[item].object);
}

static void set_item(struct outline *o, uint32_t i, struct buf *b)
{
    const struct outline_item *it = &o->items[i];

    buf_reset(b);
    if (i == 0) {
        buf_printf(b, "/Type/Outlines/Count %u", it->n_kids);
    } else {
        buf_puts(b, "/Title");
        canvas_put_text(b, it->entry->title);
        buf_puts(b, "/Dest");
        put_dest(o->doc, b, it->entry->page, it->entry->y);
        buf_puts(b, "/Parent");
        put_ref(b, o->items[it->parent].object);
        /* Closed, as is everything below it. */
        if (it->n_kids)
            buf_printf(b, "/Count -%u", it->n_kids);
    }
    put_link(o, b, "/Prev", it->prev);
    put_link(o, b, "/Next", it->next);
    put_link(o, b, "/First", it->first);
    put_link(o, b, "/Last", it->last);
    canvas_set(o->doc->canvas, it->object, buf_str(b));
}

static void add_section(struct outline *o, enum document_section section)
{
    const struct document *doc = o->doc;

    for (size_t i = 0; i < doc->outline.n; i++) {
        const struct doc_entry *e = &doc->outline.v[i];
        if (doc->pages.v[e->page].section == section)
            add_entry(o, e);
    }
}

uint32_t doc_outline_make(struct document *doc)
{
    size_t n = doc->outline.n;
    struct outline o = { .doc = doc, .n = 1 };
    struct buf b = { 0 };

    if (n == 0)
        return 0;
    o.items = arena_array(&doc->arena, struct outline_item, n + 1);
    o.open = arena_array(&doc->arena, uint32_t, n + 2);
    o.items[0].object = canvas_reserve(doc->canvas);
    for (int section = 0; section < SECTION_COUNT; section++) {
        o.depth = 0;
        add_section(&o, section);
    }
    for (uint32_t i = 0; i < o.n; i++)
        set_item(&o, i, &b);
    buf_done(&b);
    return o.items[0].object;
}
