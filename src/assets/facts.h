/* SPDX-License-Identifier: MIT */
/* facts.h - what is in a picture's file beside its pixels. */
#ifndef ASSETS_FACTS_H
#define ASSETS_FACTS_H

#include "base/arena.h"
#include "doc/chapter.h"

struct picture_facts {
    uint8_t orientation; /* Exif: 1 upright, 2 to 8 */
    bool moves;          /* an animation */
    bool odd;            /* of a kind that readers need not know: inks, more
                            than 8 bits or an unusual process in a JPEG */
    bool lossless;
    bool grey;
    str icc; /* the colour profile; in A or in the file */
};

/* Of a file that image_identify() accepts as TYPE. */
void picture_facts(enum image_type type, str bytes, struct arena *a,
                   struct picture_facts *out);

#endif
