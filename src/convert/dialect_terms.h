/* SPDX-License-Identifier: MIT */
/* dialect_terms.h - definition lists of PHP Markdown Extra, kramdown, Pandoc
 * and Goldmark, as HTML whose contents are Markdown:
 *
 *     Term
 *     : What it means, which may go on here.
 *
 *         And in paragraphs that are indented.
 *     : What else it means.
 *
 * Up to four lines of terms may share their definitions; between one term and
 * the first definition there may be a blank line. Only what is in no other
 * block is read; code is left alone. Linear. */
#ifndef CONVERT_DIALECT_TERMS_H
#define CONVERT_DIALECT_TERMS_H

#include "convert/relined.h"

/* TEXT, which BEFORE has written, or TEXT itself where there is none of this.
 * Valid until the next call. */
str terms_expand(struct relined *out, const struct relined *before, str text);

#endif
