/* SPDX-License-Identifier: MIT */
/* Rows and columns of a formula; numbers are thousandths of the type size. */
#include "pdf/formula_parts.h"

#define CELL_GAP 800
#define ROW_GAP  250
#define ROW_UP   700
#define ROW_DOWN 300
/* Around the relation of formulas that are aligned, and between pairs. */
#define RELATION_GAP 278
#define PAIR_GAP     1500

/* The cells of a table, one row behind the other. */
struct grid {
    struct box_of_math *cells;
    int32_t *widths; /* of the columns */
};

static struct grid measure(struct formula_maker *m, const struct node *table,
                           enum formula_level level)
{
    struct arena *a = m->ly->arena;
    size_t n = 0, most = 0, i = 0;

    for (const struct node *r = table->first; r; r = r->next) {
        size_t k = formula_count(r);
        n += k;
        most = k > most ? k : most;
    }
    struct grid g = { arena_array(a, struct box_of_math, n + 1),
                      arena_array(a, int32_t, most + 1) };
    for (const struct node *r = table->first; r; r = r->next) {
        size_t k = 0;
        for (const struct node *c = r->first; c; c = c->next, k++, i++) {
            g.cells[i] = formula_row(m, c, level);
            g.widths[k] = larger(g.widths[k], g.cells[i].w);
        }
    }
    return g;
}

/* The gap in front of column K: where formulas are aligned, only every other
 * one has one. */
static int32_t column_gap(const struct formula_maker *m,
                          const struct node *table, size_t k,
                          enum formula_level level)
{
    bool aligned = node_has_class(table, S("aligned"));

    if (k == 0)
        return 0;
    return formula_em(m, level,
                      aligned ? (k % 2 ? RELATION_GAP : PAIR_GAP) : CELL_GAP);
}

static int32_t cell_shift(const struct node *cell, int32_t room)
{
    str align = node_attr(cell, ATTR_COLUMNALIGN);

    return str_eq(align, S("left"))    ? 0
           : str_eq(align, S("right")) ? room
                                       : room / 2;
}

/* A table as it is being set. */
struct table_of_math {
    struct formula_maker *m;
    enum formula_level level;
    struct grid grid;
    struct box_of_math box; /* its baseline is the upper edge */
    int32_t y;              /* of the next row */
};

/* The next row, whose boxes are CELLS. */
static void put_row(struct table_of_math *t, const struct node *row,
                    const struct box_of_math *cells)
{
    int32_t up = formula_em(t->m, t->level, ROW_UP), x = 0;
    int32_t down = formula_em(t->m, t->level, ROW_DOWN);
    const struct box_of_math *b = cells;

    for (const struct node *c = row->first; c; c = c->next, b++) {
        up = larger(up, b->up);
        down = larger(down, b->down);
    }
    t->y += up + (row->prev ? formula_em(t->m, t->level, ROW_GAP) : 0);
    b = cells;
    for (const struct node *c = row->first; c; c = c->next, b++) {
        int32_t w = t->grid.widths[b - cells];
        x += column_gap(t->m, row->parent, (size_t)(b - cells), t->level);
        box_put(t->m, &t->box, b, x + cell_shift(c, w - b->w), t->y);
        x = formula_cap(x + w);
    }
    t->y = formula_cap(t->y + down);
    t->box.w = larger(t->box.w, x);
}

struct box_of_math formula_table(struct formula_maker *m, const struct node *n,
                                 enum formula_level level)
{
    bool open = node_has(n, ATTR_DISPLAYSTYLE) || level > LEVEL_TEXT;
    struct table_of_math t = { .m = m, .level = level };
    int32_t axis = formula_axis(m, level);

    t.grid = measure(m, n, open ? level : LEVEL_TEXT);
    const struct box_of_math *cells = t.grid.cells;
    for (const struct node *r = n->first; r; r = r->next) {
        put_row(&t, r, cells);
        cells += formula_count(r);
    }
    /* The middle stands on the axis. */
    struct box_of_math b = { .w = t.box.w };
    box_put(m, &b, &t.box, 0, -axis - t.y / 2);
    b.up = larger(b.up, t.y / 2 + axis);
    b.down = larger(b.down, t.y / 2 - axis);
    return b;
}
