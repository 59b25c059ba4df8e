/* SPDX-License-Identifier: MIT */
/* emoji.h - the bitmaps of a colour font. */
#ifndef PDF_EMOJI_H
#define PDF_EMOJI_H

#include "pdf/font.h"

/* Pixels, rows from the top. */
struct emoji_bitmap {
    uint32_t width, height;
    str rgb;   /* width * height * 3, not multiplied by alpha */
    str alpha; /* width * height */
};

/* Decodes the bitmap of a glyph of a FONT_COLOR font into A. False when the
 * glyph has none or it is damaged; then nothing is drawn. */
bool emoji_bitmap(const struct font *f, uint32_t glyph, struct arena *a,
                  struct emoji_bitmap *out);

#endif
