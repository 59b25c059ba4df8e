/* SPDX-License-Identifier: MIT */
/* shortcode_export.h - what exports and a few generators leave in the text.
 * The functions look at AT in LINE, write what is meant, and return how many
 * bytes they have used: 0 if there is nothing of their kind. */
#ifndef CONVERT_SHORTCODE_EXPORT_H
#define CONVERT_SHORTCODE_EXPORT_H

#include "base/buf.h"

/* WordPress: "[caption id=...]", "[/caption]" and "[gallery ids=...]" go, the
 * address in "[embed]https://...[/embed]" stays; also with their brackets
 * escaped. Hatena: "[https://...:title=x]" is a link, "[:contents]" goes. */
size_t shortcode_bracket(str line, size_t at, struct buf *out);
/* Hashnode: "%[https://...]" is a link, "%%[name]" goes. */
size_t shortcode_percent(str line, size_t at, struct buf *out);
/* "{static}", "{filename}" and "{attach}" of Pelican in front of a path;
 * "{:height 1, :width 2}" of Logseq; "{::nomarkdown}" and "{:/...}" of
 * kramdown: they go. */
size_t shortcode_braces(str line, size_t at, struct buf *out);

/* Is LINE a property of Logseq's, "id:: 6f..."? */
bool shortcode_is_property(str line);
/* LINE without the name of a block at its end, " ^6f3a2b" of Obsidian. */
str shortcode_without_block_id(str line);
/* The title in "<!-- tab Title@icon -->" and "<!-- timeline Title -->" of
 * Hexo's themes; empty: it is none. */
str shortcode_comment_title(str line);

#endif
