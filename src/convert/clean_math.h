/* SPDX-License-Identifier: MIT */
/* clean_math.h - formulas among the soup. Each function looks whether E is one
 * of its kind in TeX that tex.h knows, and puts it; false: it is not, and
 * nothing was done. */
#ifndef CONVERT_CLEAN_MATH_H
#define CONVERT_CLEAN_MATH_H

#include "convert/clean_walk.h"

/* Of the code whose title is a formula: shortcode_text.h writes it. */
#define MATH_CODE_CLASS "blog2book-tex"

/* code of that class. */
bool clean_put_code_formula(struct cleaner *c, const struct soup *e);
/* pre with code in the language "math". */
bool clean_put_pre_formula(struct cleaner *c, const struct soup *e);
/* <span class="math inline">\(x\)</span>, as Pandoc writes it. */
bool clean_put_span_formula(struct cleaner *c, const struct soup *e);
/* <script type="math/tex">x</script>, as kramdown writes it. */
bool clean_put_script_formula(struct cleaner *c, const struct soup *e);

/* The picture at the address URL; E is its element. */
bool clean_put_picture_formula(struct cleaner *c, const struct soup *e,
                               str url);

/* Is E what KaTeX or MathJax drew of a formula that stands beside it? */
bool clean_is_formula_twice(const struct soup *e);

#endif
