/* SPDX-License-Identifier: MIT */
/* Where a page may part the rows of a table. */
#include <stdlib.h>

#include "pdf/tableband.h"

/* Below AT, as it was before any line made way, all is lower by BY. */
struct push {
    int32_t at, by;
};

struct cutter {
    struct grid *grid;
    struct band *band;
    VEC(struct slice) slices;
    VEC(struct push) pushes;
    int32_t top;   /* of the open slice */
    size_t first;  /* its first piece */
    int32_t reach; /* where its lowest line ends */
    int32_t shift; /* of all that follows */
    int32_t most;  /* a slice that is higher is cut by force */
};

static int by_y(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;

    if (x->y != y->y)
        return x->y < y->y ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static bool has_ink(const struct piece *p)
{
    return p->row->n_items > 0;
}

/* Ends the open slice in front of piece I; the next begins at Y. */
static void close_slice(struct cutter *c, size_t i, int32_t y)
{
    *vec_push(&c->slices, c->grid->ly->arena) = (struct slice){
        .pieces = c->band->pieces.v + c->first,
        .n = i - c->first,
        .top = c->top,
        .height = y - c->top,
    };
    c->first = i;
    c->top = c->reach = y;
}

/* Where to cut the open slice, whose pieces end in front of piece END: what
 * begins in its first half and is higher than the other is not to make way. */
static int32_t forced_place(const struct cutter *c, size_t end)
{
    const struct piece *v = c->band->pieces.v;
    int32_t at = c->top + c->most, before;

    do {
        before = at;
        for (size_t i = c->first; i < end; i++)
            if (has_ink(&v[i]) && v[i].y < at && v[i].y + v[i].h > at &&
                v[i].y - c->top < c->most / 2)
                at = v[i].y + v[i].h;
    } while (at > before);
    return at;
}

/* Cuts the open slice, which no line of which ends where others do, above Y:
 * lines that would be parted begin below the cut, and what follows makes room
 * for them. False: there is no place. */
static bool force_cut(struct cutter *c, size_t end, int32_t y)
{
    struct piece *v = c->band->pieces.v;
    int32_t at = forced_place(c, end), by = 0;
    size_t n = c->first, n_moved = 0;

    if (at >= y)
        return false;
    struct piece *moved = arena_array_raw(c->grid->ly->arena, struct piece,
                                          end - c->first);
    for (size_t i = c->first; i < end; i++) {
        if (!has_ink(&v[i]) || v[i].y + v[i].h <= at) {
            v[n++] = v[i];
            continue;
        }
        by = at - v[i].y > by ? at - v[i].y : by;
        moved[n_moved++] = v[i];
    }
    *vec_push(&c->pushes, c->grid->ly->arena) = (struct push){ at - c->shift,
                                                               c->shift + by };
    c->shift += by;
    close_slice(c, n, at);
    for (size_t i = 0; i < n_moved; i++) {
        moved[i].y += by;
        v[n + i] = moved[i];
        if (moved[i].y + moved[i].h > c->reach)
            c->reach = moved[i].y + moved[i].h;
    }
    return true;
}

/* Cuts in front of piece I. True: I has to make way, and is to be asked again.
 */
static bool cut_before(struct cutter *c, size_t i)
{
    int32_t y = c->band->pieces.v[i].y;

    if (y >= c->reach && y > c->top)
        close_slice(c, i, y);
    return y >= c->top + c->most && force_cut(c, i, y);
}

static void find_slices(struct cutter *c, int32_t total)
{
    struct piece *v = c->band->pieces.v;
    size_t n = c->band->pieces.n;

    qsort(v, n, sizeof *v, by_y);
    for (size_t i = 0; i < n; i++) {
        int32_t y = v[i].y;
        do
            v[i].y = y + c->shift;
        while (cut_before(c, i));
        if (has_ink(&v[i]) && v[i].y + v[i].h > c->reach)
            c->reach = v[i].y + v[i].h;
    }
    while (c->reach > c->top + c->most && force_cut(c, n, c->reach))
        ;
    total += c->shift;
    close_slice(c, n, total > c->reach ? total : c->reach);
}

/* Where Y is, the top of a ground or its bottom, since lines made way. */
static int32_t pushed(const struct cutter *c, int32_t y, bool bottom)
{
    size_t from = 0, to = c->pushes.n;

    while (from < to) {
        size_t mid = (from + to) / 2;
        if (c->pushes.v[mid].at < y + !bottom)
            from = mid + 1;
        else
            to = mid;
    }
    return from ? y + c->pushes.v[from - 1].by : y;
}

/* The slice that holds Y, or begins there. */
static uint32_t slice_at(const struct cutter *c, int32_t y)
{
    size_t from = 0, to = c->slices.n - 1;

    while (from < to) {
        size_t mid = (from + to + 1) / 2;
        if (c->slices.v[mid].top <= y)
            from = mid;
        else
            to = mid - 1;
    }
    return (uint32_t)from;
}

static int32_t bottom_of(const struct slice *s)
{
    return s->top + s->height;
}

/* Two grounds that only meet show a line on some screens, pt/1000. */
#define OVERLAP 300

/* The part of a ground that is in each slice, behind what stands there. */
static void draw_parts(struct cutter *c, const struct ground *gr, uint32_t from,
                       uint32_t to)
{
    for (uint32_t k = from; k <= to; k++) {
        struct slice *s = &c->slices.v[k];
        int32_t top = gr->top > s->top ? gr->top - s->top : 0;
        int32_t end = k == to ? gr->bottom - s->top : s->height + OVERLAP;
        frame_items(&gr->frame, top, end, k == from, k == to, &s->behind,
                    c->grid->ly->arena);
    }
}

static int by_first_row(const void *a, const void *b)
{
    const struct ground *x = a, *y = b;

    if (x->frame.first != y->frame.first)
        return x->frame.first < y->frame.first ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static bool is_inside(const struct ground *in, const struct ground *out)
{
    return in->top >= out->top && in->bottom <= out->bottom &&
           in->frame.x >= out->frame.x &&
           in->frame.x + in->frame.w <= out->frame.x + out->frame.w;
}

/* Grounds around whole slices become frames of the galley, whose row FIRST is
 * the first slice; of the others, and of what is inside of them, each slice
 * gets its part: those are drawn later. */
static void put_grounds(struct cutter *c, struct galley *out, uint32_t first)
{
    struct band *b = c->band;
    struct ground parted = { 0 };
    size_t n = 0;

    for (size_t i = 0; i < b->grounds.n; i++) {
        struct ground gr = b->grounds.v[i];
        gr.top = pushed(c, gr.top, false);
        gr.bottom = pushed(c, gr.bottom, true);
        if (gr.bottom <= gr.top)
            continue;
        uint32_t from = slice_at(c, gr.top), to = slice_at(c, gr.bottom - 1);
        bool whole = c->slices.v[from].top == gr.top &&
                     bottom_of(&c->slices.v[to]) == gr.bottom;
        if (whole && !is_inside(&gr, &parted)) {
            gr.frame.first = first + from;
            gr.frame.last = first + to;
            b->grounds.v[n++] = gr;
            continue;
        }
        draw_parts(c, &gr, from, to);
        if (!whole)
            parted = gr;
    }
    if (n)
        qsort(b->grounds.v, n, sizeof *b->grounds.v, by_first_row);
    for (size_t i = 0; i < n; i++)
        galley_frame(out, b->grounds.v[i].frame);
}

static bool is_blank(const struct slice *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (has_ink(&s->pieces[i]))
            return false;
    return true;
}

void band_cut(struct grid *g, struct galley *out, struct band *b, int32_t total)
{
    struct cutter c = { .grid = g, .band = b, .most = g->ly->page_height / 3 };
    uint32_t first = galley_here(out);

    find_slices(&c, total);
    put_grounds(&c, out, first);
    for (size_t i = 0; i < c.slices.n; i++) {
        struct slice *s = &c.slices.v[i];
        /* Padding is not parted from what it surrounds. */
        bool padding = is_blank(s) && !slice_is_space(s);
        if (padding && i > 0)
            galley_break(out, ROW_NEVER);
        slice_emit(g, out, s);
        if (padding)
            galley_break(out, ROW_NEVER);
    }
}
