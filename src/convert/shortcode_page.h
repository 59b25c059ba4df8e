/* SPDX-License-Identifier: MIT */
/* shortcode_page.h - what a post of Jekyll says of itself: "{{ page.title }}",
 * "{{ page.date | date_to_string }}". */
#ifndef CONVERT_SHORTCODE_PAGE_H
#define CONVERT_SHORTCODE_PAGE_H

#include "base/buf.h"
#include "book/post.h"

/* Such an expression at AT in LINE becomes text of POST, which is no Markdown;
 * a date is "2017-05-17" whatever its filter. Bytes used, 0: it is another one,
 * or POST doesn't say. */
size_t shortcode_page(const struct post *post, str line, size_t at,
                      struct buf *out);

#endif
