/* SPDX-License-Identifier: MIT */
/* plain.h - text for people: one line, without controls. */
#ifndef BOOK_PLAIN_H
#define BOOK_PLAIN_H

#include "book/value.h"

/* S with white space collapsed to single spaces and trimmed, without control
 * characters and what XML 1.0 (2.2, Char) does not allow. */
str plain_text(str s, struct arena *a);

/* S with the character references of exports ("&amp;", "&#8217;") as
 * characters. "&nbsp;" stays, which may be what a title is about. */
str plain_entities(str s, struct arena *a);

/* S without the marks of Markdown: of "[x](y)", "**x**" and "`x`" stays x. */
str plain_marks(str s, struct arena *a);

/* What V says in one line: a text, a list joined with ", ", of a map its
 * name, title or address. NULL gives the empty text. */
str plain_value(const struct value *v, struct arena *a);

/* The text of the first heading of Markdown BODY, in plain text; empty if it
 * has none. *LEADS: nothing stands before it. */
str plain_heading(str body, struct arena *a, bool *leads);

#endif
