/* SPDX-License-Identifier: MIT */
/* decoders.h - rows.c's one function for each type of picture; see
 * rows_open(). OUT comes zeroed. */
#ifndef ASSETS_DECODERS_H
#define ASSETS_DECODERS_H

#include "assets/rows.h"

typedef const char *rows_opener(str bytes, const struct rows_wish *wish,
                                struct rows *out);

rows_opener raster_jpeg, raster_png, raster_gif, raster_webp, raster_svg,
    raster_avif, raster_bmp, raster_tiff;

/* raster_png() for what needs no more than its filters undone: 8 bits a sample,
 * colours of screens, no interlacing, of a size that is unpacked at once, no
 * damage that shows. False: another kind. */
bool raster_png_plain(str png, struct rows *out);

/* Why such files can't be decoded at all; NULL: they can. */
extern const char *const raster_avif_missing, *const raster_tiff_missing;

/* Is WIDTH x HEIGHT a picture of at least 1 and at most MOST pixels? */
bool rows_fit(uint64_t width, uint64_t height, uint64_t most);

/* What the library that is running says of itself. */
str png_library_version(struct arena *a);
str webp_library_version(struct arena *a);

#endif
