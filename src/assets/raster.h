/* SPDX-License-Identifier: MIT */
/* raster.h - pictures as pixels. */
#ifndef ASSETS_RASTER_H
#define ASSETS_RASTER_H

#include "base/str.h"

/* A picture with more pixels is not decoded: files of a few bytes can claim
 * to be of any size. */
#define RASTER_PIXELS_MAX (100u * 1000 * 1000)

/* 8 bits each, rows from the top, not multiplied by alpha. */
struct raster {
    uint32_t width, height;
    uint8_t *rgba; /* owned */
};

void raster_done(struct raster *r);
/* False: there are no pixels, or more than RASTER_PIXELS_MAX. */
bool raster_init(struct raster *r, uint32_t width, uint32_t height);

/* Each returns NULL, or what is wrong with BYTES; then OUT is empty. */
const char *raster_png(str bytes, struct raster *out);
const char *raster_gif(str bytes, struct raster *out);  /* its first frame */
const char *raster_webp(str bytes, struct raster *out); /* its first frame */
const char *raster_jpeg(str bytes, struct raster *out);
/* Would raster_jpeg() make something of it? Cheap. */
bool raster_jpeg_is_sound(str bytes);
/* Drawn as WIDTH x HEIGHT pixels. */
const char *raster_svg(str bytes, uint32_t width, uint32_t height,
                       struct raster *out);

/* The picture with fewer pixels, each the mean of those it covers. */
void raster_reduce(struct raster *r, uint32_t width, uint32_t height);

#endif
