/* SPDX-License-Identifier: MIT */
/* blockpage.h - blocks that a sheet puts on pages of another name: a wide table
 * on a page turned on its side. */
#ifndef PDF_BLOCKPAGE_H
#define PDF_BLOCKPAGE_H

#include "pdf/block.h"

/* Sets N, with all that is in it, on pages of its own when its `page` asks for
 * others than those that G is set for now. False: it doesn't. */
bool blockpage_add(struct layout *ly, struct galley *g, const struct node *n,
                   struct place at);

/* N stands where no page can end: reports a name that it has, once a
 * chapter. */
void blockpage_refuse(struct layout *ly, const struct node *n);

#endif
