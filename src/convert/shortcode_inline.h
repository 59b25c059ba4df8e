/* SPDX-License-Identifier: MIT */
/* shortcode_inline.h - what note programs write inside a line. Each function
 * looks at AT in LINE, writes what it means, and returns how many bytes it
 * has used: 0 if there is nothing of its kind. */
#ifndef CONVERT_SHORTCODE_INLINE_H
#define CONVERT_SHORTCODE_INLINE_H

#include "base/buf.h"

/* "[[note#heading|label]]", "![[picture.png|300]]": a link, a picture. */
size_t shortcode_wiki(str line, size_t at, struct buf *out);
/* "==text==": <mark>. Comparisons, "a==b", are left alone. */
size_t shortcode_mark(str line, size_t at, struct buf *out);
/* ":smile:", one of emoji.def, between characters that are no letters. */
size_t shortcode_emoji(str line, size_t at, struct buf *out);
/* "[!note] Title" in a quote: the title, or the kind, in bold. */
size_t shortcode_callout(str line, size_t at, struct buf *out);
/* "{{ site.baseurl }}" in front of an address goes, a quoted string in
 * "{{ "/x" | relative_url }}" stays; any other expression is not ours. */
size_t shortcode_expression(str line, size_t at, struct buf *out);

#endif
