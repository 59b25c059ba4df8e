/* SPDX-License-Identifier: MIT */
/* source_parts.h - what the halves of source.h share: source.c reads lines and
 * gathers blocks, source_block.c finishes them. */
#ifndef CONVERT_SOURCE_PARTS_H
#define CONVERT_SOURCE_PARTS_H

#include "convert/source.h"

/* What stands in front of the running text in a line of the block. */
struct source_line {
    str prefix;
    str note; /* label of the note that begins in PREFIX */
    bool item;
};

/* Finishes the block that was read: its text goes through the passes, and to
 * the result. */
void source_flush(struct source *s);

/* Writes the PREFIX of a line, in which the note called LABEL may begin. */
void source_put_prefix(struct source *s, str prefix, str label);

/* Would cmark take too much time or memory for a block? */
bool source_is_too_long(str text);

#endif
