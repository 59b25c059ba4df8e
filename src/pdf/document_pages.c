/* SPDX-License-Identifier: MIT */
/* Pages, their tree, and what is drawn on them when all is known. */
#include "pdf/content.h"
#include "pdf/content_parts.h"
#include "pdf/document_parts.h"
#include "pdf/fontset.h"
#include "pdf/shape.h"

/* Kids of a node of the page tree. */
#define NODE_SIZE 32
/* Bytes from which on the streams made last are deflated. */
#define LATE_PACKED_MIN 140

void put_dest(struct document *doc, struct buf *b, uint32_t page, int32_t y)
{
    buf_putc(b, '[');
    put_ref(b, doc->pages.v[page].object);
    buf_puts(b, "/XYZ null ");
    canvas_put_mp(b, (int64_t)doc->pages.v[page].place.height - y);
    buf_puts(b, " null]");
}

static void put_rect(struct document *doc, struct buf *b,
                     const struct doc_link *l)
{
    const struct doc_page *page = &doc->pages.v[l->page];
    int64_t left = (int64_t)page->place.left + l->x;
    int64_t top = (int64_t)page->place.height - page->place.top - l->y;
    const int64_t corners[4] = { left, top - l->h, left + l->w, top };

    buf_puts(b, "/Rect[");
    for (int i = 0; i < 4; i++) {
        if (i)
            buf_putc(b, ' ');
        canvas_put_mp(b, corners[i]);
    }
    buf_putc(b, ']');
}

static void put_target(struct document *doc, struct buf *b,
                       const struct doc_link *l)
{
    struct document_place to;

    if (l->post == UINT32_MAX) {
        buf_puts(b, "/Contents");
        canvas_put_text(b, l->target);
        buf_puts(b, "/A<</S/URI/URI");
        canvas_put_bytes(b, l->target);
        buf_puts(b, ">>");
    } else if (document_find_anchor(doc, l->post, l->target, &to)) {
        buf_puts(b, "/Dest");
        put_dest(doc, b, to.page, to.y);
    }
}

void doc_links_make(struct document *doc, struct doc_link_vec *links)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < links->n; i++) {
        const struct doc_link *l = &links->v[i];
        buf_reset(&b);
        /* F 4: printed, as PDF/A wants it (ISO 19005-2, 6.3.2). */
        buf_puts(&b, "/Type/Annot/Subtype/Link/Border[0 0 0]/F 4");
        put_rect(doc, &b, l);
        if (l->id.key != UINT32_MAX)
            buf_printf(&b, "/StructParent %u", l->id.key);
        put_target(doc, &b, l);
        canvas_set_apart(doc->canvas, l->id.object, buf_str(&b));
    }
    *links = (struct doc_link_vec){ 0 };
    buf_done(&b);
}

/* A late stream being written. */
struct late {
    struct document *doc;
    struct content_stream content;
    struct arena arena;
};

static void draw_runs(struct late *lt, const struct packed_ref *r, str label)
{
    const struct font_chain chain = {
        .fs = lt->doc->o.fonts,
        .fonts = (uint32_t[]){ r->font->index },
        .n = 1,
    };
    const struct shape_style style = {
        .end = (uint32_t)label.n,
        .chain = &chain,
        .size = r->size,
        .tabular = true,
    };
    struct shaped sh = shape_text(lt->doc->o.shaper, label, &style, 1,
                                  &lt->arena);
    int32_t slack = r->w;

    for (uint32_t i = 0; i < sh.n_glyphs; i++)
        slack -= sh.glyphs[i].advance;
    int32_t x = r->x + slack / 2;
    for (uint32_t i = 0; i < sh.n_runs; i++) {
        const struct shape_run *run = &sh.runs[i];
        content_glyphs(&lt->content, &(struct item){
                                         .kind = ITEM_GLYPHS,
                                         .x = x,
                                         .y = r->y + r->h,
                                         .color = r->color,
                                         .font = run->font,
                                         .size = run->size,
                                         .glyphs = sh.glyphs + run->first,
                                         .n_glyphs = run->n,
                                         .text = label,
                                     });
        for (uint32_t k = 0; k < run->n; k++)
            x += sh.glyphs[run->first + k].advance;
    }
}

