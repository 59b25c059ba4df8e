/* SPDX-License-Identifier: MIT */
/* Drawings where librsvg is not installed: an EPUB has them as they are. */
#include "assets/decoders.h"
#include "assets/drawing.h"

#define MISSING "SVG, for which librsvg is missing"

const char *raster_svg(str bytes, const struct rows_wish *wish,
                       struct rows *out)
{
    return MISSING;
}

struct drawing *drawing_new(str svg, const char **why)
{
    *why = MISSING;
    return NULL;
}

void drawing_free(struct drawing *d)
{
}

bool drawing_width(struct drawing *d, const char *id, double *width)
{
    return false;
}

void drawing_rows(struct drawing *d, uint32_t width, uint32_t height,
                  struct rows *out)
{
    *out = (struct rows){ 0 };
}
