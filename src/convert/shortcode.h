/* SPDX-License-Identifier: MIT */
/* shortcode.h - what site generators and note programs add to Markdown:
 * Liquid and Hexo tags ({% %}), Hugo's shortcodes ({{< >}}), MDX, Obsidian's
 * links, emoji names. They become Markdown or HTML; shortcode.def lists them.
 * Code is left alone. */
#ifndef CONVERT_SHORTCODE_H
#define CONVERT_SHORTCODE_H

#include "base/diag.h"
#include "book/post.h"
#include "convert/relined.h"

/* BODY, which BEFORE has written, with its shortcodes replaced: BODY itself
 * where there are none. Valid until the next call. */
str shortcodes_expand(struct relined *out, const struct relined *before,
                      str body, const struct post *post, struct diag *dg);

#endif
