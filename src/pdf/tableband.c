/* SPDX-License-Identifier: MIT */
/* Rows of a table that spanning cells tie together, and where a page may part
 * them. */
#include <stdlib.h>

#include "pdf/table_parts.h"

/* A box of a cell somewhere in its row. */
struct piece {
    int32_t y, h;
    const struct row *row;
    int32_t dx;
    size_t order;
};

static int by_y(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;

    if (x->y != y->y)
        return x->y < y->y ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

typedef VEC(struct piece) piece_vec;

static int32_t slack_above(const struct style *st, int32_t free)
{
    switch (st->vertical_align) {
    case VALIGN_MIDDLE:
        return free / 2;
    case VALIGN_BOTTOM:
        return free;
    default:
        return 0;
    }
}

/* Pieces that go into the galley as one row. */
struct slice {
    const struct piece *pieces;
    size_t n;
    int32_t top, height;
    struct item_vec behind; /* what is drawn first, from the slice's top */
};

static bool is_blank(const struct slice *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->pieces[i].row->n_items > 0)
            return false;
    return true;
}

/* Nothing but margins. */
static bool is_space(const struct slice *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (!s->pieces[i].row->space)
            return false;
    return s->n > 0;
}

/* A page break must please all the cells. */
static enum row_break break_behind(const struct slice *s)
{
    enum row_break after = ROW_FREE;

    for (size_t i = 0; i < s->n; i++)
        if (s->pieces[i].row->after > after)
            after = s->pieces[i].row->after;
    return after < ROW_NEVER ? after : ROW_NEVER;
}

static void emit_slice(struct grid *g, struct galley *out, struct slice *s)
{
    struct arena *a = g->ly->arena;
    VEC(struct line_note) notes = { 0 };

    for (size_t i = 0; i < s->n; i++) {
        const struct piece *p = &s->pieces[i];
        for (uint32_t k = 0; k < p->row->n_items; k++) {
            struct item *it = vec_push(&s->behind, a);
            *it = p->row->items[k];
            it->x += p->dx;
            it->y += p->y - s->top;
        }
        for (uint32_t k = 0; k < p->row->n_notes; k++)
            *vec_push(&notes, a) = p->row->notes[k];
    }
    galley_row(out, (struct row){
                        .height = s->height,
                        .space = is_space(s),
                        .after = break_behind(s),
                        .items = s->behind.v,
                        .n_items = (uint32_t)s->behind.n,
                        .notes = notes.v,
                        .n_notes = (uint32_t)notes.n,
                    });
}

/* The ground and borders of a cell, or of a block in it. */
struct ground {
    struct frame frame; /* its rows are not known yet */
    int32_t top, bottom;
    size_t order;
};

struct band {
    const struct row_span *rows;
    piece_vec pieces;
    VEC(struct ground) grounds; /* outer ones first */
};

static int32_t height_between(const struct band *b, uint32_t row, uint32_t end)
{
    return (int32_t)(b->rows->tops[end] - b->rows->tops[row]);
}

static bool can_be_seen(const struct style *st)
{
    bool seen = st->has_background;

    for (int side = 0; side < 4; side++)
        seen = seen || st->border[side].width > 0;
    return seen;
}

static void add_ground(struct grid *g, struct band *b, const struct frame *f,
                       int32_t top, int32_t bottom)
{
    if (can_be_seen(f->style))
        *vec_push(&b->grounds, g->ly->arena) = (struct ground){ *f, top, bottom,
                                                                b->grounds.n };
}

/* The boxes of a cell whose content begins at X and Y. */
static void place_content(struct grid *g, struct band *b,
                          const struct galley *from, int32_t x, int32_t y)
{
    struct arena *a = g->ly->arena;
    int32_t *tops = arena_array(a, int32_t, from->rows.n + 1);

    tops[0] = y;
    for (size_t k = 0; k < from->rows.n; k++) {
        const struct row *r = &from->rows.v[k];
        *vec_push(&b->pieces, a) = (struct piece){ tops[k], r->height, r, x,
                                                   b->pieces.n };
        tops[k + 1] = tops[k] + r->height;
    }
    for (size_t k = 0; k < from->frames.n; k++) {
        struct frame f = from->frames.v[k];
        f.x += x;
        add_ground(g, b, &f, tops[f.first], tops[f.last + 1]);
    }
}

static void place_cell(struct grid *g, struct band *b, const struct cell *c,
                       struct place at)
{
    const struct style *st = style_of(g->ly->styles, c->node);
    int32_t top = height_between(b, b->rows->first, c->row);
    int32_t h = height_between(b, c->row, c->row + c->rows);
    int32_t x = at.x + table_column_x(g, c->column);
    int32_t y = top + slack_above(st, h - (int32_t)galley_height(&c->galley));
    struct frame f = { .x = x, .w = table_cell_width(g, c), .style = st };

