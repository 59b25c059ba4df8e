/* SPDX-License-Identifier: MIT */
/* facemeta.h - what is asked of a font once, at the end. */
#ifndef PDF_FACEMETA_H
#define PDF_FACEMETA_H

#include "pdf/font.h"

struct face_meta {
    int32_t bbox[4];      /* em/1000: left, bottom, right, top */
    int32_t italic_angle; /* degrees, counterclockwise: negative leans right */
    bool fixed_pitch;
    str license; /* the font's own words or address; may be empty */
};

void face_read_meta(const struct font *f, struct arena *a,
                    struct face_meta *out);

/* Where a glyph's ink goes, em/1000 from its origin: lower left corner and
 * size. Zeros when it has none. */
void face_read_extents(const struct font *f, uint32_t glyph, int32_t *x,
                       int32_t *y, int32_t *w, int32_t *h);

#endif
