/* SPDX-License-Identifier: MIT */
/* How wide columns are: CSS 2.2, 17.5.2.2. */
#include <string.h>

#include "pdf/table_parts.h"

/* Type sizes to try before a table is stacked, in thousandths. */
static const int32_t scales[] = { 1000, 850, 720 };

static bool table_widths(struct layout *ly, const struct node *table,
                         int32_t *min, int32_t *max);

/* Widths of a cell's content: of its lines, or of the widest of its blocks. */
static void content_widths(struct layout *ly, const struct node *n,
                           int32_t *min, int32_t *max)
{
    int32_t low, high;

    if (block_is_inline(ly, n)) {
        if (!n->first)
            return;
        struct para p = {
            .first = n->first,
            .last = n->last,
            .style = style_of(ly->styles, n),
            .width = ly->page_width,
        };
        para_widths(ly, &p, &low, &high);
        low += para_turn_room(p.style);
        high += para_turn_room(p.style);
        *min = low > *min ? low : *min;
        *max = high > *max ? high : *max;
        return;
    }
    for (const struct node *k = n->first; k; k = k->next) {
        if (k->tag == TAG_TEXT)
            continue;
        const struct style *st = style_of(ly->styles, k);
        int32_t own_min = 0, own_max = 0;
        if (k->tag != TAG_TABLE || !table_widths(ly, k, &own_min, &own_max))
            content_widths(ly, k, &own_min, &own_max);
        int32_t extra = cell_edges(st) +
                        length_resolve(st->margin[SIDE_LEFT], 0, 0) +
                        length_resolve(st->margin[SIDE_RIGHT], 0, 0);
        *min = own_min + extra > *min ? own_min + extra : *min;
        *max = own_max + extra > *max ? own_max + extra : *max;
    }
}

/* Widths that spanning cells ask for beyond their columns' go to the last. */
static void widen(int32_t *widths, const struct cell *c, int32_t want)
{
    int32_t have = 0;

    for (uint32_t i = 0; i < c->columns; i++)
        have += widths[c->column + i];
    if (want > have)
        widths[c->column + c->columns - 1] += want - have;
}

static void measure(struct grid *g)
{
    struct layout *ly = g->ly;
    uint32_t parts = (uint32_t)ly->out->structure.n;

    memset(g->min, 0, sizeof g->min);
    memset(g->max, 0, sizeof g->max);
    for (size_t i = 0; i < g->cells.n; i++) {
        struct cell *c = &g->cells.v[i];
        int32_t min = 0, max = 0;
        content_widths(ly, c->node, &min, &max);
        int32_t edges = cell_edges(style_of(ly->styles, c->node));
        widen(g->min, c, min + edges);
        widen(g->max, c, max + edges + 10);
    }
    /* Measuring made links and pictures that are made again for good. */
    ly->out->structure.n = parts;
}

static int64_t sum(const int32_t *v, uint32_t n)
{
    int64_t s = 0;

    for (uint32_t i = 0; i < n; i++)
        s += v[i];
    return s;
}

/* The widths of a table in a cell. False: it is none that has columns. */
static bool table_widths(struct layout *ly, const struct node *table,
                         int32_t *min, int32_t *max)
{
    struct grid *g = arena_new(ly->arena, struct grid);

    if (!table_grid(g, ly, table))
        return false;
    measure(g);
    int64_t low = sum(g->min, g->n_columns), high = sum(g->max, g->n_columns);
    *min = low < WIDTH_MOST ? (int32_t)low : WIDTH_MOST;
    *max = high < WIDTH_MOST ? (int32_t)high : WIDTH_MOST;
    return true;
}

/* Shares WIDTH among the columns between what they need and what they like. */
static void share(struct grid *g, int32_t width, int32_t asked)
{
    int64_t min = sum(g->min, g->n_columns), max = sum(g->max, g->n_columns);
    int64_t goal = max < width ? (asked > max ? asked : max) : width;

    for (uint32_t i = 0; i < g->n_columns; i++) {
        if (max <= goal)
            g->width[i] = (int32_t)(max ? g->max[i] * goal / max : 0);
        else
            g->width[i] = g->min[i] + (int32_t)((g->max[i] - g->min[i]) *
                                                (goal - min) / (max - min));
    }
}

/* The styles of everything below N with smaller type. Equal styles stay one
 * object. */
static void scale_styles(struct layout *ly, const struct node *n,
                         int32_t thousandths)
{
    const struct style *last_from = NULL;
    struct style *last_to = NULL;

    for (const struct node *k = n; k; k = node_next(k, n)) {
        const struct style *from = ly->styles->of[k->id];
        if (from != last_from) {
            last_to = arena_new(ly->arena, struct style);
            *last_to = *from;
            last_to->font_size = (int32_t)((int64_t)from->font_size *
                                           thousandths / 1000);
            last_to->line_height = (int32_t)((int64_t)from->line_height *
                                             thousandths / 1000);
            last_from = from;
        }
        ly->styles->of[k->id] = last_to;
    }
}

bool table_fit_columns(struct grid *g, int32_t width, int32_t asked)
{
    int32_t now = 1000;

    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        if (scales[i] != now)
            scale_styles(g->ly, g->node,
                         (int32_t)((int64_t)scales[i] * 1000 / now));
        now = scales[i];
        measure(g);
        if (sum(g->min, g->n_columns) <= width) {
            share(g, width, asked);
            return true;
        }
    }
    return false;
}
int32_t table_column_x(const struct grid *g, uint32_t column)
{
    return (int32_t)sum(g->width, column);
}

int32_t table_cell_width(const struct grid *g, const struct cell *c)
{
    return (int32_t)sum(g->width + c->column, c->columns);
}
