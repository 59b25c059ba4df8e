/* SPDX-License-Identifier: MIT */
/* fit.h - a picture made fit for e-readers: upright, no larger than their
 * screens, in sRGB, of a type they know, without anything that isn't the
 * picture. What is fit already keeps its bytes. */
#ifndef ASSETS_FIT_H
#define ASSETS_FIT_H

#include "assets/made.h"
#include "base/arena.h"
#include "doc/chapter.h"

struct fit_limits {
    uint32_t width, height; /* pixels; 0: 1600 x 2560 */
    unsigned quality;       /* of JPEG made; 0: 85 */
    bool no_webp;           /* for readers that don't know it */
};

struct fit {
    const char *wrong; /* NULL: it is fit; "damaged PNG" */
    enum image_type type;
    str bytes;
    str digest;             /* SHA-256 of them, in hex; empty: not known */
    uint32_t width, height; /* as shown; of an SVG as before */
    bool is_same;           /* BYTES are those of the file */
    bool moves;             /* an animation */
    const char *lacks;      /* why its colours were left as they are; or NULL */
    str did;                /* for the user: "reduced to 1600x1200 pixels";
                               empty: nothing that is worth a word */
};

/* Decodes only what has to be changed. Texts and new bytes live in A. */
void fit_picture(const struct image *im, const struct fit_limits *limits,
                 struct arena *a, struct fit *out);

/* The same; what it took long to make is kept for the next run. */
void fit_kept(struct made *kept, const struct image *im,
              const struct fit_limits *limits, struct arena *a,
              struct fit *out);

#endif
