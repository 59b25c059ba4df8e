/* SPDX-License-Identifier: MIT */
/* The PDF as an output format: workers lay chapters out and pack their pages,
 * commits add them in book order; what needs the whole book (page
 * references, running heads, contents) is made when it is closed. */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/config.h"
#include "base/file.h"
#include "book/dates.h"
#include "doc/format.h"
#include "doc/place.h"
#include "pdf/front.h"
#include "pdf/heads.h"
#include "pdf/headstrings.h"
#include "pdf/hyphenate.h"
#include "pdf/kit.h"
#include "pdf/sheets.h"
#include "pdf/toc.h"

/* Years get a page of their own when they have this many posts on average. */
#define PART_POSTS 2
/* With --chapter-start=continue: lines between two chapters, and how much of
 * the page must be free for another one to begin on it. */
#define CONTINUE_GAP  3
#define CONTINUE_ROOM 8

/* What prepare hands to commit. */
struct prepared {
    struct arena *arena;
    struct packed_chapter *packed; /* NULL: to be cut into pages */
    struct layout *ly;
    struct galley *galley;
    str page_name;
    const struct book_string *strings;
    uint32_t n_strings;
};

static void pdf_free(struct pdf_book *b)
{
    document_free(b->doc);
    for (unsigned i = 0; b->workers && i <= b->n_workers; i++) {
        shaper_free(b->workers[i].shaper);
        hyphenator_free(b->workers[i].hyphenator);
        packer_free(b->packers[i]);
    }
    fontset_close(b->fonts);
    shelf_give_back(b->kit->sheets, b->sheets);
    kit_free(b->own_kit);
    outfile_discard(b->file);
    arena_done(&b->arena);
    free(b);
}

/* What all pages of the body have in common. */
static void set_area(struct pdf_book *b, struct diag *dg)
{
    str lang = b->book->language;

    for (int side = 0; side < 3; side++)
        b->page[side] = sheet_page(b->sheet, (struct page_key){ .side = side },
                                   lang, &b->arena);
    b->layout = (struct layout_book){
        .sheet = b->sheet,
        .fonts = b->fonts,
        .post_by_name = &b->post_by_name,
        .kinds = page_kinds_make(b->sheet, lang, b->book->settings->two_sided,
                                 &b->arena, dg),
    };
}

static void index_posts(struct pdf_book *b)
{
    const struct book *book = b->book;
    uint32_t n_years = 0;

    map_init(&b->post_by_name, &b->arena);
    for (uint32_t i = 0; i < book->n_posts; i++) {
        map_put(&b->post_by_name, book->posts[i]->name, book->posts[i]);
        n_years += i == 0 ||
                   book->posts[i]->date.year != book->posts[i - 1]->date.year;
    }
    b->by_year = n_years > 1;
    b->with_parts = b->by_year && book->n_posts >= n_years * PART_POSTS;
}

static void start_workers(struct pdf_book *b, unsigned n)
{
    b->workers = arena_array(&b->arena, struct layout_worker, n + 1);
    b->packers = arena_array(&b->arena, struct packer *, n + 1);
    b->n_workers = n;
    for (unsigned i = 0; i <= n; i++) {
        b->workers[i].shaper = shaper_new(b->fonts);
        b->workers[i].hyphenator = hyphenator_new(b->kit->dictionaries);
        b->packers[i] = packer_new();
    }
}

static void start_document(struct pdf_book *b)
{
    const struct page_style *ps = b->page[PAGE_ANY_SIDE];

    b->doc = document_new(&(struct document_options){
        .width = ps->width,
        .height = ps->height,
        .left = ps->margin[SIDE_LEFT],
        .top = ps->margin[SIDE_TOP],
        .two_sided = b->book->settings->two_sided,
        .title = book_title(b),
        .author = str_trim(b->book->author),
        .language = b->lang_tag,
        .path = outfile_temp(b->file),
        .identifier = b->book->identifier,
        .creator = S("blog2book " BLOG2BOOK_VERSION),
        .modified = b->book->modified,
        .fonts = b->fonts,
        .shaper = book_worker(b)->shaper,
    });
}

/* False: already reported. */
static bool borrow(struct pdf_book *b, struct diag *dg)
{
    const struct settings *set = b->book->settings;

    b->kit = b->book->kit ? b->book->kit : (b->own_kit = kit_new());
    b->sheets = sheets_take(b->kit->sheets, set, dg);
    if (!b->sheets)
        return false;
    b->sheet = b->sheets->sheet;
    b->fonts = fontset_borrow(b->kit->fonts, &set->font_dir, dg);
    return b->fonts != NULL;
}

static void *pdf_open(const struct book *book, str path, unsigned n_workers,
                      struct diag *dg)
{
    struct pdf_book *b = calloc(1, sizeof *b);

    if (!b)
        die("out of memory");
    arena_init(&b->arena);
    b->book = book;
    b->path = arena_dup(book->arena, path); /* messages outlive us */
    map_init(&b->letters, &b->arena);
    if (!borrow(b, dg) || !(b->file = lent_outfile(
                                book->settings->lent,
                                book->settings->check ? S("") : b->path, dg))) {
        pdf_free(b);
        return NULL;
    }
    book_settle_language(b);
    index_posts(b);
    set_area(b, dg);
    start_workers(b, n_workers);
    start_document(b);
    return b;
}

