/* SPDX-License-Identifier: MIT */
#include "pdf/galley.h"

void galley_init(struct galley *g, struct arena *a)
{
    *g = (struct galley){ .arena = a, .at_top = true };
}

void galley_margin(struct galley *g, int32_t mp)
{
    if (mp > g->margin)
        g->margin = mp;
}

static void push_row(struct galley *g, struct row row)
{
    *vec_push(&g->rows, g->arena) = row;
    g->at_top = false;
}

/* A break in front of white space is as good as one behind it, so the cost
 * moves to the space and the row in front is free to carry it. */
static void make_margin(struct galley *g)
{
    int32_t mp = g->margin;

    g->margin = 0;
    if (mp <= 0 || g->rows.n == 0)
        return;
    enum row_break after = g->rows.v[g->rows.n - 1].after;
    push_row(g, (struct row){ .height = mp, .space = true, .after = after });
    g->rows.v[g->rows.n - 2].after = ROW_NEVER;
}

uint32_t galley_here(struct galley *g)
{
    make_margin(g);
    return (uint32_t)g->rows.n;
}

void galley_padding(struct galley *g, int32_t mp)
{
    if (mp <= 0)
        return;
    make_margin(g);
    push_row(g, (struct row){ .height = mp, .after = ROW_NEVER });
}

void galley_row(struct galley *g, struct row row)
{
    make_margin(g);
    push_row(g, row);
}

void galley_line(struct galley *g, const struct line *line, int32_t x,
                 enum row_break after)
{
    for (size_t i = 0; x && i < line->items.n; i++)
        line->items.v[i].x += x;
    galley_row(g, (struct row){
                      .height = line->height,
                      .after = after,
                      .items = line->items.v,
                      .n_items = (uint32_t)line->items.n,
                      .notes = line->notes.v,
                      .n_notes = (uint32_t)line->notes.n,
                  });
}

static int32_t first_baseline(const struct row *r, int32_t otherwise)
{
    for (uint32_t i = 0; i < r->n_items; i++)
        if (r->items[i].kind == ITEM_GLYPHS)
            return r->items[i].y;
    return otherwise;
}

void galley_label(struct galley *g, uint32_t row, const struct line *label,
                  int32_t x)
{
    struct row *r = &g->rows.v[row];
    struct item_vec items = { 0 };

    for (size_t i = 0; i < label->items.n; i++) {
        struct item *it = vec_push(&items, g->arena);
        *it = label->items.v[i];
        it->x += x;
        it->y = first_baseline(r, it->y);
    }
    for (uint32_t i = 0; i < r->n_items; i++)
        *vec_push(&items, g->arena) = r->items[i];
    r->items = items.v;
    r->n_items = (uint32_t)items.n;
}

void galley_break(struct galley *g, enum row_break after)
{
    if (g->rows.n == 0)
        return;
    struct row *last = &g->rows.v[g->rows.n - 1];
    if (after > last->after)
        last->after = after;
}

void galley_frame(struct galley *g, struct frame f)
{
    *vec_push(&g->frames, g->arena) = f;
}

void galley_mark(struct galley *g, const struct node *n)
{
    *vec_push(&g->marks,
              g->arena) = (struct galley_mark){ n, (uint32_t)g->rows.n };
}

const struct page_kind *galley_kind(const struct galley *g, uint32_t row)
{
    for (size_t i = 0; i < g->stretches.n; i++)
        if (row >= g->stretches.v[i].first && row <= g->stretches.v[i].last)
            return g->stretches.v[i].kind;
    return g->kind;
}

int64_t galley_height(const struct galley *g)
{
    int64_t h = 0;

    for (size_t i = 0; i < g->rows.n; i++)
        h += g->rows.v[i].height;
    return h;
}

static void add_rule(struct item_vec *items, struct arena *a, int32_t x,
                     int32_t y, int32_t w, int32_t h, uint32_t color)
{
    if (w > 0 && h > 0)
        *vec_push(items, a) = (struct item){
            .kind = ITEM_RULE,
            .x = x,
            .y = y,
            .w = w,
            .h = h,
            .color = color,
            .post = UINT32_MAX,
        };
}

void frame_items(const struct frame *f, int32_t top, int32_t bottom,
                 bool starts, bool ends, struct item_vec *items,
                 struct arena *a)
{
    const struct style *st = f->style;
    const struct border *b = st->border;
    int32_t h = bottom - top;

    if (st->has_background)
        add_rule(items, a, f->x, top, f->w, h, st->background);
    if (starts)
        add_rule(items, a, f->x, top, f->w, b[SIDE_TOP].width,
                 b[SIDE_TOP].color);
    if (ends)
        add_rule(items, a, f->x, bottom - b[SIDE_BOTTOM].width, f->w,
                 b[SIDE_BOTTOM].width, b[SIDE_BOTTOM].color);
    add_rule(items, a, f->x, top, b[SIDE_LEFT].width, h, b[SIDE_LEFT].color);
    add_rule(items, a, f->x + f->w - b[SIDE_RIGHT].width, top,
             b[SIDE_RIGHT].width, h, b[SIDE_RIGHT].color);
}

void galley_flatten(const struct galley *from, int32_t dx, int32_t dy,
                    struct item_vec *items, struct arena *a)
{
    int32_t *top = arena_array(a, int32_t, from->rows.n + 1);

    top[0] = dy;
    for (size_t i = 0; i < from->rows.n; i++)
        top[i + 1] = top[i] + from->rows.v[i].height;
    for (size_t i = 0; i < from->frames.n; i++) {
        struct frame f = from->frames.v[i];
        f.x += dx;
        frame_items(&f, top[f.first], top[f.last + 1], true, true, items, a);
    }
    for (size_t i = 0; i < from->rows.n; i++) {
        const struct row *r = &from->rows.v[i];
        for (uint32_t k = 0; k < r->n_items; k++) {
            struct item *it = vec_push(items, a);
            *it = r->items[k];
            it->x += dx;
            it->y += top[i];
        }
    }
}
