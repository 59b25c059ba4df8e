/* SPDX-License-Identifier: MIT */
#include "pdf/pack.h"

#include <stdlib.h>

#include "book/post.h"
#include "pdf/content.h"
#include "pdf/flate.h"
#include "pdf/pack_tree.h"
#include "pdf/structure.h"

#define DPI_DEFAULT 300

/* Bytes of pages that may wait to be deflated together. */
#define WAITING_MAX (256u << 10)

struct packer {
    struct flate *flate;
    struct buf scratch;
    struct buf waiting; /* contents of pages, one behind the other */
};

struct packer *packer_new(void)
{
    struct packer *pk = calloc(1, sizeof *pk);

    if (!pk)
        die("out of memory");
    pk->flate = flate_new();
    return pk;
}

void packer_free(struct packer *pk)
{
    if (!pk)
        return;
    flate_free(pk->flate);
    buf_done(&pk->scratch);
    buf_done(&pk->waiting);
    free(pk);
}

/* A picture of the chapter as it was prepared for a printed width. */
struct prepared {
    uint32_t image; /* of the chapter */
    int32_t w;
    uint32_t index; /* into the packed chapter's; UINT32_MAX: can't be drawn */
};

/* A chapter being packed. */
struct packing {
    const struct laid_chapter *lc;
    const struct pack_options *options;
    struct packed_chapter *pc;
    struct arena *arena;
    struct diag *diag;
    struct packer *packer;
    uint32_t n_deflated; /* pages */
    struct content_stream content;
    struct pack_tree tree;
    VEC(struct prepared) prepared;
    /* of the page */
    struct packed_page *page;
    uint32_t page_index, first_mcid;
    VEC(uint32_t) elems;
    bool marked; /* content of `elem` is being written */
    uint32_t elem;
};

static uint32_t clamp_elem(const struct packing *p, uint32_t elem)
{
    return elem < p->pc->n_elems ? elem : 0;
}

static uint32_t new_mcid(struct packing *p, uint32_t elem)
{
    uint32_t mcid = p->first_mcid + (uint32_t)p->elems.n;

    *vec_push(&p->elems, p->arena) = elem;
    pack_tree_add(&p->tree, elem, KID_MCID, p->page_index, mcid);
    return mcid;
}

static uint32_t go_on(void *owner)
{
    struct packing *p = owner;

    return new_mcid(p, p->elem);
}

/* What follows belongs to ELEM. */
static void mark(struct packing *p, uint32_t elem)
{
    if (p->marked && p->elem == elem)
        return;
    p->marked = true;
    p->elem = elem;
    if (elem)
        content_element(&p->content, structure_name(p->pc->elems[elem].role));
    else
        content_artifact(&p->content, false);
}

static void add_link(struct packing *p, const struct item *it)
{
    uint32_t elem = clamp_elem(p, it->struct_elem);

    *vec_push(&p->page->links, p->arena) = (struct packed_link){
        .x = it->x,
        .y = it->y,
        .w = it->w,
        .h = it->h,
        .url = it->text,
        .post = it->post,
        .frag = it->frag,
        .elem = elem,
    };
    if (elem)
        pack_tree_add(&p->tree, elem, KID_LINK, p->page_index,
                      (uint32_t)p->page->links.n - 1);
}

static void add_anchor(struct packing *p, const struct item *it)
{
    *vec_push(&p->page->anchors,
              p->arena) = (struct packed_anchor){ it->text, it->x, it->y };
}

static void add_ref(struct packing *p, const struct item *it)
{
    uint32_t elem = clamp_elem(p, it->struct_elem);

    /* Its marked content stands in a stream of its own. */
    if (elem && p->marked) {
        content_end(&p->content);
        p->marked = false;
    }
    *vec_push(&p->page->refs, p->arena) = (struct packed_ref){
        .x = it->x,
        .y = it->y,
        .w = it->w,
        .h = it->h,
        .font = it->font,
        .size = it->size,
        .color = it->color,
        .post = it->post,
        .frag = it->frag,
        .mcid = elem ? new_mcid(p, elem) : MCID_NONE,
    };
}

static void set_unshown(struct packing *p, uint32_t image, const char *why)
{
    if (!p->pc->unshown)
        p->pc->unshown = arena_array(p->arena, const char *,
                                     p->lc->chapter->images.n);
    p->pc->unshown[image] = why;
}

/* The index of the picture among the packed ones, made if it is not yet. */
static uint32_t prepare_image(struct packing *p, const struct item *it)
{
    const struct chapter *c = p->lc->chapter;

    for (size_t i = 0; i < p->prepared.n; i++) {
        const struct prepared *q = &p->prepared.v[i];
        if (q->image == it->image && (q->index == UINT32_MAX || q->w >= it->w))
            return q->index;
    }
    struct pdf_image im;
    struct prepared made = { it->image, it->w, UINT32_MAX };
    if (pdf_image_make(&im, &c->images.v[it->image],
                       &(struct pdf_image_options){
                           .w = it->w,
                           .h = it->h,
                           .dpi = p->options->image_dpi ? p->options->image_dpi
                                                        : DPI_DEFAULT,
                           .from = c->post ? c->post->path : (str){ 0 },
                           .flate = p->packer->flate,
                           .kept = p->options->kept,
                       },
                       p->arena, p->diag)) {
        made.index = (uint32_t)p->pc->images.n;
        *vec_push(&p->pc->images, p->arena) = im;
    } else {
        set_unshown(p, it->image, im.wrong);
    }
    *vec_push(&p->prepared, p->arena) = made;
    return made.index;
}

