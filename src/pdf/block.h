/* SPDX-License-Identifier: MIT */
/* block.h - blocks stacked into a galley: paragraphs, headings, lists,
 * quotes, code, rules, figures, cards; tables are table.h's. */
#ifndef PDF_BLOCK_H
#define PDF_BLOCK_H

#include "pdf/galley.h"

/* Where a block stands: its containing box. */
struct place {
    int32_t x, width;
    uint32_t struct_elem; /* the parent's */
};

/* The children of N, as blocks and paragraphs, into G. */
void block_children(struct layout *ly, struct galley *g, const struct node *n,
                    struct place at);
/* N itself, with its margins, padding and borders. */
void block_node(struct layout *ly, struct galley *g, const struct node *n,
                struct place at);

/* Are all of N's children set in lines? */
bool block_is_inline(const struct layout *ly, const struct node *n);

#endif
