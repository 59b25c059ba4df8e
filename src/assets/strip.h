/* SPDX-License-Identifier: MIT */
/* strip.h - a picture's file without what isn't the picture: places and names
 * in Exif, XMP and IPTC, comments, thumbnails, colour profiles, and whatever
 * stands behind its end. Pixels and animation stay as they are.
 *
 * Each returns BYTES itself when there is nothing of the kind, else a copy in
 * A. For files that image_identify() accepts. */
#ifndef ASSETS_STRIP_H
#define ASSETS_STRIP_H

#include "base/vec.h"

str strip_jpeg(str bytes, struct arena *a);
str strip_png(str bytes, struct arena *a);
str strip_gif(str bytes, struct arena *a);
str strip_webp(str bytes, struct arena *a);

/* The pieces of a file that stay; neighbours in it become one. */
struct strip {
    str bytes;
    VEC(str) pieces;
    struct arena *arena;
};

void strip_keep(struct strip *s, str piece);
/* All pieces, one behind the other. */
str strip_result(struct strip *s);

#endif