static void draw_ref(struct late *lt, const struct packed_ref *r)
{
    struct document_place to;

    if (r->mcid == MCID_NONE)
        content_artifact(&lt->content, false);
    else
        content_tag(&lt->content, "Reference", r->mcid);
    if (document_find_anchor(lt->doc, r->post, r->frag, &to))
        draw_runs(lt, r, document_folio(lt->doc, to.page, &lt->arena));
}

/* A folio is too short for deflate to make it shorter. */
static uint32_t add_late(struct document *doc, str content, struct arena *a)
{
    if (content.n < LATE_PACKED_MIN)
        return canvas_stream(doc->canvas, (str){ 0 }, content, CANVAS_PLAIN);
    return canvas_stream(doc->canvas, (str){ 0 },
                         flate_pack(doc->flate, content, a), CANVAS_DEFLATED);
}

static void make_late(struct late *lt, struct doc_page *page)
{
    lt->content.dx = page->place.left;
    lt->content.dy = page->place.height - page->place.top;
    arena_reset(&lt->arena);
    content_begin(&lt->content);
    for (size_t i = 0; i < page->refs.n; i++)
        draw_ref(lt, &page->refs.v[i]);
    content_end(&lt->content);
    buf_put(&lt->content.out, page->overlay);
    *vec_push(&page->contents, &lt->doc->arena) = add_late(
        lt->doc, buf_str(&lt->content.out), &lt->arena);
}

/* The state that a page's own streams are drawn in: the type area's upper
 * left corner is their origin. Few pages differ in that. */
struct origin {
    int32_t left, bottom;
    uint32_t object;
};

struct origins {
    struct arena *arena;
    VEC(struct origin) known;
};

static uint32_t origin_object(struct document *doc, struct origins *o,
                              const struct doc_page *page)
{
    struct buf b = { 0 };
    int32_t left = page->place.left;
    int32_t bottom = page->place.height - page->place.top;

    for (size_t i = o->known.n; i-- > 0;)
        if (o->known.v[i].left == left && o->known.v[i].bottom == bottom)
            return o->known.v[i].object;
    buf_puts(&b, "q 1 0 0 1 ");
    canvas_put_mp(&b, left);
    buf_putc(&b, ' ');
    canvas_put_mp(&b, bottom);
    buf_puts(&b, " cm\n");
    uint32_t object = canvas_stream(doc->canvas, (str){ 0 }, buf_str(&b),
                                    CANVAS_PLAIN);
    buf_done(&b);
    *vec_push(&o->known, o->arena) = (struct origin){
        left,
        bottom,
        object,
    };
    return object;
}

void doc_late_make(struct document *doc)
{
    struct late lt = { .doc = doc };
    struct origins origins = { .arena = &doc->arena };
    uint32_t restore = canvas_stream(doc->canvas, (str){ 0 }, S("Q\n"),
                                     CANVAS_PLAIN);

    arena_init(&lt.arena);
    lt.content.arena = &lt.arena;
    lt.content.uses = &doc->fonts;
    shaper_begin(doc->o.shaper, (str){ 0 }, NULL);
    for (size_t i = 0; i < doc->pages.n; i++) {
        struct doc_page *page = &doc->pages.v[i];
        struct object_vec own = page->contents;
        page->contents = (struct object_vec){ 0 };
        if (own.n) {
            *vec_push(&page->contents,
                      &doc->arena) = origin_object(doc, &origins, page);
            for (size_t k = 0; k < own.n; k++)
                *vec_push(&page->contents, &doc->arena) = own.v[k];
            *vec_push(&page->contents, &doc->arena) = restore;
        }
        if (page->refs.n || page->overlay.n)
            make_late(&lt, page);
    }
    buf_done(&lt.content.out);
    arena_done(&lt.arena);
}

void document_add_overlay(struct document *doc, uint32_t page,
                          const struct item *items, size_t n, int32_t x,
                          int32_t y)
{
    static void (*const draw[])(struct content_stream *,
                                const struct item *) = {
        [ITEM_GLYPHS] = content_glyphs,
        [ITEM_RULE] = content_rule,
        [ITEM_QR] = content_qr,
        [ITEM_PAGE_REF] = NULL,
    };
    struct doc_page *p = &doc->pages.v[page];
    struct arena scratch;
    struct content_stream c = {
        .arena = &scratch,
        .uses = &doc->fonts,
        .dx = x,
        .dy = p->place.height - y,
    };

    arena_init(&scratch);
    content_begin(&c);
    content_artifact(&c, true);
    /* Text that is copied over a page's end is to go on without its head. */
    content_span_begin(&c, S(""));
    for (size_t i = 0; i < n; i++)
        if (draw[items[i].kind])
            draw[items[i].kind](&c, &items[i]);
    content_text_end(&c);
    content_span_end(&c);
    content_end(&c);
    p->overlay = arena_join(&doc->arena, p->overlay, buf_str(&c.out));
    buf_done(&c.out);
    arena_done(&scratch);
}

