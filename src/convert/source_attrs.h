/* SPDX-License-Identifier: MIT */
/* source_attrs.h - kramdown's attribute lists, and marks for a table of
 * contents, which a book makes itself. */
#ifndef CONVERT_SOURCE_ATTRS_H
#define CONVERT_SOURCE_ATTRS_H

#include "base/buf.h"

/* Is LINE "[TOC]" or "[[_TOC_]]"? */
bool attrs_is_toc(str line);

/* What an attribute list says that matters here. */
struct attrs {
    str id;
    bool toc; /* stands for a table of contents */
};

/* Is LINE nothing but "{: ...}"? */
bool attrs_are_line(str line, struct attrs *found);

/* "Title {#id}" (Pandoc, Hugo), "Title {: #id}": *HEADING loses the list, and
 * *FOUND is what it says. */
bool attrs_of_heading(str *heading, struct attrs *found);

/* A quick look whether attrs_drop() could change anything. */
bool attrs_may_be_in(str text);

/* TEXT of one block without "{: .class #id key="v"}" on a line of its own or
 * right behind a link, a code span or emphasis. Only what is a list of
 * attributes to the letter goes: "{:k=>1}" stays. Keeps the LFs. */
void attrs_drop(str text, struct buf *out);

#endif
