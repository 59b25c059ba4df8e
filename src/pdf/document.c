/* SPDX-License-Identifier: MIT */
#include "pdf/document.h"

#include <stdlib.h>

#include "pdf/content.h"
#include "pdf/document_parts.h"
#include "pdf/marker.h"

struct document *document_new(const struct document_options *o)
{
    struct document *doc = calloc(1, sizeof *doc);

    if (!doc)
        die("out of memory");
    arena_init(&doc->arena);
    arena_init(&doc->fresh);
    struct arena *a = &doc->arena;
    doc->o = *o;
    doc->o.title = arena_dup(a, o->title);
    doc->o.author = arena_dup(a, o->author);
    doc->o.language = arena_dup(a, o->language);
    doc->o.identifier = arena_dup(a, o->identifier);
    doc->o.creator = arena_dup(a, o->creator);
    doc->flate = flate_new();
    doc->canvas = canvas_new(o->path, doc->flate);
    doc->fonts.arena = a;
    doc->last_body = UINT32_MAX;
    doc->font_dict = canvas_reserve(doc->canvas);
    map_init(&doc->images, a);
    map_init(&doc->colors, a);
    map_init(&doc->anchors, a);
    map_init(&doc->posts, a);
    doc_tree_begin(doc);
    return doc;
}

void document_free(struct document *doc)
{
    if (!doc)
        return;
    canvas_free(doc->canvas);
    flate_free(doc->flate);
    buf_done(&doc->digest);
    arena_done(&doc->fresh);
    arena_done(&doc->arena);
    free(doc);
}

void document_set_language(struct document *doc, str language)
{
    doc->o.language = arena_dup(&doc->arena, language);
}

void document_name_cover(struct document *doc, str label)
{
    doc->cover_label = arena_dup(&doc->arena, label);
}

void put_ref(struct buf *b, uint32_t object)
{
    if (b->n && ascii_is_alnum((unsigned char)b->p[b->n - 1]))
        buf_putc(b, ' ');
    buf_put_int(b, object);
    buf_put(b, S(" 0 R"));
}

void put_refs(struct buf *b, const struct object_vec *objects)
{
    for (size_t i = 0; i < objects->n; i++)
        put_ref(b, objects->v[i]);
}

static uint32_t new_key(struct document *doc, bool is_page, uint32_t value)
{
    *vec_push(&doc->keys, &doc->arena) = (struct doc_key){ is_page, value };
    return (uint32_t)doc->keys.n - 1;
}

uint32_t document_add_blank(struct document *doc, enum document_section section)
{
    uint32_t page = (uint32_t)doc->pages.n;

    *vec_push(&doc->pages, &doc->arena) = (struct doc_page){
        .object = canvas_reserve(doc->canvas),
        .section = section,
        .folio = ++doc->n_section[section],
        .place = { doc->o.width, doc->o.height, doc->o.left, doc->o.top },
        .key = new_key(doc, true, page),
    };
    if (section == SECTION_BODY)
        doc->last_body = page;
    return page;
}

/* The colour space that the profile ICC makes (ISO 32000-1, 8.6.5.5). Cameras
 * and screens of a kind share one. */
static void put_color_space(struct document *doc, struct buf *b, str icc)
{
    uint32_t *known = map_find(&doc->colors, icc);
    bool grey = str_eq(str_sub(icc, 16, 4), S("GRAY"));

    if (!known) {
        known = arena_new(&doc->arena, uint32_t);
        *known = canvas_stream(doc->canvas,
                               grey ? S("/N 1/Alternate/DeviceGray")
                                    : S("/N 3/Alternate/DeviceRGB"),
                               flate_pack(doc->flate, icc, &doc->arena),
                               CANVAS_DEFLATED);
        map_put(&doc->colors, arena_dup(&doc->arena, icc), known);
    }
    buf_puts(b, "/ColorSpace[/ICCBased");
    put_ref(b, *known);
    buf_putc(b, ']');
}

