/* SPDX-License-Identifier: MIT */
/* dialect.h - blocks that CommonMark lacks and other programs' Markdown has,
 * in terms of CommonMark and HTML.
 *
 * - ":::tip Title" to ":::" (VuePress, Docusaurus, Zenn, Qiita, Pandoc):
 *   dialect_box.h. One that nothing closes stays as it is.
 * - "$$" to "$$", "\[" to "\]" and LaTeX's environments, which begin and end
 *   lines of one block: code in the language "math", since all else would
 *   take TeX's stars and backslashes for Markdown. clean_math.h makes formulas
 *   of it.
 * - The file name that stands behind a fence's language: dialect_fence.h.
 *
 * Code is left alone. Linear. */
#ifndef CONVERT_DIALECT_H
#define CONVERT_DIALECT_H

#include "convert/relined.h"

/* TEXT, which BEFORE has written, or TEXT itself where there is none of this.
 * Valid until the next call. */
str dialect_expand(struct relined *out, const struct relined *before, str text);

#endif
