/* SPDX-License-Identifier: MIT */
/* content_parts.h - what content.c and content_text.c share. */
#ifndef PDF_CONTENT_PARTS_H
#define PDF_CONTENT_PARTS_H

#include "pdf/content.h"

/* Ends the TJ array, the text object; sets the colour to fill with. */
void content_run_end(struct content_stream *c);
void content_text_end(struct content_stream *c);
void content_color(struct content_stream *c, uint32_t color);

/* Begins a text object, if there is none, and the element's marked content.
 * Inline, since before nearly every glyph both have begun. */
void content_text_open(struct content_stream *c);
static inline void content_text_begin(struct content_stream *c)
{
    if (!c->in_text || c->pending)
        content_text_open(c);
}

/* What is drawn in between reads as TEXT (ISO 32000-1, 14.9.4). */
void content_span_begin(struct content_stream *c, str text);
void content_span_end(struct content_stream *c);

#endif
