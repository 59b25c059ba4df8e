/* SPDX-License-Identifier: MIT */
#include "pdf/toc.h"

#include <string.h>

#include "pdf/structure.h"

/* Distances as thousandths of an entry's type size. */
#define DATE_GAP    900
#define LEADER_STEP 520 /* from dot to dot */
#define LEADER_GAP  500 /* at least, on both sides */

struct toc {
    struct pdf_book *b;
    struct layout *ly;
    struct galley *g;
    const struct style *year, *entry, *date, *page;
    int32_t date_width, page_width; /* of the columns, with their gaps */
    int32_t step;                   /* of the leader */
    const struct glyph *dots;       /* one long leader */
    uint32_t n_dots;
    const struct item *dot; /* what is true of every dot */
    str dot_text;
    uint32_t elem; /* the TOC that entries go to */
};

static int32_t scaled(int32_t size, int32_t thousandths)
{
    return (int32_t)((int64_t)size * thousandths / 1000);
}

/* The sheets' word on each part of an entry. */
static void find_styles(struct toc *t)
{
    struct arena *a = t->ly->arena;
    struct node *root = book_node(NULL, TAG_SECTION, S("toc"), a);
    struct node *year = book_node(root, TAG_P, S("toc-year"), a);
    struct node *entry = book_node(root, TAG_P, S("toc-entry"), a);
    struct node *date = book_node(entry, TAG_SPAN, S("toc-date"), a);
    struct node *page = book_node(entry, TAG_SPAN, S("toc-page"), a);
    struct chapter *c = book_chapter_new(t->b, root, a);
    const struct styles *styles = cascade_chapter(t->b->sheet, c, a);

    t->year = style_of(styles, year);
    t->entry = style_of(styles, entry);
    t->date = style_of(styles, date);
    t->page = style_of(styles, page);
}

static struct line single(struct toc *t, str text, const struct style *st,
                          uint32_t elem)
{
    return para_single(t->ly, text, st, elem, 0);
}

/* A leader as long as the measure; entries take as many dots as they need. */
static void make_leader(struct toc *t)
{
    struct arena *a = t->ly->arena;
    struct line one = single(t, S("."), t->page, 0);

    t->step = scaled(t->entry->font_size, LEADER_STEP);
    if (one.items.n == 0 || t->step <= 0)
        return;
    const struct item *dot = &one.items.v[0];
    t->n_dots = (uint32_t)(t->ly->page_width / t->step);
    struct glyph *dots = arena_array(a, struct glyph, t->n_dots);
    char *text = arena_bytes(a, t->n_dots);
    for (uint32_t i = 0; i < t->n_dots; i++) {
        dots[i] = dot->glyphs[0];
        dots[i].advance = t->step;
        dots[i].text_at = i;
        dots[i].text_n = 1;
        text[i] = '.';
    }
    t->dots = dots;
    t->dot = arena_new(a, struct item);
    *(struct item *)t->dot = *dot;
    t->dot_text = (str){ text, t->n_dots };
}

/* Dots from X to END; they stand below one another in all entries. */
static void put_leader(struct toc *t, struct line *line, int32_t x, int32_t end)
{
    if (!t->dot)
        return;
    int32_t last = end / t->step, first = (x + t->step - 1) / t->step;
    if (last - first < 2 || last - first > (int32_t)t->n_dots)
        return;
    uint32_t n = (uint32_t)(last - first);
    struct item *it = vec_push(&line->items, t->ly->arena);
    *it = *t->dot;
    it->x = first * t->step;
    it->y = line->baseline;
    it->w = (int32_t)n * t->step;
    it->glyphs = t->dots;
    it->n_glyphs = n;
    it->text = str_sub(t->dot_text, 0, n);
    it->color = t->page->color;
}

/* PIECE on the baseline of LINE, beginning at X. */
static void put_piece(struct toc *t, struct line *line,
                      const struct line *piece, int32_t x)
{
    for (size_t i = 0; i < piece->items.n; i++) {
        struct item *it = vec_push(&line->items, t->ly->arena);
        *it = piece->items.v[i];
        it->x += x;
        it->y = line->baseline;
    }
}

static void put_link(struct toc *t, struct line *line, uint32_t post,
                     uint32_t elem)
{
    *vec_push(&line->items, t->ly->arena) = (struct item){
        .kind = ITEM_LINK,
        .struct_elem = elem,
        .w = t->ly->page_width,
        .h = line->height,
        .post = post,
    };
}

static str date_of(const struct post *post, struct arena *a)
{
    return post->date.year
               ? arena_printf(a, "%02d.%02d", post->date.month, post->date.day)
               : (str){ 0 };
}

/* A copy of LINE in A, without the room that growing and shaping took: a
 * contents of 10,000 entries is laid out at once. */
static struct line copy_line(const struct line *line, struct arena *a)
{
    struct line out = *line;

