/* SPDX-License-Identifier: MIT */
/* linknotes.h - where the links of a chapter lead, in print: a small number
 * behind each link to the outside, and the addresses at the chapter's end.
 *
 * Each address has one number. Links that show their address already, and
 * those of cards, which print it themselves, have none. The numbers stand in
 * a table beside the tree, which is not touched: other outputs read it too.
 * Numbers and list are furniture (artifacts). */
#ifndef PDF_LINKNOTES_H
#define PDF_LINKNOTES_H

#include "pdf/galley.h"

/* Sets LY's links; to NULL where the sheets don't show div.links. */
void linknotes_find(struct layout *ly, const struct sheet *sheet);

/* The number of the link N; 0: it has none. */
uint32_t linknotes_number(const struct layout *ly, const struct node *n);

/* The list, at the end of G. */
void linknotes_add(struct layout *ly, struct galley *g);

/* URL as it is printed: letters instead of %XX where those are UTF-8. */
str linknotes_readable(str url, struct arena *a);

#endif