/* The object of an image; equal names are stored once. */
static uint32_t image_object(struct document *doc, const struct pdf_image *im)
{
    uint32_t *known = map_find(&doc->images, im->name);
    struct buf dict = { 0 };

    if (known)
        return *known;
    buf_puts(&dict, im->form ? "/Type/XObject/Subtype/Form"
                             : "/Type/XObject/Subtype/Image");
    buf_put(&dict, im->dict);
    if (im->icc.n)
        put_color_space(doc, &dict, im->icc);
    if (im->smask.n) {
        str mask = arena_join(&doc->arena, S("/Type/XObject/Subtype/Image"),
                              im->smask);
        buf_puts(&dict, "/SMask");
        put_ref(&dict, canvas_stream(doc->canvas, mask, im->smask_bytes,
                                     CANVAS_PLAIN));
    }
    known = arena_new(&doc->arena, uint32_t);
    *known = canvas_stream(doc->canvas, buf_str(&dict), im->bytes,
                           CANVAS_PLAIN);
    map_put(&doc->images, arena_dup(&doc->arena, im->name), known);
    buf_done(&dict);
    return *known;
}

static void add_images(struct document *doc, struct doc_page *page,
                       const struct packed_chapter *pc,
                       const struct packed_page *from)
{
    struct buf b = { 0 };

    if (from->images.n == 0)
        return;
    buf_put(&b, page->images);
    for (size_t i = 0; i < from->images.n; i++) {
        const struct pdf_image *im = &pc->images.v[from->images.v[i]];
        uint32_t object = image_object(doc, im);
        str entry = arena_printf(&doc->arena, "/%.*s %u 0 R", STR_ARG(im->name),
                                 object);
        /* Two chapters may share a page and a picture. */
        if (str_find(buf_str(&b), entry) == STR_NONE)
            buf_put(&b, entry);
    }
    page->images = arena_dup(&doc->arena, buf_str(&b));
    buf_done(&b);
}

static void add_content(struct document *doc, uint32_t handle,
                        const struct packed_page *from)
{
    struct doc_page *page = &doc->pages.v[handle];
    struct arena *a = &doc->arena;

    *vec_push(&page->contents, a) = canvas_stream(
        doc->canvas, (str){ 0 }, from->content, CANVAS_DEFLATED);
    /* A zlib stream ends with a checksum of what it holds. */
    if (from->content.n >= 4)
        buf_put(&doc->digest, str_from(from->content, from->content.n - 4));
    for (size_t i = 0; i < from->refs.n; i++) {
        struct packed_ref *r = vec_push(&page->refs, a);
        *r = from->refs.v[i];
        r->frag = arena_dup(a, r->frag);
    }
}

static str post_key(struct arena *a, uint32_t post, str frag)
{
    return arena_printf(a, "%u#%.*s", post, STR_ARG(frag));
}

static void put_place(struct document *doc, struct map *m, str key,
                      uint32_t page, int32_t y)
{
    struct doc_anchor **place = (struct doc_anchor **)map_at(m, key);

    /* The first of equal ids counts, as in HTML. */
    if (*place)
        return;
    *place = arena_new(&doc->arena, struct doc_anchor);
    **place = (struct doc_anchor){ page, y };
}

static void add_anchors(struct document *doc, uint32_t post, uint32_t page,
                        const struct packed_page *from)
{
    for (size_t i = 0; i < from->anchors.n; i++) {
        const struct packed_anchor *an = &from->anchors.v[i];
        put_place(doc, &doc->anchors, post_key(&doc->arena, post, an->id), page,
                  an->y);
    }
}

/* Annotations of a page; IDS gets what each is known by. */
static void add_links(struct document *doc, uint32_t handle,
                      const struct packed_page *from, struct doc_link_id *ids)
{

    for (size_t i = 0; i < from->links.n; i++) {
        const struct packed_link *l = &from->links.v[i];
        bool inside = l->post != UINT32_MAX;
        struct arena *a = inside ? &doc->arena : &doc->fresh;
        ids[i] = (struct doc_link_id){
            .object = canvas_reserve(doc->canvas),
            /* The element's object is not known yet: see doc_tree_add(). */
            .key = l->elem ? new_key(doc, false, 0) : UINT32_MAX,
        };
        *vec_push(&doc->pages.v[handle].annots, &doc->arena) = ids[i].object;
        *vec_push(inside ? &doc->links : &doc->fresh_links,
                  a) = (struct doc_link){
            .id = ids[i],
            .page = handle,
            .x = l->x,
            .y = l->y,
            .w = l->w,
            .h = l->h,
            .post = l->post,
            .target = arena_dup(a, inside ? l->frag : l->url),
        };
    }
}

static uint32_t count_links(const struct packed_chapter *pc)
{
    size_t n = 0;

    for (uint32_t i = 0; i < pc->n_pages; i++)
        n += pc->pages[i].links.n;
    return (uint32_t)n;
}

