/* SPDX-License-Identifier: MIT */
/* blockbreaks.h - which rows of a block should stand on one page: what a
 * designer asks for where the style sheet says nothing. */
#ifndef PDF_BLOCKBREAKS_H
#define PDF_BLOCKBREAKS_H

#include "pdf/galley.h"

/* The paragraph that ends with LAST and fills the last N_LINES rows of G may
 * lead to what follows. */
void breaks_lead(struct galley *g, const struct node *last, uint32_t n_lines);

/* N is about to be set: a line that leads to it stays with it. */
void breaks_before(struct galley *g, const struct node *n);

/* N's content are the rows of G from FIRST on. */
void breaks_inside(struct layout *ly, struct galley *g, const struct node *n,
                   uint32_t first);

/* Rows from FIRST on are not to be parted. */
void breaks_none(struct galley *g, uint32_t first, enum row_break cost);

#endif
