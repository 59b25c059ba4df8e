/* SPDX-License-Identifier: MIT */
/* html5.h - the HTML5 parsing algorithm (WHATWG HTML 13.2), by gumbo. The
 * only file that knows the parser is html5.c, so that another can replace
 * it.
 *
 * The HTML may hold marks: HTML5_MARK, a line number in decimal, ';'. What
 * follows stems from that line of the post's file, and every LF from there on
 * starts the next one. A mark may stand anywhere, even inside a tag. */
#ifndef CONVERT_HTML5_H
#define CONVERT_HTML5_H

#include "base/diag.h"
#include "book/post.h"
#include "convert/soup.h"

/* A control character, and so never in a clean text. */
#define HTML5_MARK '\x1b'

/* Parses HTML as the content of a body; never NULL. The root is SOUP_BODY.
 * Depth, attribute count and attribute size are capped before parsing, each
 * cap reported once; the text always stays. */
struct soup *html5_parse(str html, const struct post *post, struct arena *a,
                         struct diag *dg);

/* The same; what nests deeper than DEPTH is flattened. */
struct html5_bounds {
    unsigned depth; /* 8 to 256, which is html5_parse()'s */
};
struct soup *html5_parse_bounded(str html, const struct post *post,
                                 const struct html5_bounds *bounds,
                                 struct arena *a, struct diag *dg);

#endif
