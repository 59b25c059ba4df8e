/* SPDX-License-Identifier: MIT */
/* source_repair.h - links and pictures that CommonMark would show as text. */
#ifndef CONVERT_SOURCE_REPAIR_H
#define CONVERT_SOURCE_REPAIR_H

#include "base/buf.h"

/* Did an export escape all the Markdown of this post? An author who wants to
 * show brackets has no reason to write "\]\(http", nor to write "\*\*" twice
 * and "**" never. */
bool repair_is_escaped(str text);

/* TEXT of one block of such a post, with "\*\*", "\!\[", "\]\(", "\[", "\(" and
 * "\)" meaning what they did before the export. */
void repair_escapes(str text, struct buf *out);

/* "![](my picture.png)", "[x](http://h/a b)": blanks in what is clearly an
 * address become "%20". */
bool repair_may_have_blanks(str text);
void repair_blanks(str text, struct buf *out);

/* "<?", "<!--" and the like that nothing ends are text; a sentinel keeps cmark
 * from looking for the end of each anew. */
bool repair_may_have_declarations(str text);
void repair_declarations(str text, struct buf *out);

#endif
