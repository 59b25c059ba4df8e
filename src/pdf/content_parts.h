/* SPDX-License-Identifier: MIT */
/* content_parts.h - what content.c and content_text.c share. */
#ifndef PDF_CONTENT_PARTS_H
#define PDF_CONTENT_PARTS_H

#include "pdf/content.h"

/* Ends the TJ array, the text object; sets the colour to fill with. */
void content_run_end(struct content_stream *c);
void content_text_end(struct content_stream *c);
void content_color(struct content_stream *c, uint32_t color);

#endif