/* Y of the chapter's first item with a place; the type area's top. */
static void add_start(struct document *doc, uint32_t post, uint32_t page,
                      int32_t y)
{
    if (post != UINT32_MAX)
        put_place(doc, &doc->posts, arena_printf(&doc->arena, "%u", post), page,
                  y);
}

static uint32_t add_pages(struct document *doc, const struct packed_chapter *pc,
                          enum document_section section, bool continues)
{
    uint32_t first = continues ? doc->last_body : (uint32_t)doc->pages.n;
    uint32_t *objects = calloc(pc->n_pages + 1, sizeof *objects);
    struct doc_link_id *links = calloc(count_links(pc) + 1, sizeof *links);
    uint32_t n_links = 0;

    if (!objects || !links)
        die("out of memory");
    doc_links_make(doc, &doc->fresh_links);
    arena_reset(&doc->fresh);
    for (uint32_t i = 0; i < pc->n_pages; i++) {
        const struct packed_page *from = &pc->pages[i];
        /* Front matter may have been added in between. */
        uint32_t handle = i == 0 && continues
                              ? doc->last_body
                              : document_add_blank(doc, section);
        objects[i] = handle;
        add_content(doc, handle, from);
        add_images(doc, &doc->pages.v[handle], pc, from);
        add_anchors(doc, pc->post, handle, from);
        add_links(doc, handle, from, links + n_links);
        n_links += (uint32_t)from->links.n;
    }
    if (pc->n_pages)
        add_start(doc, pc->post, first, pc->start_y);
    font_uses_merge(&doc->fonts, &pc->fonts);
    doc_tree_add(doc, pc, objects, links, section);
    free(objects);
    free(links);
    return first;
}

uint32_t document_add_chapter(struct document *doc,
                              const struct packed_chapter *pc,
                              enum document_section section)
{
    return add_pages(doc, pc, section, false);
}

uint32_t document_continue_chapter(struct document *doc,
                                   const struct packed_chapter *pc)
{
    return add_pages(doc, pc, SECTION_BODY, doc->last_body != UINT32_MAX);
}

uint32_t document_next_mcid(const struct document *doc)
{
    return doc->last_body == UINT32_MAX
               ? 0
               : (uint32_t)doc->pages.v[doc->last_body].elems.n;
}

void document_place(struct document *doc, uint32_t page,
                    const struct page_place *place)
{
    doc->pages.v[page].place = *place;
}

uint32_t document_section_pages(const struct document *doc,
                                enum document_section section)
{
    return doc->n_section[section];
}

uint32_t document_page_count(const struct document *doc)
{
    return (uint32_t)doc->pages.n;
}

str document_folio(const struct document *doc, uint32_t page, struct arena *a)
{
    const struct doc_page *p = &doc->pages.v[page];

    if (p->section == SECTION_COVER)
        return (str){ 0 };
    return marker_text(p->section == SECTION_FRONT ? LIST_LOWER_ROMAN
                                                   : LIST_DECIMAL,
                       p->folio, a);
}

bool document_find_anchor(const struct document *doc, uint32_t post, str frag,
                          struct document_place *out)
{
    struct buf key = { 0 };
    const struct doc_anchor *found = NULL;

    buf_printf(&key, "%u#%.*s", post, STR_ARG(frag));
    if (frag.n)
        found = map_find(&doc->anchors, buf_str(&key));
    key.n = str_find_char(buf_str(&key), '#');
    if (!found)
        found = map_find(&doc->posts, buf_str(&key));
    buf_done(&key);
    if (!found)
        return false;
    *out = (struct document_place){
        .page = found->page,
        .y = doc->pages.v[found->page].place.top + found->y,
    };
    return true;
}

void document_add_outline(struct document *doc, unsigned level, str title,
                          uint32_t page, int32_t y)
{
    *vec_push(&doc->outline, &doc->arena) = (struct doc_entry){
        .level = level,
        .title = arena_dup(&doc->arena, title),
        .page = page,
        .y = y,
    };
}

const struct font_uses *document_fonts(const struct document *doc)
{
    return &doc->fonts;
}

bool document_finish(struct document *doc, str target, struct diag *dg)
{
    uint8_t id[16];

    doc_late_make(doc);
    doc_links_make(doc, &doc->fresh_links);
    doc_links_make(doc, &doc->links);
    if (!doc_fonts_make(doc, dg))
        return false;
    uint32_t pages = doc_pages_make(doc);
    uint32_t outline = doc_outline_make(doc);
    doc_tree_finish(doc);
    doc_meta_make(doc, pages, outline, id);
    return canvas_close(doc->canvas, id, target, dg);
}