    add_ground(g, b, &f, top, top + h);
    place_content(g, b, &c->galley,
                  x + st->padding[SIDE_LEFT] + st->border[SIDE_LEFT].width, y);
}

/* The whole band as one row of the galley. */
static void keep_band(struct grid *g, struct galley *out, const struct band *b,
                      int32_t total)
{
    struct slice all = { b->pieces.v, b->pieces.n, 0, total, { 0 } };

    for (size_t i = 0; i < b->grounds.n; i++) {
        const struct ground *gr = &b->grounds.v[i];
        frame_items(&gr->frame, gr->top, gr->bottom, true, true, &all.behind,
                    g->ly->arena);
    }
    emit_slice(g, out, &all);
    out->rows.v[out->rows.n - 1].space = false;
}

/* Where slices begin, and the last one ends. */
typedef VEC(int32_t) edge_vec;

/* Which of them is nearest to Y. */
static uint32_t edge_at(const edge_vec *edges, int32_t y)
{
    size_t from = 0, to = edges->n - 1;

    while (from < to) {
        size_t mid = (from + to) / 2;
        if (edges->v[mid] < y)
            from = mid + 1;
        else
            to = mid;
    }
    if (from > 0 && y - edges->v[from - 1] < edges->v[from] - y)
        from--;
    return (uint32_t)from;
}

static int by_first_row(const void *a, const void *b)
{
    const struct ground *x = a, *y = b;

    if (x->frame.first != y->frame.first)
        return x->frame.first < y->frame.first ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* The grounds around the slices, of which row FIRST of the galley is the first.
 * Only where spanning cells tie rows together may one have to grow or shrink to
 * the next place where the band can be cut. */
static void frame_slices(struct galley *out, struct band *b, uint32_t first,
                         const edge_vec *edges)
{
    for (size_t i = 0; i < b->grounds.n; i++) {
        struct ground *gr = &b->grounds.v[i];
        gr->frame.first = first + edge_at(edges, gr->top);
        gr->frame.last = first + edge_at(edges, gr->bottom);
    }
    if (b->grounds.n)
        qsort(b->grounds.v, b->grounds.n, sizeof *b->grounds.v, by_first_row);
    for (size_t i = 0; i < b->grounds.n; i++) {
        struct frame f = b->grounds.v[i].frame;
        if (f.last > f.first) {
            f.last--;
            galley_frame(out, f);
        }
    }
}

/* A part of a band whose first row is FIRST. Padding is not parted from what it
 * surrounds. */
static void emit_part(struct grid *g, struct galley *out, struct slice *s,
                      uint32_t first)
{
    bool padding = is_blank(s) && !is_space(s);

    if (padding && out->rows.n > first)
        galley_break(out, ROW_NEVER);
    emit_slice(g, out, s);
    if (padding)
        galley_break(out, ROW_NEVER);
}

/* The band as rows of the galley, cut wherever no line of any cell stands in
 * the way. */
static void cut_band(struct grid *g, struct galley *out, struct band *b,
                     int32_t total)
{
    const struct piece *p = b->pieces.v;
    uint32_t first = galley_here(out);
    edge_vec edges = { 0 };
    int32_t reach = 0;
    struct slice s = { .pieces = p };

    qsort(b->pieces.v, b->pieces.n, sizeof *p, by_y);
    *vec_push(&edges, g->ly->arena) = 0;
    for (size_t i = 0; i < b->pieces.n; i++) {
        if (s.n > 0 && p[i].y >= reach) {
            s.height = p[i].y - s.top;
            emit_part(g, out, &s, first);
            s = (struct slice){ .pieces = p + i, .top = p[i].y };
            *vec_push(&edges, g->ly->arena) = p[i].y;
        }
        s.n++;
        int32_t bottom = p[i].y + p[i].h;
        reach = bottom > reach ? bottom : reach;
    }
    s.height = total - s.top;
    emit_part(g, out, &s, first);
    *vec_push(&edges, g->ly->arena) = total;
    frame_slices(out, b, first, &edges);
}

void table_emit_rows(struct grid *g, struct galley *out,
                     const struct row_span *rows, struct place at)
{
    struct band b = { .rows = rows };
    int32_t total = height_between(&b, rows->first, rows->last + 1);

    for (size_t i = rows->from; i < rows->to; i++)
        place_cell(g, &b, &g->cells.v[i], at);
    if (b.pieces.n == 0)
        return;
    /* A row that is no taller than a third of the page is not cut. */
    if (total <= g->ly->page_height / 3)
        keep_band(g, out, &b, total);
    else
        cut_band(g, out, &b, total);
}
