/* SPDX-License-Identifier: MIT */
/* source_inline.h - walks over the running text of one block and stops at
 * what may be emphasis; code spans, escapes, tags, autolinks and link
 * destinations are passed by (CommonMark 6.1 to 6.10). Linear. */
#ifndef CONVERT_SOURCE_INLINE_H
#define CONVERT_SOURCE_INLINE_H

#include "base/str.h"

/* cmark knows no longer runs of backticks. */
#define INLINE_TICKS_MAX 80

struct inline_walk {
    str s;
    size_t at;
    size_t last_tick[INLINE_TICKS_MAX + 1]; /* where a run of N was seen */
    bool ticks_known;    /* last_tick holds the last run of every length */
    bool no_quote[2];    /* no more '"' or '\'' behind `at` */
    bool no_destination; /* no link destination ends behind `at` */
};

void inline_init(struct inline_walk *w, str s);

/* Goes on to the next of the three bytes STOPS that stands in running text and
 * returns its place, without moving over it; STR_NONE at the end. The caller
 * moves w->at on. */
size_t inline_find(struct inline_walk *w, const char stops[3]);

/* Length of the HTML tag, autolink or comment at AT in S, or 0. W->no_quote is
 * used and kept up. */
size_t inline_tag_length(struct inline_walk *w, size_t at);

/* Length of the code span at AT, ticks included, or of the lone run of
 * backticks; *IS_CODE says which. */
size_t inline_code_length(struct inline_walk *w, size_t at, bool *is_code);

#endif
