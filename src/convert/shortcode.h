/* SPDX-License-Identifier: MIT */
/* shortcode.h - what site generators and note programs add to Markdown:
 * Liquid and Hexo tags ({% %}), Hugo's shortcodes ({{< >}}), Obsidian's links,
 * emoji names. They become Markdown or HTML; shortcode.def lists them. Code is
 * left alone. */
#ifndef CONVERT_SHORTCODE_H
#define CONVERT_SHORTCODE_H

#include "base/buf.h"
#include "base/diag.h"
#include "book/post.h"

/* Buffers, reused from post to post. A zeroed one is empty. */
struct shortcodes {
    struct buf out;
    struct buf lines; /* uint32_t each: the line of the input, from 1 */
};

void shortcodes_done(struct shortcodes *sc);

/* BODY with its shortcodes replaced: BODY itself where there are none. Valid
 * until the next call. */
str shortcodes_expand(struct shortcodes *sc, str body, const struct post *post,
                      struct diag *dg);

/* The line of the last input that line N of its result stems from. */
unsigned shortcodes_line(const struct shortcodes *sc, unsigned n);

#endif
