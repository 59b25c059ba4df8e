/* SPDX-License-Identifier: MIT */
/* emoji_png.h - the pictures inside a colour font. */
#ifndef PDF_EMOJI_PNG_H
#define PDF_EMOJI_PNG_H

#include "pdf/emoji.h"

/* False: damaged, or larger than 1024 pixels a side. */
bool emoji_png_decode(str png, struct arena *a, struct emoji_bitmap *out);

#endif
