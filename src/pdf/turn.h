/* SPDX-License-Identifier: MIT */
/* turn.h - chapters whose text runs from right to left.
 *
 * They are laid out like others, from the left, and at the end each page is
 * turned about its middle: lists have their markers at the right, quotes their
 * bars, tables their first column. What runs from left to right, words in other
 * letters, numbers and code, is turned beforehand, so that it comes out as it
 * was: rule L2 of Unicode Standard Annex 9, for two levels. */
#ifndef PDF_TURN_H
#define PDF_TURN_H

#include "pdf/page.h"
#include "pdf/para.h"

/* LINE of a paragraph in STYLE, MEASURE wide; its first N items hold the text
 * in its order. Does nothing where LY's text runs from left to right. */
void turn_line(const struct layout *ly, const struct style *style,
               struct line *line, size_t n, int32_t measure);

/* All that is on PAGE, WIDTH wide. */
void turn_page(struct page *page, int32_t width);

#endif
