/* SPDX-License-Identifier: MIT */
#include "pdf/pages.h"

#include "pdf/block.h"
#include "pdf/pageshrink.h"
#include "pdf/structure.h"
#include "pdf/turn.h"

/* The rule above the notes, and the space around it. */
#define NOTE_RULE_WIDTH  (30 * MP_PER_MM)
#define NOTE_RULE_HEIGHT 400
#define NOTE_SPACE       6000
/* A page may be left this much shorter to avoid a poor break, thousandths. */
#define SHORT_PAGE 250
/* ... and this much to keep a heading with its text. */
#define SHORTER_PAGE 600

struct breaker {
    struct layout *ly;
    struct galley *g;
    struct page_area area;
    struct map note_at;   /* a note's id to its first struct line_note */
    struct galley notes;  /* of this page, then what is left for the next */
    uint32_t notes_left;  /* first row of `notes` that is not on a page yet */
    size_t next_frame;    /* the first that no page has met yet */
    VEC(uint32_t) frames; /* those that may go on */
    int32_t note_width;
    bool first_page;
    /* of the page */
    const struct page_kind *kind;
    int32_t height; /* of the type area */
};

/* The page that begins with row FIRST. */
static void begin_page(struct breaker *b, uint32_t first)
{
    bool opens = b->ly->out->pages.n == 0 && b->area.start_y == 0;

    b->kind = galley_kind(b->g, first);
    b->height = opens ? b->kind->first_height : b->kind->height;
}

static int32_t area_height(const struct breaker *b)
{
    return b->height - (b->first_page ? b->area.start_y : 0);
}

/* Notes may go on on the next page, whatever its width. */
static int32_t least_width(const struct galley *g)
{
    int32_t least = g->kind->width;

    for (size_t i = 0; i < g->stretches.n; i++)
        if (g->stretches.v[i].kind->width < least)
            least = g->stretches.v[i].kind->width;
    return least;
}

/* The number of a note, in front of its first line. */
static void put_label(struct galley *g, uint32_t row, const struct line *label)
{
    while (row < g->rows.n && g->rows.v[row].n_items == 0)
        row++;
    if (row < g->rows.n)
        galley_label(g, row, label, 0);
}

/* A note is printed once, where it is first referred to. */
static void find_first_notes(struct breaker *b)
{
    map_init(&b->note_at, b->ly->arena);
    for (size_t i = 0; i < b->g->rows.n; i++) {
        const struct row *r = &b->g->rows.v[i];
        for (uint32_t k = 0; k < r->n_notes; k++) {
            void **at = map_at(&b->note_at,
                               node_attr(r->notes[k].aside, ATTR_ID));
            if (!*at)
                *at = (void *)&r->notes[k];
        }
    }
}

/* The rows of a note, laid out when its reference comes onto a page. */
static void lay_note(struct breaker *b, const struct node *aside,
                     struct galley *into)
{
    struct layout *ly = b->ly;
    const struct style *st = style_of(ly->styles, aside);
    const str *text = map_find(&ly->note_labels, node_attr(aside, ATTR_ID));
    uint32_t elem = structure_add(ly, 1, ROLE_NOTE);
    uint32_t row = galley_here(into);
    struct line label = { 0 };
    int32_t hang = 0;
    str page = ly->page;

    if (text && text->n) {
        label = para_single(ly, *text, st, structure_add(ly, elem, ROLE_LBL),
                            b->note_width / 4);
        hang = label.width + st->font_size / 2;
    }
    ly->page = st->page;
    ly->closed++;
    block_children(ly, into, aside,
                   (struct place){ .x = hang,
                                   .width = b->note_width - hang,
                                   .struct_elem = elem });
    ly->closed--;
    ly->page = page;
    put_label(into, row, &label);
}

static void lay_notes(struct breaker *b, const struct row *r)
{
    for (uint32_t k = 0; k < r->n_notes; k++) {
        const struct node *aside = r->notes[k].aside;
        if (map_find(&b->note_at, node_attr(aside, ATTR_ID)) == &r->notes[k])
            lay_note(b, aside, &b->notes);
    }
}

static int64_t height_from(const struct galley *g, uint32_t first)
{
    int64_t h = 0;

    for (size_t i = first; i < g->rows.n; i++)
        h += g->rows.v[i].height;
    return h;
}

static int64_t notes_height(const struct breaker *b)
{
    int64_t h = height_from(&b->notes, b->notes_left);

    return h ? h + NOTE_SPACE + NOTE_RULE_HEIGHT : 0;
}

