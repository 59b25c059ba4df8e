/* SPDX-License-Identifier: MIT */
/* formula.h - MathML becomes boxes of glyphs and rules.
 *
 * By the rules of TeX (Knuth, The TeXbook, appendix G), in numbers that suit
 * fonts of text: what a font for formulas would bring (sizes of brackets,
 * roots) is stretched from its letters. Lengths in pt/1000. */
#ifndef PDF_FORMULA_H
#define PDF_FORMULA_H

#include "pdf/para.h"

/* What stands together in a line; a line may end behind it. */
struct formula_piece {
    int32_t w, up, down;      /* up: above the baseline */
    int32_t gap;              /* behind it, unless a line ends there */
    const struct item *items; /* x from its left, y from the baseline */
    uint32_t n_items;
};

struct formula {
    struct formula_piece *v;
    uint32_t n;
};

/* MATH in the style that it has, no piece wider than WIDTH or higher than a
 * page: type is smaller where it would be. All of it belongs to STRUCT_ELEM,
 * and is LY's arena's. */
struct formula formula_lay(struct layout *ly, const struct node *math,
                           int32_t width, uint32_t struct_elem);

#endif
