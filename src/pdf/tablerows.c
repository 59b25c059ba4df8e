/* SPDX-License-Identifier: MIT */
/* The rows of a table: how high they are, and which belong together. */

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
        struct row_span b = {
            .first = r, .last = r, .from = next, .tops = tops
        };
        for (; next < g->cells.n && g->cells.v[next].row <= b.last; next++) {
            const struct cell *c = &g->cells.v[next];
            if (c->row + c->rows - 1 > b.last)
                b.last = c->row + c->rows - 1;
        }
        b.to = next;
        table_emit_rows(g, out, &b, at);
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
