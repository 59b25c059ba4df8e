/* SPDX-License-Identifier: MIT */
/* cover_draw.h - a cover from its template: cover_template.h. */
#ifndef ASSETS_COVER_DRAW_H
#define ASSETS_COVER_DRAW_H

#include "assets/cover_template.h"

/* Pixels of a drawn cover. */
#define COVER_WIDTH  1600
#define COVER_HEIGHT 2560

/* TEMPLATE with its places and boxes filled in, as SVG, in A. NULL, or what is
 * wrong with it. */
const char *cover_fill(str template, const struct cover_values *values,
                       struct arena *a, str *svg);

/* SVG drawn as a JPEG of WIDTH x HEIGHT pixels, in A. The same. */
const char *cover_draw(str svg, uint32_t width, uint32_t height,
                       struct arena *a, str *jpeg);

#endif
