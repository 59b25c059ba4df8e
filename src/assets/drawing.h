/* SPDX-License-Identifier: MIT */
/* drawing.h - an SVG on an opaque page, measured and drawn by librsvg. Nothing
 * outside of the SVG is read. */
#ifndef ASSETS_DRAWING_H
#define ASSETS_DRAWING_H

#include "assets/rows.h"

struct drawing;

/* NULL with *WHY: it can't be read. SVG may go away. */
struct drawing *drawing_new(str svg, const char **why);
void drawing_free(struct drawing *d); /* NULL is fine */

/* The width of the element with this id, "#title", from the left end of its
 * ink to the right one, in its own units. False: there is none. */
bool drawing_width(struct drawing *d, const char *id, double *width);

/* The whole of it, scaled into WIDTH x HEIGHT and drawn strip by strip while
 * the rows, words, are read; what is behind it is white. D must live longer. */
void drawing_rows(struct drawing *d, uint32_t width, uint32_t height,
                  struct rows *out);

#endif
