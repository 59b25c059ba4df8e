/* SPDX-License-Identifier: MIT */
/* The rows of a table: how high they are, and where a page may part them. */
#include <stdlib.h>

#include "pdf/table_parts.h"

/* Where each row begins, and the last one ends; a spanning cell's surplus goes
 * to its last row. */
static const int64_t *row_tops(struct grid *g)
{
    int32_t *h = arena_array(g->ly->arena, int32_t, g->rows.n);
    int64_t *tops = arena_array(g->ly->arena, int64_t, g->rows.n + 1);

    for (size_t i = 0; i < g->cells.n; i++) {
        const struct cell *c = &g->cells.v[i];
        int64_t need = galley_height(&c->galley);
        for (uint32_t k = 0; k + 1 < c->rows; k++)
            need -= h[c->row + k];
        int32_t *last = &h[c->row + c->rows - 1];
        if (need > *last)
            *last = (int32_t)need;
    }
    for (size_t r = 0; r < g->rows.n; r++)
        tops[r + 1] = tops[r] + h[r];
    return tops;
}

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

/* Grounds and borders of a cell over the height H of its rows. */
static void cell_frame(struct grid *g, const struct cell *c, struct place at,
                       int32_t h, struct item_vec *items)
{
    const struct style *st = style_of(g->ly->styles, c->node);
    struct frame f = {
        .x = at.x + table_column_x(g, c->column),
        .w = table_cell_width(g, c),
        .style = st,
    };

    frame_items(&f, 0, h, true, true, items, g->ly->arena);
}

/* Appends the slice of pieces FROM to TO, whose top is Y0, as one row. */
static void emit_slice(struct grid *g, struct galley *out,
                       const struct piece *pieces, size_t from, size_t to,
                       int32_t y0, int32_t h, const struct item_vec *behind)
{
    struct arena *a = g->ly->arena;
    struct item_vec items = { 0 };
    VEC(struct line_note) notes = { 0 };

    for (size_t i = 0; behind && i < behind->n; i++)
        *vec_push(&items, a) = behind->v[i];
    for (size_t i = from; i < to; i++) {
        const struct piece *p = &pieces[i];
        for (uint32_t k = 0; k < p->row->n_items; k++) {
            struct item *it = vec_push(&items, a);
            *it = p->row->items[k];
            it->x += p->dx;
            it->y += p->y - y0;
        }
        for (uint32_t k = 0; k < p->row->n_notes; k++)
            *vec_push(&notes, a) = p->row->notes[k];
    }
    galley_row(out, (struct row){
                        .height = h,
                        .after = ROW_POOR,
                        .items = items.v,
                        .n_items = (uint32_t)items.n,
                        .notes = notes.v,
                        .n_notes = (uint32_t)notes.n,
                    });
}

/* Rows that spanning cells tie together, and the cells that begin in them. */
struct band {
    uint32_t first, last; /* rows */
    size_t from, to;      /* cells */
    const int64_t *tops;  /* of all rows, and the end of the last one */
    piece_vec pieces;
    struct item_vec behind; /* grounds and borders */
};

static int32_t height_between(const struct band *b, uint32_t row, uint32_t end)
{
    return (int32_t)(b->tops[end] - b->tops[row]);
}

static void place_cell(struct grid *g, struct band *b, const struct cell *c,
                       struct place at)
{
    const struct style *st = style_of(g->ly->styles, c->node);
    int32_t top = height_between(b, b->first, c->row);
    int32_t h = height_between(b, c->row, c->row + c->rows);
    int32_t y = top + slack_above(st, h - (int32_t)galley_height(&c->galley));
    int32_t dx = at.x + table_column_x(g, c->column) + st->padding[SIDE_LEFT] +
                 st->border[SIDE_LEFT].width;
    size_t from = b->behind.n;

    cell_frame(g, c, at, h, &b->behind);
    for (size_t k = from; k < b->behind.n; k++)
        b->behind.v[k].y += top;
    for (size_t k = 0; k < c->galley.rows.n; k++) {
        const struct row *r = &c->galley.rows.v[k];
        size_t order = b->pieces.n;
        *vec_push(&b->pieces, g->ly->arena) = (struct piece){ y, r->height, r,
                                                              dx, order };
        y += r->height;
    }
}

/* The band as rows of the galley, cut wherever no line of any cell stands in
 * the way. */
static void cut_band(struct grid *g, struct galley *out, struct band *b,
                     int32_t total)
{
    const struct piece *p = b->pieces.v;
    size_t from = 0;
    int32_t y0 = 0, reach = 0;

    qsort(b->pieces.v, b->pieces.n, sizeof *p, by_y);
    for (size_t i = 0; i < b->pieces.n; i++) {
        if (i > from && p[i].y >= reach) {
            emit_slice(g, out, p, from, i, y0, p[i].y - y0, NULL);
            from = i;
            y0 = p[i].y;
        }
        int32_t bottom = p[i].y + p[i].h;
        reach = bottom > reach ? bottom : reach;
    }
    emit_slice(g, out, p, from, b->pieces.n, y0, total - y0, NULL);
}

static void emit_band(struct grid *g, struct galley *out, struct band *b,
                      struct place at)
{
    int32_t total = height_between(b, b->first, b->last + 1);

    for (size_t i = b->from; i < b->to; i++)
        place_cell(g, b, &g->cells.v[i], at);
    if (b->pieces.n == 0)
        return;
    /* A row that is no taller than a third of the page is not cut. */
    if (total <= g->ly->page_height / 3)
        emit_slice(g, out, b->pieces.v, 0, b->pieces.n, 0, total, &b->behind);
    else
        cut_band(g, out, b, total);
}

/* The rows from FIRST on, N_HEAD of them the head: none alone on a page, and a
 * small table not parted at all where that can be. */
static void keep_rows(struct galley *out, uint32_t first, uint32_t n_head,
                      int32_t small)
{
    int64_t h = 0;

    for (size_t i = first; i < out->rows.n; i++)
        h += out->rows.v[i].height;
    for (size_t i = first; i + 1 < out->rows.n; i++)
        if (out->rows.v[i].after == ROW_FREE &&
            (h <= small || i == first + n_head || i + 2 == out->rows.n))
            out->rows.v[i].after = ROW_POOR;
}

void table_emit(struct grid *g, struct galley *out, struct place at)
{
    const int64_t *tops = row_tops(g);
    uint32_t first_row = galley_here(out);
    size_t next = 0;
    uint32_t head_rows = 0;

    for (uint32_t r = 0; r < g->rows.n;) {
        struct band b = { .first = r, .last = r, .from = next, .tops = tops };
        for (; next < g->cells.n && g->cells.v[next].row <= b.last; next++) {
            const struct cell *c = &g->cells.v[next];
            if (c->row + c->rows - 1 > b.last)
                b.last = c->row + c->rows - 1;
        }
        b.to = next;
        emit_band(g, out, &b, at);
        if (out->rows.n > first_row)
            out->rows.v[out->rows.n - 1].after = b.last < g->n_head ? ROW_NEVER
                                                                    : ROW_FREE;
        if (b.last < g->n_head)
            head_rows = (uint32_t)out->rows.n - first_row;
        r = b.last + 1;
    }
    keep_rows(out, first_row, head_rows, g->ly->page_height / 3);
    if (head_rows && out->rows.n > first_row)
        *vec_push(&out->repeats, g->ly->arena) = (struct repeat){
            .first = first_row,
            .last = (uint32_t)out->rows.n - 1,
            .n_head = head_rows,
        };
}
