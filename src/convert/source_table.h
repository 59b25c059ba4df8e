/* SPDX-License-Identifier: MIT */
/* source_table.h - how big a table of GitHub's Markdown is. cmark fills every
 * row up to the width of the header, so a small file can make a huge table. */
#ifndef CONVERT_SOURCE_TABLE_H
#define CONVERT_SOURCE_TABLE_H

#include "base/buf.h"

struct table_size {
    size_t columns; /* of the widest row; 0: TEXT holds no table */
    size_t rows;
    size_t before;  /* lines in front of the header */
    size_t missing; /* columns that the header has not */
};

/* TEXT is one block's lines, joined by LF. */
struct table_size table_measure(str text);

/* TEXT, a table, with MISSING empty cells more in its header: cmark leaves out
 * the cells of a row that are beyond it. No LF more or less. */
void table_widen(str text, size_t missing, struct buf *out);

/* TEXT, escaped, inside <ELEMENT>; no LF more or less. */
void table_as_text(str text, const char *element, struct buf *out);

#endif