static void lay_out(struct pdf_book *b, unsigned worker, struct prepared *p,
                    const struct chapter *c, struct diag *dg)
{
    struct arena *a = p->arena;

    p->ly = arena_new(a, struct layout);
    p->galley = layout_galley(p->ly, &b->layout, &b->workers[worker], c, a, dg);
    p->page_name = style_of(p->ly->styles, c->root)->page;
}

static bool goes_on(const struct laid_chapter *lc)
{
    return lc->pages.n && !lc->pages.v[0].opens_chapter;
}

static void cut(struct pdf_book *b, unsigned worker, struct prepared *p,
                struct page_area area, struct diag *dg)
{
    const struct laid_chapter *lc = p->ly->out;
    struct pack_options options = {
        .image_dpi = b->book->settings->image_dpi,
        .kept = b->book->made,
    };

    pages_break(p->ly, p->galley, area);
    p->strings = headstrings_find(p->ly, p->galley, p->arena, &p->n_strings);
    if (area.open && goes_on(lc))
        options.first_mcid = document_next_mcid(b->doc);
    p->packed = pack_chapter(b->packers[worker], lc, &options, p->arena, dg);
}

/* What a picture is worth shows when it is drawn; for one that can't be, the
 * chapter is laid out anew with a place that says so. */
static void cut_into_pages(struct pdf_book *b, unsigned worker,
                           struct prepared *p, struct page_area area,
                           struct diag *dg)
{
    struct diag told; /* with the first layout */

    cut(b, worker, p, area, dg);
    if (!p->packed->unshown)
        return;
    diag_init(&told, p->arena);
    lay_out(b, worker, p,
            place_unshown(p->ly->chapter, p->packed->unshown, p->arena), &told);
    p->ly->diag = dg;
    cut(b, worker, p, area, dg);
}

static void *pdf_prepare(void *out, unsigned worker, const struct chapter *c,
                         struct arena *a, struct diag *dg)
{
    struct pdf_book *b = out;
    struct prepared *p = arena_new(a, struct prepared);

    p->arena = a;
    lay_out(b, worker, p, c, dg);
    if (chapter_is_spent(c))
        return NULL;
    if (b->book->settings->chapter_start != START_CONTINUE)
        cut_into_pages(b, worker, p, (struct page_area){ 0 }, dg);
    return p;
}

static void count_chapter(struct pdf_book *b, const struct chapter *c)
{
    uint64_t *letters = map_find(&b->letters, c->lang_tag);

    if (!letters) {
        letters = arena_new(&b->arena, uint64_t);
        map_put(&b->letters, arena_dup(&b->arena, c->lang_tag), letters);
    }
    *letters += c->n_letters;
    b->n_letters += c->n_letters;
    b->n_words += c->n_words;
    b->n_pictures += (uint32_t)c->images.n;
    b->n_posts++;
    const struct date *d = &c->post->date;
    if (!d->year)
        return;
    if (!b->oldest || date_compare(d, b->oldest) < 0)
        b->oldest = d;
    if (!b->newest || date_compare(d, b->newest) > 0)
        b->newest = d;
}

static uint32_t posts_of_year(const struct pdf_book *b, const struct post *post)
{
    uint32_t n = 0;

    for (uint32_t i = post->index; i < b->book->n_posts; i++, n++)
        if (b->book->posts[i]->date.year != post->date.year)
            break;
    return n;
}

/* A new year: its page and its entry in the outline. */
static bool begin_part(struct pdf_book *b, const struct post *post,
                       struct diag *dg)
{
    struct arena a;
    int year = post->date.year;

    if (!b->by_year || (b->has_part && b->part_year == year))
        return false;
    b->has_part = true;
    b->part_year = year;
    book_settle_language(b);
    arena_init(&a);
    document_begin_part(b->doc, book_year(b, year, &a));
    arena_done(&a);
    if (b->with_parts)
        front_add_part(b, year, posts_of_year(b, post), dg);
    return true;
}

static struct book_chapter info_of(struct pdf_book *b, const struct chapter *c,
                                   const struct prepared *p)
{
    struct book_string *strings = arena_array(&b->arena, struct book_string,
                                              p->n_strings);

    for (uint32_t i = 0; i < p->n_strings; i++) {
        strings[i] = p->strings[i]; /* the name is the sheet's */
        strings[i].value = arena_dup(&b->arena, p->strings[i].value);
    }
    return (struct book_chapter){
        .post = c->post,
        .page_name = arena_dup(&b->arena, p->page_name),
        .strings = strings,
        .n_strings = p->n_strings,
    };
}

