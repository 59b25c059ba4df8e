/* SPDX-License-Identifier: MIT */
/* The structure tree of the book (ISO 32000-1, 14.7): the document, its
 * parts, a section for each chapter, and the way back from marked content and
 * annotations to their elements. */
#include <stdlib.h>

#include "pdf/document_parts.h"
#include "pdf/structure.h"

/* Entries of a node of the parent tree. */
#define NODE_SIZE 64

void doc_tree_begin(struct document *doc)
{
    doc->tree_root = canvas_reserve(doc->canvas);
    doc->tree_document = canvas_reserve(doc->canvas);
}

void document_begin_part(struct document *doc, str title)
{
    struct doc_part *part = vec_push(&doc->parts, &doc->arena);

    part->object = canvas_reserve(doc->canvas);
    part->title = arena_dup(&doc->arena, title);
    *vec_push(&doc->body_kids, &doc->arena) = part->object;
}

/* A chapter whose elements become objects. */
struct adding {
    struct document *doc;
    const struct packed_chapter *pc;
    const uint32_t *pages;           /* handles */
    const struct doc_link_id *links; /* page after page */
    uint32_t *first_link;            /* of each page */
    uint32_t *objects;               /* of each element; 0: not used */
    struct buf out;
};

static uint32_t page_object(const struct adding *ad, uint32_t page)
{
    return ad->doc->pages.v[ad->pages[page]].object;
}

static void put_kid(struct adding *ad, const struct packed_kid *k,
                    uint32_t own_page)
{
    struct buf *b = &ad->out;

    if (k->kind == KID_ELEM) {
        put_ref(b, ad->objects[k->value]);
    } else if (k->kind == KID_LINK) {
        buf_puts(b, "<</Type/OBJR/Pg");
        put_ref(b, page_object(ad, k->page));
        buf_puts(b, "/Obj");
        put_ref(b, ad->links[ad->first_link[k->page] + k->value].object);
        buf_puts(b, ">>");
    } else if (k->page == own_page) {
        buf_putc(b, ' ');
        buf_put_int(b, k->value);
    } else {
        buf_puts(b, "<</Type/MCR/Pg");
        put_ref(b, page_object(ad, k->page));
        buf_printf(b, "/MCID %u>>", k->value);
    }
}

/* The page of the first content that is the element's own. */
static uint32_t own_page(const struct adding *ad, const struct packed_elem *e)
{
    for (uint32_t i = e->first; i; i = ad->pc->kids.v[i].next)
        if (ad->pc->kids.v[i].kind == KID_MCID)
            return ad->pc->kids.v[i].page;
    return UINT32_MAX;
}

static void put_kids(struct adding *ad, const struct packed_elem *e)
{
    struct buf *b = &ad->out;
    uint32_t page = own_page(ad, e);

    if (page != UINT32_MAX) {
        buf_puts(b, "/Pg");
        put_ref(b, page_object(ad, page));
    }
    if (!e->first)
        return;
    bool one = e->first == e->last;
    buf_puts(b, one ? "/K" : "/K[");
    for (uint32_t i = e->first; i; i = ad->pc->kids.v[i].next)
        put_kid(ad, &ad->pc->kids.v[i], page);
    if (!one)
        buf_putc(b, ']');
}

static void put_attributes(struct buf *b, const struct packed_elem *e)
{
    bool is_head = e->role == ROLE_TH;

    if (e->alt.n) {
        buf_puts(b, "/Alt");
        canvas_put_text(b, e->alt);
    }
    if (e->lang.n) {
        buf_puts(b, "/Lang");
        canvas_put_bytes(b, e->lang);
    }
    if (!is_head && e->colspan < 2 && e->rowspan < 2)
        return;
    buf_puts(b, "/A<</O/Table");
    if (e->colspan > 1)
        buf_printf(b, "/ColSpan %u", e->colspan);
    if (e->rowspan > 1)
        buf_printf(b, "/RowSpan %u", e->rowspan);
    if (is_head)
        buf_puts(b, e->header_column ? "/Scope/Row" : "/Scope/Column");
    buf_puts(b, ">>");
}

