/* SPDX-License-Identifier: MIT */
/* shortcode_textcube.h - tags of Textcube and Tattertools, and of Tistory,
 * which began with them: "[#M_more|less| ... _M#]" folds text,
 * "[##_1C|name|alt="..."|caption_##]" shows up to three pictures. Exports left
 * them in the posts. */
#ifndef CONVERT_SHORTCODE_TEXTCUBE_H
#define CONVERT_SHORTCODE_TEXTCUBE_H

#include "convert/shortcode_parts.h"

/* How many ends of folds BODY has, at most. */
unsigned textcube_fold_ends(str body);

/* Pictures at AT in LINE, or the start of a fold if an end is to come; writes
 * what it means. Bytes used, 0: there is neither. */
size_t textcube_put(struct expander *x, str line, size_t at);
/* The end of a fold; likewise. */
size_t textcube_put_end(struct expander *x, str line, size_t at);

#endif
