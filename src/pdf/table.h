/* SPDX-License-Identifier: MIT */
/* table.h - tables: columns as wide as their content asks for (CSS 2.2,
 * 17.5.2.2), smaller type where they don't fit, rows stacked as lists where
 * even that is too wide. The head comes again on every page. */
#ifndef PDF_TABLE_H
#define PDF_TABLE_H

#include "pdf/block.h"

void table_add(struct layout *ly, struct galley *g, const struct node *table,
               struct place at);

#endif