static void set_elem(struct adding *ad, uint32_t i, uint32_t parent)
{
    const struct packed_elem *e = &ad->pc->elems[i];
    struct buf *b = &ad->out;

    buf_reset(b);
    /* Their /Type may be left out, and there are many (14.7.2). */
    buf_puts(b, "/S/");
    buf_puts(b, structure_name(e->role));
    buf_puts(b, "/P");
    put_ref(b, i == 1 ? parent : ad->objects[e->parent]);
    put_kids(ad, e);
    if (i == 1 && ad->pc->lang.n && !str_eq(ad->pc->lang, S("und")) &&
        !str_eq(ad->pc->lang, ad->doc->o.language)) {
        buf_puts(b, "/Lang");
        canvas_put_bytes(b, ad->pc->lang);
    }
    put_attributes(b, e);
    canvas_set(ad->doc->canvas, ad->objects[i], buf_str(b));
}

/* Which element each MCID and each annotation belongs to. */
static void note_owners(struct adding *ad)
{
    struct document *doc = ad->doc;
    const struct doc_link_id *id = ad->links;

    for (uint32_t p = 0; p < ad->pc->n_pages; p++) {
        const struct packed_page *from = &ad->pc->pages[p];
        struct doc_page *page = &doc->pages.v[ad->pages[p]];
        for (uint32_t i = 0; i < from->n_elems; i++)
            *vec_push(&page->elems, &doc->arena) = ad->objects[from->elems[i]];
        for (size_t i = 0; i < from->links.n; i++, id++)
            if (id->key != UINT32_MAX)
                doc->keys.v[id->key].value = ad->objects[from->links.v[i].elem];
    }
}

static void *need_array(size_t n)
{
    void *p = calloc(n + 1, sizeof(uint32_t));

    if (!p)
        die("out of memory");
    return p;
}

static uint32_t add_to_parent(struct document *doc, uint32_t object,
                              enum document_section section)
{
    struct doc_part *part = doc->parts.n ? &doc->parts.v[doc->parts.n - 1]
                                         : NULL;

    if (section == SECTION_BODY && part) {
        *vec_push(&part->kids, &doc->arena) = object;
        return part->object;
    }
    if (section == SECTION_BODY)
        *vec_push(&doc->body_kids, &doc->arena) = object;
    else
        *vec_push(&doc->front_kids, &doc->arena) = object;
    return doc->tree_document;
}

void doc_tree_add(struct document *doc, const struct packed_chapter *pc,
                  const uint32_t *pages, const struct doc_link_id *links,
                  enum document_section section)
{
    struct adding ad = {
        .doc = doc,
        .pc = pc,
        .pages = pages,
        .links = links,
        .first_link = need_array(pc->n_pages),
        .objects = need_array(pc->n_elems),
    };

    for (uint32_t p = 1; p < pc->n_pages; p++)
        ad.first_link[p] = ad.first_link[p - 1] +
                           (uint32_t)pc->pages[p - 1].links.n;
    for (uint32_t i = 1; i < pc->n_elems; i++)
        if (pc->elems[i].used)
            ad.objects[i] = canvas_reserve(doc->canvas);
    if (pc->n_elems > 1 && ad.objects[1]) {
        uint32_t parent = add_to_parent(doc, ad.objects[1], section);
        for (uint32_t i = 1; i < pc->n_elems; i++)
            if (pc->elems[i].used)
                set_elem(&ad, i, parent);
    }
    note_owners(&ad);
    free(ad.first_link);
    free(ad.objects);
    buf_done(&ad.out);
}

static void put_entry(struct document *doc, struct buf *b, uint32_t key)
{
    const struct doc_key *k = &doc->keys.v[key];

    buf_put_int(b, key);
    if (k->is_page) {
        buf_putc(b, '[');
        put_refs(b, &doc->pages.v[k->value].elems);
        buf_putc(b, ']');
    } else {
        put_ref(b, k->value);
        buf_putc(b, ' ');
    }
}

