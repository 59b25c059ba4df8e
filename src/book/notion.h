/* SPDX-License-Identifier: MIT */
/* notion.h - pages as Notion exports them: the name of a file ends in a blank
 * and 32 hexadecimal digits; its text begins with the title as a heading, and
 * behind that a paragraph of "Property: value" lines. */
#ifndef BOOK_NOTION_H
#define BOOK_NOTION_H

#include "book/header.h"

/* NAME without such digits; NAME itself if it has none. */
str notion_name(str name);

/* Makes H a header of TEXT's title and properties. False, and H is as it was:
 * TEXT doesn't begin with a title. The paragraph counts as properties if all
 * of its lines may be, and one of them is known to keys.def. */
bool notion_find(str text, struct header *h);

#endif