    out.items.v = arena_array(a, struct item, line->items.n);
    out.items.cap = out.items.n;
    for (size_t i = 0; i < out.items.n; i++) {
        struct item *it = &out.items.v[i];
        *it = line->items.v[i];
        if (it->n_glyphs == 0)
            continue;
        struct glyph *glyphs = arena_array(a, struct glyph, it->n_glyphs);
        memcpy(glyphs, it->glyphs, it->n_glyphs * sizeof *glyphs);
        it->glyphs = glyphs;
        it->text = arena_dup(a, it->text);
    }
    return out;
}

/* The entry of C; what it takes to make it is in SCRATCH. */
static void add_entry(struct toc *t, const struct book_chapter *c,
                      struct arena *scratch)
{
    struct arena *a = scratch, *own = t->ly->arena;
    int32_t width = t->ly->page_width;
    uint32_t item = structure_add(t->ly, t->elem, ROLE_TOCI);
    uint32_t link = structure_add(t->ly, item, ROLE_LINK);

    t->ly->arena = scratch;
    str day = t->date_width ? date_of(c->post, a) : (str){ 0 };
    struct line date = single(t, day, t->date, link);
    struct line page = single(t, document_folio(t->b->doc, c->page, a), t->page,
                              link);
    struct para p = {
        .style = t->entry,
        .width = width - t->date_width - t->page_width,
        .struct_elem = link,
        .prefix = book_post_title(t->b, c->post),
    };
    struct lines lines = para_lines(t->ly, &p);

    galley_margin(t->g, length_resolve(t->entry->margin[SIDE_TOP], width, 0));
    for (uint32_t i = 0; i < lines.n; i++) {
        struct line *line = &lines.v[i];
        bool last = i + 1 == lines.n;
        int32_t gap = scaled(t->entry->font_size, LEADER_GAP);
        struct line whole = { .height = line->height,
                              .baseline = line->baseline };
        if (i == 0)
            put_piece(t, &whole, &date, 0);
        for (size_t k = 0; k < line->items.n; k++) {
            struct item *it = vec_push(&whole.items, a);
            *it = line->items.v[k];
            it->x += t->date_width;
        }
        if (last) {
            put_leader(t, &whole, t->date_width + line->width + gap,
                       width - page.width - gap);
            put_piece(t, &whole, &page, width - page.width);
        }
        put_link(t, &whole, c->post->index, link);
        whole = copy_line(&whole, own);
        galley_line(t->g, &whole, 0, last ? ROW_FREE : ROW_NEVER);
    }
    galley_margin(t->g,
                  length_resolve(t->entry->margin[SIDE_BOTTOM], width, 0));
    t->ly->arena = own;
}

static void add_year(struct toc *t, int year)
{
    int32_t width = t->ly->page_width;
    uint32_t elem = structure_add(t->ly, 1, ROLE_H2);
    struct line line = single(t, book_year(t->b, year, t->ly->arena), t->year,
                              elem);

    galley_margin(t->g, length_resolve(t->year->margin[SIDE_TOP], width, 0));
    galley_line(t->g, &line, 0, ROW_NEVER);
    galley_margin(t->g, length_resolve(t->year->margin[SIDE_BOTTOM], width, 0));
    t->elem = structure_add(t->ly, 1, ROLE_TOC);
}

static void measure(struct toc *t)
{
    struct arena *a = t->ly->arena;
    uint32_t last = document_page_count(t->b->doc);
    str widest = arena_printf(a, "%u", last < 100 ? 100 : last);

    if (t->b->oldest && t->date->display != DISPLAY_NONE)
        t->date_width = single(t, S("00.00"), t->date, 0).width +
                        scaled(t->entry->font_size, DATE_GAP);
    t->page_width = single(t, widest, t->page, 0).width +
                    2 * scaled(t->entry->font_size, LEADER_GAP);
}

static void fill_toc(struct pdf_book *b, struct layout *ly, struct galley *g,
                     void *context)
{
    struct toc t = { .b = b, .ly = ly, .g = g };
    struct arena scratch;
    int year = -1;

    arena_init(&scratch);
    find_styles(&t);
    measure(&t);
    make_leader(&t);
    t.elem = 1;
    if (!b->by_year)
        t.elem = structure_add(ly, 1, ROLE_TOC);
    for (size_t i = 0; i < b->chapters.n; i++) {
        const struct book_chapter *c = &b->chapters.v[i];
        if (!c->post || c->page == UINT32_MAX)
            continue;
        if (b->by_year && c->post->date.year != year) {
            year = c->post->date.year;
            add_year(&t, year);
        }
        add_entry(&t, c, &scratch);
        arena_reset(&scratch);
    }
    arena_done(&scratch);
}

void toc_add(struct pdf_book *b, enum book_start start, struct diag *dg)
{
    struct arena a;

    arena_init(&a);
    struct node *root = book_node(NULL, TAG_SECTION, S("toc"), &a);
    str title = str_of(word_text(WORD_CONTENTS, b->lang));
    book_line(root, TAG_H1, (str){ 0 }, title, &a);
    uint32_t page = book_add_own(b, root, fill_toc, NULL, SECTION_FRONT, start,
                                 dg);
    if (page != UINT32_MAX)
        document_add_outline(b->doc, 0, title, page, 0);
    arena_done(&a);
}
