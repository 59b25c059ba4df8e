/* SPDX-License-Identifier: MIT */
/* tex.h - formulas in TeX become MathML.
 *
 * TeX's formulas as LaTeX, AMS's packages and KaTeX have them: tex.def lists
 * the commands. No macros are defined. What is made keeps to MathML Core, which
 * browsers draw, and to MathML 3, which EPUB 3.3 asks for (6.1.1). */
#ifndef MATH_TEX_H
#define MATH_TEX_H

#include "doc/node.h"

/* A longer one is no formula. */
#define TEX_MAX 20000

/* A math element in A for the formula TEX, a line of its own with DISPLAY,
 * which stands in LINE of the source. NULL: something in it is not known or not
 * closed, or there is nothing in it; *UNKNOWN, where there is one, gets the
 * name of the first command that is not known, a part of TEX, or an empty str.
 * Linear. */
struct node *tex_math(str tex, bool display, struct arena *a, uint32_t line,
                      str *unknown);

#endif
