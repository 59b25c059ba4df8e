/* SPDX-License-Identifier: MIT */
/* cover_areas.h - a drawing that is nothing but filled areas, which a printed
 * page can hold as they are: what styles/cover.svg is once its texts are
 * outlines (cover_outline.h). Whatever is not understood for certain makes the
 * whole of it not understood; librsvg draws it then. */
#ifndef ASSETS_COVER_AREAS_H
#define ASSETS_COVER_AREAS_H

#include "base/vec.h"

enum area_step_kind { AREA_MOVE, AREA_LINE, AREA_CURVE, AREA_CLOSE };

struct area_point {
    double x, y; /* y grows downwards */
};

struct area_step {
    enum area_step_kind kind;
    struct area_point to;         /* not of AREA_CLOSE */
    struct area_point control[2]; /* of AREA_CURVE, a cubic Bézier curve */
};

/* Filled by the nonzero rule. */
struct cover_area {
    uint32_t color; /* 0xRRGGBB, opaque */
    VEC(struct area_step) steps;
};

struct cover_areas {
    double width, height; /* all begins at 0, 0 */
    bool has_ground;      /* the first covers everything */
    VEC(struct cover_area) v;
};

/* False: not understood. */
bool cover_areas_read(str svg, struct arena *a, struct cover_areas *out);

#endif
