/* SPDX-License-Identifier: MIT */
/* inline_parts.h - what the halves of inline.h share: inline.c goes over the
 * tree, inline_text.c puts its text. */
#ifndef PDF_INLINE_PARTS_H
#define PDF_INLINE_PARTS_H

#include "pdf/inline.h"

#define WJ          "\xE2\x81\xA0"
#define OBJECT_CHAR "\xEF\xBF\xBC"

struct collector {
    struct layout *ly;
    struct inline_text *out;
    struct buf text;
    int32_t width;   /* of the measure, for pictures */
    bool break_due;  /* a large picture ends the line */
    bool space_due;  /* collapsed white space that a letter makes real */
    uint32_t column; /* in the source line, for tabs */
    uint32_t link;   /* index of the open link */
    uint32_t struct_elem;
};

/* Puts S, whose white space ST may collapse, and ends a span behind it. LINE is
 * the source's. */
void inline_put_text(struct collector *c, str s, const struct style *st,
                     uint32_t line);

/* What was put since the last span ended is one of style ST. */
void inline_end_span(struct collector *c, const struct style *st,
                     uint32_t line);

/* Makes collapsed white space real, in the style of what follows it. */
void inline_flush_space(struct collector *c);

bool inline_at_line_start(const struct collector *c);

#endif
