/* SPDX-License-Identifier: MIT */
/* cover_style.h - what a cover's style sheet and attributes say about its
 * texts, where they say only what is understood for certain: so that a text
 * can be drawn as outlines in the same font and paint. */
#ifndef ASSETS_COVER_STYLE_H
#define ASSETS_COVER_STYLE_H

#include "assets/cover_markup.h"

struct cover_style {
    struct str_vec families; /* generic ones too; at least one */
    unsigned weight;         /* 1 to 1000 */
    bool italic;
    double spacing; /* between letters, in their size */
    str lang;       /* BCP 47 */
    str kept;       /* attributes that a path keeps: ' id="a"' */
    str paint;      /* declarations, to be the path's style */
};

/* One for each text, in A. False: not understood. */
bool cover_styles_read(str svg, const struct cover_texts *texts,
                       struct arena *a, struct cover_style **out);

/* How an area is filled. */
struct cover_paint {
    uint32_t color; /* 0xRRGGBB */
    double opacity; /* 0 to 1 */
};

/* One for each of M's shapes, which are nothing but filled areas, in A. False:
 * not understood. */
bool cover_paints_read(const struct cover_markup *m, struct arena *a,
                       struct cover_paint **out);

#endif