struct tree_node {
    uint32_t object, first, last; /* keys */
};

/* Nodes above N nodes; the number of them, at the start of NODES. */
static size_t gather(struct document *doc, struct tree_node *nodes, size_t n,
                     struct buf *b)
{
    size_t made = 0;

    for (size_t i = 0; i < n; i += NODE_SIZE) {
        size_t end = i + NODE_SIZE < n ? i + NODE_SIZE : n;
        struct tree_node up = { 0, nodes[i].first, nodes[end - 1].last };
        buf_reset(b);
        buf_printf(b, "/Limits[%u %u]/Kids[", up.first, up.last);
        for (size_t k = i; k < end; k++)
            put_ref(b, nodes[k].object);
        buf_putc(b, ']');
        up.object = canvas_add(doc->canvas, buf_str(b));
        nodes[made++] = up;
    }
    return made;
}

/* The object of the parent tree. */
static uint32_t make_parent_tree(struct document *doc, struct buf *b)
{
    size_t n = 0, n_keys = doc->keys.n;
    struct tree_node *nodes = arena_array(&doc->arena, struct tree_node,
                                          n_keys / NODE_SIZE + 1);

    for (size_t i = 0; i < n_keys; i += NODE_SIZE) {
        size_t end = i + NODE_SIZE < n_keys ? i + NODE_SIZE : n_keys;
        struct tree_node leaf = { 0, (uint32_t)i, (uint32_t)end - 1 };
        buf_reset(b);
        buf_printf(b, "/Limits[%u %u]/Nums[", leaf.first, leaf.last);
        for (size_t k = i; k < end; k++)
            put_entry(doc, b, (uint32_t)k);
        buf_putc(b, ']');
        leaf.object = canvas_add(doc->canvas, buf_str(b));
        nodes[n++] = leaf;
    }
    while (n > NODE_SIZE)
        n = gather(doc, nodes, n, b);
    /* The root has no limits. */
    buf_reset(b);
    buf_puts(b, n ? "/Kids[" : "/Nums[");
    for (size_t i = 0; i < n; i++)
        put_ref(b, nodes[i].object);
    buf_putc(b, ']');
    return canvas_add(doc->canvas, buf_str(b));
}

static void set_part(struct document *doc, const struct doc_part *part,
                     struct buf *b)
{
    buf_reset(b);
    buf_puts(b, "/Type/StructElem/S/Part/P");
    put_ref(b, doc->tree_document);
    if (part->title.n) {
        buf_puts(b, "/T");
        canvas_put_text(b, part->title);
    }
    buf_puts(b, "/K[");
    put_refs(b, &part->kids);
    buf_putc(b, ']');
    canvas_set(doc->canvas, part->object, buf_str(b));
}

void doc_tree_finish(struct document *doc)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < doc->parts.n; i++)
        set_part(doc, &doc->parts.v[i], &b);
    buf_reset(&b);
    buf_puts(&b, "/Type/StructElem/S/Document/P");
    put_ref(&b, doc->tree_root);
    buf_puts(&b, "/K[");
    put_refs(&b, &doc->front_kids);
    put_refs(&b, &doc->body_kids);
    buf_putc(&b, ']');
    canvas_set(doc->canvas, doc->tree_document, buf_str(&b));

    uint32_t parents = make_parent_tree(doc, &b);
    buf_reset(&b);
    buf_puts(&b, "/Type/StructTreeRoot/K");
    put_ref(&b, doc->tree_document);
    buf_puts(&b, "/ParentTree");
    put_ref(&b, parents);
    buf_printf(&b, "/ParentTreeNextKey %zu", doc->keys.n);
    canvas_set(doc->canvas, doc->tree_root, buf_str(&b));
    buf_done(&b);
}
