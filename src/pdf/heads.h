/* SPDX-License-Identifier: MIT */
/* heads.h - running heads and folios: the margin boxes of css-page-3, 5,
 * drawn over finished pages.
 *
 * Boxes of one side share its width: what is too long is shortened with an
 * ellipsis. Text is one line; borders and grounds are those of the box. */
#ifndef PDF_HEADS_H
#define PDF_HEADS_H

#include "pdf/book.h"

/* Draws them on every page of the document. */
void heads_draw(struct pdf_book *b, struct diag *dg);

#endif
