/* SPDX-License-Identifier: MIT */
/* marker.h - numbers and bullets of list items. */
#ifndef PDF_MARKER_H
#define PDF_MARKER_H

#include "pdf/block.h"

/* NUMBER in a list's style, without a stop: "iv", "d", "4"; a bullet for the
 * styles that have one. Numbers that a style can't write are decimal. */
str marker_text(enum list_style style, int64_t number, struct arena *a);

/* Puts the marker of LI in front of row ROW of G, which begins at AT; the
 * structure element is the label's. */
void marker_add(struct layout *ly, struct galley *g, const struct node *li,
                uint32_t row, struct place at);

/* Moves the content of LIST to the right where its markers need more room than
 * the sheet's padding leaves. */
void marker_make_room(struct layout *ly, const struct node *list,
                      struct place *inside);

#endif