static void put_size(struct buf *b, int32_t width, int32_t height)
{
    buf_puts(b, "/MediaBox[0 0 ");
    canvas_put_mp(b, width);
    buf_putc(b, ' ');
    canvas_put_mp(b, height);
    buf_putc(b, ']');
}

static void set_page(struct document *doc, const struct doc_page *p,
                     uint32_t parent, struct buf *b)
{
    buf_reset(b);
    buf_puts(b, "/Type/Page/Parent");
    put_ref(b, parent);
    if (p->place.width != doc->o.width || p->place.height != doc->o.height)
        put_size(b, p->place.width, p->place.height);
    buf_puts(b, "/Resources<</Font");
    put_ref(b, doc->font_dict);
    if (p->images.n) {
        buf_puts(b, "/XObject<<");
        buf_put(b, p->images);
        buf_puts(b, ">>");
    }
    buf_puts(b, ">>/Contents[");
    put_refs(b, &p->contents);
    buf_printf(b, "]/StructParents %u/Tabs/S", p->key);
    if (p->annots.n) {
        buf_puts(b, "/Annots[");
        put_refs(b, &p->annots);
        buf_putc(b, ']');
    }
    canvas_set(doc->canvas, p->object, buf_str(b));
}

/* A page or a node of the page tree. */
struct node_of_pages {
    uint32_t object, count;
    const struct doc_page *page; /* NULL: a node */
    struct object_vec kids;
};

static void set_node(struct document *doc, const struct node_of_pages *n,
                     uint32_t parent, struct buf *b)
{
    if (n->page) {
        set_page(doc, n->page, parent, b);
        return;
    }
    buf_reset(b);
    buf_puts(b, "/Type/Pages");
    if (parent) {
        buf_puts(b, "/Parent");
        put_ref(b, parent);
    } else {
        put_size(b, doc->o.width, doc->o.height);
    }
    buf_printf(b, "/Count %u/Kids[", n->count);
    put_refs(b, &n->kids);
    buf_putc(b, ']');
    canvas_set(doc->canvas, n->object, buf_str(b));
}

/* Nodes above N nodes, which get their text. */
static struct node_of_pages *gather(struct document *doc,
                                    const struct node_of_pages *nodes, size_t n,
                                    struct buf *b)
{
    size_t n_up = (n + NODE_SIZE - 1) / NODE_SIZE;
    struct node_of_pages *up = arena_array(&doc->arena, struct node_of_pages,
                                           n_up);

    for (size_t i = 0; i < n; i++) {
        struct node_of_pages *parent = &up[i / NODE_SIZE];
        if (!parent->object)
            parent->object = canvas_reserve(doc->canvas);
        parent->count += nodes[i].count;
        *vec_push(&parent->kids, &doc->arena) = nodes[i].object;
        set_node(doc, &nodes[i], parent->object, b);
    }
    return up;
}

uint32_t doc_pages_make(struct document *doc)
{
    size_t n = 0;
    struct node_of_pages *nodes = arena_array(&doc->arena, struct node_of_pages,
                                              doc->pages.n + 1);
    struct buf b = { 0 };

    for (int section = 0; section < SECTION_COUNT; section++)
        for (size_t i = 0; i < doc->pages.n; i++)
            if ((int)doc->pages.v[i].section == section)
                nodes[n++] = (struct node_of_pages){
                    .object = doc->pages.v[i].object,
                    .count = 1,
                    .page = &doc->pages.v[i],
                };
    do {
        nodes = gather(doc, nodes, n, &b);
        n = (n + NODE_SIZE - 1) / NODE_SIZE;
    } while (n > 1);
    set_node(doc, nodes, 0, &b);
    buf_done(&b);
    return nodes->object;
}
