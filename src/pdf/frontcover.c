/* SPDX-License-Identifier: MIT */
#include "assets/cover.h"
#include "pdf/front.h"

#define BLEED (3 * MP_PER_MM)

/* The page, seen from its type area. */
static struct item page_of(const struct page_style *ps)
{
    return (struct item){ .x = -ps->margin[SIDE_LEFT],
                          .y = -ps->margin[SIDE_TOP],
                          .w = ps->width,
                          .h = ps->height };
}

/* IM in the middle of PAGE, as large as it holds: nothing of a cover is cut
 * off. */
static struct item picture_on(const struct item *page, const struct image *im)
{
    struct item it = *page;

    if ((uint64_t)im->width * (uint32_t)page->h >
        (uint64_t)im->height * (uint32_t)page->w)
        it.h = (int32_t)((uint64_t)page->w * im->height / im->width);
    else
        it.w = (int32_t)((uint64_t)page->h * im->width / im->height);
    it.x += (page->w - it.w) / 2;
    it.y += (page->h - it.h) / 2;
    return it;
}

/* Over the edges, so that no rounding and no knife leaves them white. */
static struct item with_bleed(struct item it)
{
    it.x -= BLEED;
    it.y -= BLEED;
    it.w += 2 * BLEED;
    it.h += 2 * BLEED;
    return it;
}

static void put_page(struct laid_chapter *lc, const struct image *im,
                     const struct page_style *ps, struct arena *a)
{
    struct page *page = vec_push(&lc->pages, a);
    struct item all = page_of(ps);
    struct item ground = with_bleed(all), picture = picture_on(&all, im);

    ground.kind = ITEM_RULE;
    ground.color = cover_edge(im);
    picture.kind = ITEM_IMAGE;
    picture.struct_elem = (uint32_t)lc->structure.n - 1;
    *vec_push(&page->items, a) = ground;
    *vec_push(&page->items, a) = picture;
    page->opens_chapter = true;
}

static struct laid_chapter *lay_out(struct pdf_book *b, const struct image *im,
                                    struct arena *a)
{
    struct laid_chapter *lc = arena_new(a, struct laid_chapter);
    struct node *root = book_node(NULL, TAG_SECTION, S("cover"), a);
    struct chapter *c = book_chapter_new(b, root, a);
    str word = str_of(word_text(WORD_COVER, b->lang)), title = book_title(b);
    bool two_sided = b->book->settings->two_sided;

    *vec_push(&c->images, a) = *im;
    lc->chapter = c;
    vec_push(&lc->structure, a);
    *vec_push(&lc->structure, a) = (struct struct_elem){ .role = ROLE_SECT };
    *vec_push(&lc->structure, a) = (struct struct_elem){
        .role = ROLE_FIGURE,
        .parent = 1,
        .alt = arena_printf(a, "%.*s: %.*s", STR_ARG(word), STR_ARG(title)),
    };
    put_page(lc, im, b->page[two_sided ? PAGE_RIGHT : PAGE_ANY_SIDE], a);
    return lc;
}

void front_add_cover(struct pdf_book *b, struct diag *dg)
{
    const struct image *im = cover_print(b->book->cover);
    struct arena a;

    if (!im || !im->width || !im->height)
        return;
    arena_init(&a);
    struct packed_chapter *pc = pack_chapter(book_packer(b), lay_out(b, im, &a),
                                             &(struct pack_options){ 0 }, &a,
                                             dg);
    uint32_t page = book_add_pages(
        b, pc, SECTION_COVER, BOOK_NEXT_PAGE,
        (struct book_chapter){ .page_name = S("front") });
    str label = str_of(word_text(WORD_COVER, b->lang));
    document_name_cover(b->doc, label);
    document_add_outline(b->doc, 0, label, page, 0);
    if (b->book->settings->two_sided)
        book_add_blank(b, SECTION_COVER);
    arena_done(&a);
}