/* Post and headings, below the year. */
static void add_outline(struct pdf_book *b, const struct chapter *c,
                        bool new_year, uint32_t page)
{
    unsigned level = b->by_year, depth = 0;
    struct document_place place = { .page = page };
    struct arena a;

    arena_init(&a);
    if (new_year && !b->with_parts)
        document_add_outline(b->doc, 0, book_year(b, c->post->date.year, &a),
                             page, 0);
    document_find_anchor(b->doc, c->post->index, (str){ 0 }, &place);
    document_add_outline(b->doc, level, book_post_title(b, c->post), place.page,
                         place.y);
    for (size_t i = 0; i < c->headings.n; i++) {
        const struct heading *h = &c->headings.v[i];
        if (h->level > 3 || str_is_blank(h->text) ||
            !document_find_anchor(b->doc, c->post->index, h->id, &place))
            continue;
        depth = h->level == 2 || depth == 0 ? 1 : 2;
        document_add_outline(b->doc, level + depth, h->text, place.page,
                             place.y);
    }
    arena_done(&a);
}

/* Where a chapter would go on with the last page; 0: nowhere. */
static int32_t continue_at(const struct pdf_book *b, int32_t fill,
                           bool new_part, const struct layout *ly)
{
    int32_t line = style_of(ly->styles, ly->chapter->root)->line_height;

    if (new_part || fill == 0 || b->pages.n == 0 ||
        b->pages.v[b->pages.n - 1].blank ||
        b->pages.v[b->pages.n - 1].kind != ly->kind ||
        (b->pages.v[b->pages.n - 1].first &&
         ly->kind->first_height != ly->kind->height))
        return 0;
    int32_t at = fill + CONTINUE_GAP * line;
    return at + CONTINUE_ROOM * line <= ly->kind->height ? at : 0;
}

/* Cuts a galley into pages that follow, or go on with, what is there. */
static uint32_t add_continued(struct pdf_book *b, struct prepared *p,
                              bool new_part, struct diag *dg)
{
    const struct chapter *c = p->ly->chapter;
    struct page_area area = {
        .start_y = continue_at(b, b->fill_y, new_part, p->ly), .open = true
    };

    /* Workers go on with theirs meanwhile. */
    p->ly->shaper = book_worker(b)->shaper;
    p->ly->hyphenator = book_worker(b)->hyphenator;
    p->ly->diag = dg;
    shaper_begin(p->ly->shaper, p->ly->path, dg);
    cut_into_pages(b, b->n_workers, p, area, dg);
    struct book_chapter info = info_of(b, c, p);
    const struct laid_chapter *lc = p->ly->out;
    if (lc->pages.n)
        b->fill_y = lc->pages.v[lc->pages.n - 1].fill_y;
    return goes_on(lc) ? book_continue_pages(b, p->packed, info)
                       : book_add_pages(b, p->packed, SECTION_BODY,
                                        BOOK_NEXT_PAGE, info);
}

static bool pdf_commit(void *out, const struct chapter *c, void *prepared,
                       struct diag *dg)
{
    struct pdf_book *b = out;
    struct prepared *p = prepared;
    uint32_t page;

    count_chapter(b, c);
    bool new_year = begin_part(b, c->post, dg);
    if (p->packed)
        page = book_add_pages(b, p->packed, SECTION_BODY,
                              b->book->settings->chapter_start == START_RECTO
                                  ? BOOK_RECTO
                                  : BOOK_NEXT_PAGE,
                              info_of(b, c, p));
    else
        page = add_continued(b, p, new_year && b->with_parts, dg);
    if (page != UINT32_MAX)
        add_outline(b, c, new_year, page);
    return true;
}

/* Facing pages begin with a recto, so the body must. */
static void fill_front(struct pdf_book *b)
{
    if (b->book->settings->two_sided &&
        document_section_pages(b->doc, SECTION_FRONT) % 2)
        book_add_blank(b, SECTION_FRONT);
}

static bool publish(struct pdf_book *b, struct format_result *result,
                    struct diag *dg)
{
    struct stat st;

    if (!document_finish(b->doc, b->path, dg))
        return false;
    result->pages = document_page_count(b->doc);
    if (stat(outfile_temp(b->file), &st) == 0)
        result->bytes = (uint64_t)st.st_size;
    struct outfile *file = b->file;
    b->file = NULL;
    return outfile_publish(file, dg);
}

static bool finish_book(struct pdf_book *b, struct format_result *result,
                        struct diag *dg)
{
    book_settle_language(b);
    document_set_language(b->doc, b->lang_tag);
    shaper_begin(book_worker(b)->shaper, b->path, dg);
    front_add_cover(b, dg);
    front_add_titles(b, dg);
    toc_add(b, b->book->settings->two_sided ? BOOK_RECTO : BOOK_NEXT_PAGE, dg);
    fill_front(b);
    front_add_colophon(b, dg);
    heads_draw(b, dg);
    fontset_report(b->fonts, dg);
    return publish(b, result, dg);
}

static bool pdf_close(void *out, bool publish_it, struct format_result *result,
                      struct diag *dg)
{
    struct pdf_book *b = out;

    *result = (struct format_result){ 0 };
    bool ok = !publish_it || finish_book(b, result, dg);
    pdf_free(b);
    return ok;
}

const struct format pdf_format = { .name = "PDF",
                                   .open = pdf_open,
                                   .prepare = pdf_prepare,
                                   .commit = pdf_commit,
                                   .close = pdf_close };