/* Heads of the tables that row I goes on with, when I opens a page. */
static int64_t repeat_height(const struct galley *g, uint32_t i,
                             const struct repeat **which)
{
    *which = NULL;
    for (size_t k = 0; k < g->repeats.n; k++) {
        const struct repeat *r = &g->repeats.v[k];
        if (i < r->first + r->n_head || i > r->last)
            continue;
        int64_t h = 0;
        for (uint32_t n = 0; n < r->n_head; n++)
            h += g->rows.v[r->first + n].height;
        *which = r;
        return h;
    }
    return 0;
}

/* A place where the page may end. */
struct cut {
    uint32_t end; /* the row behind the last; 0: there is no such place */
    int64_t used;
    size_t n_notes; /* rows of notes that the page has by then */
};

static bool is_near(const struct cut *c, int64_t used, int64_t height,
                    int32_t thousandths)
{
    return c->end && used - c->used <= height * thousandths / 1000;
}

/* The best of the places before END, where the page is full. */
static struct cut choose_cut(const struct cut cuts[ROW_FORCED], struct cut full,
                             int64_t height)
{
    const struct cut *late = cuts[ROW_FREE].end > cuts[ROW_POOR].end
                                 ? &cuts[ROW_FREE]
                                 : &cuts[ROW_POOR];

    if (is_near(&cuts[ROW_FREE], full.used, height, SHORT_PAGE))
        return cuts[ROW_FREE];
    if (is_near(&cuts[ROW_POOR], full.used, height, SHORT_PAGE))
        return cuts[ROW_POOR];
    if (is_near(late, full.used, height, SHORTER_PAGE))
        return *late;
    return full;
}

/* Where the page that begins with row FIRST ends: the row behind its last.
 * Leaves the notes of its rows in b->notes. */
static uint32_t find_end(struct breaker *b, uint32_t first)
{
    struct galley *g = b->g;
    const struct repeat *repeat;
    int64_t room = area_height(b);
    struct cut cuts[ROW_FORCED] = { { 0 } }, now = { 0 };

    int64_t head = now.used = repeat_height(g, first, &repeat);
    now.n_notes = b->notes.rows.n;
    for (uint32_t i = first; i < g->rows.n; i++) {
        const struct row *r = &g->rows.v[i];
        lay_notes(b, r);
        page_shrink(
            g, i,
            (struct page_room){ .free = room - now.used - notes_height(b),
                                .lost = room - cuts[ROW_FREE].used,
                                .height = b->height });
        int64_t need = now.used + (r->space ? 0 : r->height);
        /* The first row always goes on, or nothing ever would. */
        if (i > first && need + notes_height(b) > room) {
            if (!b->area.open && r->n_notes == 0 &&
                page_squeeze(g, first, i, room - head - notes_height(b)))
                return (uint32_t)g->rows.n;
            struct cut cut = choose_cut(cuts, now, b->height);
            b->notes.rows.n = cut.n_notes;
            return cut.end;
        }
        now = (struct cut){ i + 1, now.used + r->height, b->notes.rows.n };
        if (r->after >= ROW_FORCED)
            return i + 1;
        cuts[r->after] = now;
    }
    return (uint32_t)g->rows.n;
}

static void put_items(struct breaker *b, struct page *page, const struct row *r,
                      int32_t y, bool artifact)
{
    for (uint32_t k = 0; k < r->n_items; k++) {
        struct item *it = vec_push(&page->items, b->ly->arena);
        *it = r->items[k];
        it->y += y;
        if (artifact)
            it->struct_elem = 0;
    }
}

static void put_frames(struct breaker *b, struct page *page, uint32_t first,
                       uint32_t end, const int32_t *top)
{
    const struct galley *g = b->g;
    struct item_vec items = { 0 };
    size_t n = 0;

    for (;
         b->next_frame < g->frames.n && g->frames.v[b->next_frame].first < end;
         b->next_frame++)
        *vec_push(&b->frames, b->ly->arena) = (uint32_t)b->next_frame;
    for (size_t i = 0; i < b->frames.n; i++) {
        const struct frame *f = &g->frames.v[b->frames.v[i]];
        if (f->last < first)
            continue;
        b->frames.v[n++] = b->frames.v[i];
        if (galley_kind(g, f->first) != b->kind)
            continue;
        uint32_t from = f->first < first ? first : f->first;
        uint32_t to = f->last >= end ? end - 1 : f->last;
        frame_items(f, top[from - first], top[to - first + 1],
                    f->first >= first, f->last < end, &items, b->ly->arena);
    }
    b->frames.n = n;
    for (size_t i = 0; i < items.n; i++)
        *vec_push(&page->items, b->ly->arena) = items.v[i];
}

