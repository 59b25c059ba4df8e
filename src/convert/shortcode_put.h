/* SPDX-License-Identifier: MIT */
/* shortcode_put.h - the templates of shortcode.def, filled with a tag's
 * arguments. */
#ifndef CONVERT_SHORTCODE_PUT_H
#define CONVERT_SHORTCODE_PUT_H

#include "convert/shortcode_tag.h"

/* What takes TAG's place. */
void shortcode_replace(const struct shortcode_tag *tag, struct buf *out);

/* What takes the place of a TAG that no table knows: its picture, its link, the
 * words among its arguments. False: it has none. */
bool shortcode_put_words(const struct shortcode_tag *tag, struct buf *out);

/* The title of a TAG that holds code; false: it has none. */
bool shortcode_put_code_title(const struct shortcode_tag *tag, struct buf *out);

/* A link that shows its ADDRESS. */
void shortcode_put_link(str address, struct buf *out);

#endif