static void name_image(struct packing *p, uint32_t index)
{
    for (size_t i = 0; i < p->page->images.n; i++)
        if (p->page->images.v[i] == index)
            return;
    *vec_push(&p->page->images, p->arena) = index;
}

static void draw_image(struct packing *p, const struct item *it)
{
    const struct chapter *c = p->lc->chapter;

    mark(p, clamp_elem(p, it->struct_elem));
    if (it->image >= c->images.n || it->w <= 0 || it->h <= 0)
        return;
    uint32_t index = prepare_image(p, it);
    /* What can't be drawn still has its words. */
    if (index == UINT32_MAX) {
        content_resume(&p->content);
        return;
    }
    const struct pdf_image *im = &p->pc->images.v[index];
    name_image(p, index);
    content_image(&p->content, it, im->name, im->orientation);
}

static void draw_glyphs(struct packing *p, const struct item *it)
{
    mark(p, clamp_elem(p, it->struct_elem));
    if (it->ours)
        content_ours(&p->content, it);
    else
        content_glyphs(&p->content, it);
}

static void draw_rule(struct packing *p, const struct item *it)
{
    mark(p, clamp_elem(p, it->struct_elem));
    content_rule(&p->content, it);
}

static void draw_qr(struct packing *p, const struct item *it)
{
    mark(p, clamp_elem(p, it->struct_elem));
    content_qr(&p->content, it);
}

static void (*const packers[])(struct packing *, const struct item *) = {
    [ITEM_GLYPHS] = draw_glyphs, [ITEM_RULE] = draw_rule,
    [ITEM_IMAGE] = draw_image,   [ITEM_QR] = draw_qr,
    [ITEM_LINK] = add_link,      [ITEM_ANCHOR] = add_anchor,
    [ITEM_PAGE_REF] = add_ref,
};

/* Deflates the pages before END that wait. What the compressor works with is
 * large: for each page anew it would take as long to come near as the page. */
static void deflate_pages(struct packing *p, uint32_t end)
{
    struct buf *waiting = &p->packer->waiting;

    for (size_t at = 0; p->n_deflated < end; p->n_deflated++) {
        struct packed_page *page = &p->pc->pages[p->n_deflated];
        str plain = str_sub(buf_str(waiting), at, page->content.n);
        page->content = flate_pack(p->packer->flate, plain, p->arena);
        at += plain.n;
    }
    buf_reset(waiting);
}

static void pack_page(struct packing *p, uint32_t index)
{
    const struct page *from = &p->lc->pages.v[index];

    p->page = &p->pc->pages[index];
    p->page_index = index;
    p->first_mcid = index == 0 ? p->options->first_mcid : 0;
    p->elems.v = NULL;
    p->elems.n = p->elems.cap = 0;
    p->marked = false;
    content_begin(&p->content);
    for (size_t i = 0; i < from->items.n; i++)
        packers[from->items.v[i].kind](p, &from->items.v[i]);
    content_end(&p->content);
    p->page->content = (str){ NULL, p->content.out.n };
    buf_put(&p->packer->waiting, buf_str(&p->content.out));
    if (p->packer->waiting.n > WAITING_MAX)
        deflate_pages(p, index + 1);
    p->page->elems = p->elems.v;
    p->page->n_elems = (uint32_t)p->elems.n;
    p->page->opens_chapter = from->opens_chapter;
    p->page->kind = from->kind;
    p->page->blank = from->blank;
    p->page->fill_y = from->fill_y;
}

/* The upper edge of what stands highest on the first page. */
static int32_t find_start(const struct laid_chapter *lc)
{
    int32_t least = INT32_MAX;

    if (lc->pages.n == 0 || lc->pages.v[0].opens_chapter)
        return 0;
    for (size_t i = 0; i < lc->pages.v[0].items.n; i++) {
        const struct item *it = &lc->pages.v[0].items.v[i];
        int32_t top = it->kind == ITEM_GLYPHS ? it->y - it->size : it->y;
        if (top < least)
            least = top;
    }
    return least == INT32_MAX || least < 0 ? 0 : least;
}

struct packed_chapter *pack_chapter(struct packer *pk,
                                    const struct laid_chapter *lc,
                                    const struct pack_options *o,
                                    struct arena *a, struct diag *dg)
{
    struct packed_chapter *pc = arena_new(a, struct packed_chapter);
    struct packing p = {
        .lc = lc,
        .options = o,
        .pc = pc,
        .arena = a,
        .diag = dg,
        .packer = pk,
        .content = { .out = pk->scratch, .arena = a, .uses = &pc->fonts },
    };

    p.content.next_mcid = go_on;
    p.content.owner = &p;
    pc->post = lc->chapter->post ? lc->chapter->post->index : UINT32_MAX;
    pc->lang = lc->chapter->lang_tag;
    pc->start_y = find_start(lc);
    pc->n_pages = (uint32_t)lc->pages.n;
    pc->pages = arena_array(a, struct packed_page, pc->n_pages);
    pc->fonts.arena = a;
    pack_tree_begin(&p.tree, pc, lc, a);
    for (uint32_t i = 0; i < pc->n_pages; i++)
        pack_page(&p, i);
    deflate_pages(&p, pc->n_pages);
    pack_tree_end(&p.tree);
    pk->scratch = p.content.out;
    return pc;
}
