/* SPDX-License-Identifier: MIT */
/* source_tags.h - tags that CommonMark would show as text: those of Word
 * ("<o:p>", "<st1:place w:st="on">"), which go, and those without a blank
 * between two attributes, which get one. And headings that an export left
 * behind a block's tag: "</div>### Title". */
#ifndef CONVERT_SOURCE_TAGS_H
#define CONVERT_SOURCE_TAGS_H

#include "base/buf.h"

/* A quick look whether tags_repair() could change anything. */
bool tags_may_be_in(str text);

/* TEXT of one block. Leaves code alone; keeps the LFs. */
void tags_repair(str text, struct buf *out);

#endif
