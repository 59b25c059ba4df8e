/* SPDX-License-Identifier: MIT */
/* tableband.h - rows of a table that spanning cells tie together: what stands
 * in them (tableband.c), and where a page may part it (tablecut.c). y counts
 * from their top. */
#ifndef PDF_TABLEBAND_H
#define PDF_TABLEBAND_H

#include "pdf/table_parts.h"

/* A box of a cell somewhere in its row. */
struct piece {
    int32_t y, h;
    const struct row *row;
    int32_t dx;
    size_t order;
};

typedef VEC(struct piece) piece_vec;

/* Pieces that go into the galley as one row. */
struct slice {
    const struct piece *pieces;
    size_t n;
    int32_t top, height;
    struct item_vec behind; /* what is drawn first, from the slice's top */
};

/* Nothing but margins. */
bool slice_is_space(const struct slice *s);
void slice_emit(struct grid *g, struct galley *out, struct slice *s);

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

/* The band, whose height is TOTAL, as rows of OUT. It is cut wherever no line
 * of any cell stands in the way, and where that would not be for long, lines
 * make way. */
void band_cut(struct grid *g, struct galley *out, struct band *b,
              int32_t total);

#endif
