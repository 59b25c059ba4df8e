/* SPDX-License-Identifier: MIT */
/* table_parts.h - what the files of the table share: its cells on a grid
 * (table.c), the widths of the columns (tablecolumns.c), and the rows as they
 * go into the galley (tablerows.c, tableband.c). */
#ifndef PDF_TABLE_PARTS_H
#define PDF_TABLE_PARTS_H

#include "pdf/block.h"

/* More columns than a page can hold letters are not laid out as a table. */
#define MAX_COLUMNS 64

struct cell {
    const struct node *node;
    uint32_t column, row;
    uint32_t columns, rows; /* spanned */
    bool head;
    struct galley galley;
};

struct grid {
    struct layout *ly;
    const struct node *node;
    VEC(struct cell) cells; /* row by row */
    VEC(const struct node *) rows;
    uint32_t n_columns, n_head; /* leading rows of a thead */
    int32_t min[MAX_COLUMNS], max[MAX_COLUMNS], width[MAX_COLUMNS];
    uint32_t elem;
};

static inline int32_t cell_edges(const struct style *st)
{
    return st->padding[SIDE_LEFT] + st->padding[SIDE_RIGHT] +
           st->border[SIDE_LEFT].width + st->border[SIDE_RIGHT].width;
}

/* Puts the cells of TABLE on G, which is zero. False: too many columns. */
bool table_grid(struct grid *g, struct layout *ly, const struct node *table);

/* The columns before COLUMN. */
int32_t table_column_x(const struct grid *g, uint32_t column);
/* All the columns of a cell. */
int32_t table_cell_width(const struct grid *g, const struct cell *c);

/* Finds a type size, changing the styles of the table, at which the columns
 * are no wider than WIDTH, and shares it among them; a table that needs less
 * gets ASKED. False: there is none. */
bool table_fit_columns(struct grid *g, int32_t width, int32_t asked);

/* Rows that spanning cells tie together, and the cells that begin in them. */
struct row_span {
    uint32_t first, last; /* rows */
    size_t from, to;      /* cells */
    const int64_t *tops;  /* of all rows, and the end of the last one */
};

/* These as rows of OUT at AT (tableband.c). */
void table_emit_rows(struct grid *g, struct galley *out,
                     const struct row_span *rows, struct place at);

/* The cells, laid out, as rows of OUT at AT; the head comes again on every page
 * that the table goes on to. */
void table_emit(struct grid *g, struct galley *out, struct place at);

#endif
