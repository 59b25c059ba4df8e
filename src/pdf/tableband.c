/* SPDX-License-Identifier: MIT */
/* Rows of a table that spanning cells tie together. */
#include "pdf/tableband.h"

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

bool slice_is_space(const struct slice *s)
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

    for (size_t i = 0; i < s->n; i++) {
        const struct piece *p = &s->pieces[i];
        /* Behind others a further one of their cell follows. */
        bool last = p->y + 2 * p->h > s->top + s->height;
        if (last && p->row->after > after)
            after = p->row->after;
    }
    return after < ROW_NEVER ? after : ROW_NEVER;
}

void slice_emit(struct grid *g, struct galley *out, struct slice *s)
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
                        .space = slice_is_space(s),
                        .after = break_behind(s),
                        .items = s->behind.v,
                        .n_items = (uint32_t)s->behind.n,
                        .notes = notes.v,
                        .n_notes = (uint32_t)notes.n,
                    });
}

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
    slice_emit(g, out, &all);
    out->rows.v[out->rows.n - 1].space = false;
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
        band_cut(g, out, &b, total);
}
