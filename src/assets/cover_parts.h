/* SPDX-License-Identifier: MIT */
/* cover_parts.h - what cover.c leaves to others. */
#ifndef ASSETS_COVER_PARTS_H
#define ASSETS_COVER_PARTS_H

#include "assets/cover.h"

/* Which file the settings or the blog name. */
enum cover_choice { COVER_NONE, COVER_GIVEN, COVER_OWN, COVER_DRAWN };
enum cover_choice cover_choose(const struct settings *set, str folder,
                               struct arena *a, str *path);

/* A picture of the user's or the blog's as a JPEG that readers and shops take,
 * in A: as it is, where that will do. NULL, or what is wrong with it. */
const char *cover_from_picture(str bytes, const struct cover_request *request,
                               struct arena *a, str *jpeg);

/* What a drawing became. */
struct cover_made {
    str svg; /* of areas on a ground only, for print; empty: it isn't so */
    const struct cover_areas *areas; /* those of SVG; NULL: it is empty */
    str jpeg;                        /* empty: SVG will do */
};

/* A template or any other SVG, in A; what was kept is asked first. NULL, or
 * what is wrong with it. */
const char *cover_from_svg(str svg, const struct cover_request *request,
                           struct arena *a, struct cover_made *out);

#endif
