/* SPDX-License-Identifier: MIT */
/* source_table.h - how big a table of GitHub's Markdown is. cmark fills every
 * row up to the width of the header, so a small file can make a huge table. */
#ifndef CONVERT_SOURCE_TABLE_H
#define CONVERT_SOURCE_TABLE_H

#include "base/buf.h"

struct table_size {
    size_t columns; /* 0: TEXT holds no table */
    size_t rows;
};

/* TEXT is one block's lines, joined by LF. */
struct table_size table_measure(str text);

/* TEXT, escaped, inside <ELEMENT>; no LF more or less. */
void table_as_text(str text, const char *element, struct buf *out);

#endif