/* As many rows of the waiting notes as fit below Y, at the page's foot. */
static void put_notes(struct breaker *b, struct page *page, int32_t y)
{
    struct galley *n = &b->notes;
    int32_t room = b->height - y - NOTE_SPACE - NOTE_RULE_HEIGHT;
    int32_t h = 0;
    uint32_t end = b->notes_left;

    while (end < n->rows.n && h + n->rows.v[end].height <= room)
        h += n->rows.v[end++].height;
    if (end == b->notes_left)
        return;
    int32_t at = b->height - h;
    page->fill_y = b->height;
    *vec_push(&page->items, b->ly->arena) = (struct item){
        .kind = ITEM_RULE,
        .y = at - NOTE_SPACE / 2 - NOTE_RULE_HEIGHT,
        .w = NOTE_RULE_WIDTH < b->note_width ? NOTE_RULE_WIDTH : b->note_width,
        .h = NOTE_RULE_HEIGHT,
        .color = 0x808080,
        .post = UINT32_MAX,
    };
    for (; b->notes_left < end; b->notes_left++) {
        put_items(b, page, &n->rows.v[b->notes_left], at, false);
        at += n->rows.v[b->notes_left].height;
    }
    if (b->notes_left == n->rows.n) {
        galley_init(n, b->ly->arena);
        b->notes_left = 0;
    }
}

static struct page *new_page(struct breaker *b)
{
    struct laid_chapter *lc = b->ly->out;
    struct page *page = vec_push(&lc->pages, b->ly->arena);

    page->kind = b->kind;
    page->opens_chapter = lc->pages.n == 1 && b->area.start_y == 0;
    return page;
}

/* Rows FIRST to END on a page of their own. */
static void set_page(struct breaker *b, uint32_t first, uint32_t end)
{
    const struct galley *g = b->g;
    const struct repeat *repeat;
    struct page *page = new_page(b);
    int32_t y = b->first_page ? b->area.start_y : 0;
    int32_t *top = arena_array(b->ly->arena, int32_t, end - first + 1);

    if (repeat_height(g, first, &repeat))
        for (uint32_t n = 0; n < repeat->n_head; n++) {
            const struct row *r = &g->rows.v[repeat->first + n];
            put_items(b, page, r, y, true);
            y += r->height;
        }
    for (uint32_t i = first; i < end; i++) {
        top[i - first] = y;
        y += g->rows.v[i].height;
    }
    top[end - first] = y;
    put_frames(b, page, first, end, top);
    for (uint32_t i = first; i < end; i++)
        put_items(b, page, &g->rows.v[i], top[i - first], false);
    page->fill_y = y;
    page->end_row = end;
    put_notes(b, page, y);
    b->first_page = false;
}

static bool vanishes(const struct row *r)
{
    return r->space || r->rule;
}

static uint32_t skip_space(const struct galley *g, uint32_t i)
{
    while (i < g->rows.n && vanishes(&g->rows.v[i]))
        i++;
    return i;
}

static uint32_t without_space(const struct galley *g, uint32_t first,
                              uint32_t end)
{
    while (end > first + 1 && vanishes(&g->rows.v[end - 1]))
        end--;
    return end;
}

void pages_break(struct layout *ly, struct galley *g, struct page_area area)
{
    struct breaker b = { .ly = ly,
                         .g = g,
                         .area = area,
                         .note_width = least_width(g),
                         .first_page = true,
                         .kind = g->kind,
                         .height = g->kind->height };
    bool started = area.start_y > 0;
    size_t n_before = ly->out->pages.n;
    uint32_t first = started ? 0 : skip_space(g, 0);

    galley_init(&b.notes, ly->arena);
    find_first_notes(&b);
    while (first < g->rows.n) {
        begin_page(&b, first);
        uint32_t end = find_end(&b, first);
        /* On a page that another chapter began, only a good start counts. */
        if (started && b.first_page && end < g->rows.n &&
            g->rows.v[end - 1].after != ROW_FREE) {
            b.first_page = false;
            b.area.start_y = 0;
            galley_init(&b.notes, ly->arena);
            first = skip_space(g, first);
            continue;
        }
        set_page(&b, first, without_space(g, first, end));
        first = skip_space(g, end);
    }
    /* Notes longer than their page. */
    b.height = b.kind->height;
    while (b.notes_left < b.notes.rows.n) {
        struct page *page = new_page(&b);
        uint32_t before = b.notes_left;
        page->end_row = (uint32_t)g->rows.n;
        put_notes(&b, page, 0);
        if (b.notes.rows.n && b.notes_left == before) {
            put_items(&b, page, &b.notes.rows.v[b.notes_left++], 0, false);
        }
    }
    for (size_t i = n_before; ly->from_right && i < ly->out->pages.n; i++)
        turn_page(&ly->out->pages.v[i], ly->out->pages.v[i].kind->width);
}
