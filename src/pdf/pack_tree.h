/* SPDX-License-Identifier: MIT */
/* pack_tree.h - which structure element holds what, in order of first
 * appearance on the pages. */
#ifndef PDF_PACK_TREE_H
#define PDF_PACK_TREE_H

#include "pdf/pack.h"

struct pack_tree {
    struct packed_chapter *pc;
    struct arena *arena;
    uint32_t *next_cell; /* of each row: elements before it are seen to */
};

/* Copies the elements; none is used yet. */
void pack_tree_begin(struct pack_tree *t, struct packed_chapter *pc,
                     const struct laid_chapter *lc, struct arena *a);
/* ELEM holds this; it and its ancestors are used from now on. */
void pack_tree_add(struct pack_tree *t, uint32_t elem,
                   enum packed_kid_kind kind, uint32_t page, uint32_t value);
/* Adds the empty cells at the ends of rows. */
void pack_tree_end(struct pack_tree *t);

#endif
