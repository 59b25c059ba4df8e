/* SPDX-License-Identifier: MIT */
/* abbr.h - abbreviations and what they mean. */
#ifndef CONVERT_ABBR_H
#define CONVERT_ABBR_H

#include "convert/dialect_abbr.h"
#include "convert/soup.h"
#include "doc/chapter.h"

/* Makes abbr elements, with a title, of the words of KNOWN in the text below
 * ROOT: whole words, the longest that fits, not in code, links or abbr. The
 * later of two definitions counts. Linear in the text. */
void abbr_mark(struct soup *root, const struct abbrs *known, struct arena *a);

/* False: nothing in the post, whose HTML this is, is for abbr_explain(). */
bool abbr_may_be_in(str html, const struct abbrs *known);

/* Neither paper nor a reader without a mouse shows a title, so the first abbr
 * that runs in text is followed by its title in brackets and loses the
 * attribute; the others keep theirs. LANG tells which brackets. */
void abbr_explain(struct soup *root, enum lang lang, struct arena *a);

#endif
