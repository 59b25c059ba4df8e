/* SPDX-License-Identifier: MIT */
/* cover_shape.h - letters of a cover as outlines, by HarfBuzz. */
#ifndef ASSETS_COVER_SHAPE_H
#define ASSETS_COVER_SHAPE_H

#include "assets/cover_fonts.h"
#include "base/buf.h"

struct cover_shaper; /* the fonts that were opened */

struct cover_shaper *cover_shaper_new(void);
void cover_shaper_free(struct cover_shaper *s);

/* A text and what is known of it. */
struct cover_shaped {
    const struct cover_style *style;
    const struct cover_runs *runs; /* of the whole text */
    str text;
};

/* Where letters come: the left end of the baseline and their size. OUT gets
 * path data (SVG 2, 9.3); NULL: they are only measured. */
struct cover_pen {
    double x, y, size;
    struct buf *out;
};

/* Sets the bytes FROM to TO of the text and moves PEN->x behind them. False: a
 * font can't be read or lacks a glyph. */
bool cover_shape(struct cover_shaper *s, const struct cover_shaped *text,
                 size_t from, size_t to, struct cover_pen *pen);

#endif
