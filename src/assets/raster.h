/* SPDX-License-Identifier: MIT */
/* raster.h - a whole picture in memory, where rows don't do. */
#ifndef ASSETS_RASTER_H
#define ASSETS_RASTER_H

#include "assets/rows.h"

struct raster {
    uint32_t width, height;
    unsigned channels;
    /* Owned; as of struct rows. There is room for HEIGHT bytes more. */
    uint8_t *samples;
};

/* For WIDTH x HEIGHT, not 0; zeroed. */
void raster_init(struct raster *r, uint32_t width, uint32_t height,
                 unsigned channels);
void raster_done(struct raster *r);

/* All rows of FROM. False: damaged; OUT is empty. */
bool raster_read_plain(struct rows *from, struct raster *out);

/* The same, without the channels that say nothing: alpha that is
 * opaque everywhere, colours that are grey. */
bool raster_read(struct rows *from, struct raster *out);

/* The same, but grey stays what it is: a profile may be about three channels.
 */
bool raster_read_colors(struct rows *from, struct raster *out);

/* Moves the colours of R, which has alpha, into COLORS, the alpha stays as the
 * only channel. */
void raster_split(struct raster *r, struct raster *colors);

/* R as rows; it must live until they are closed, which doesn't free it. */
void raster_rows(const struct raster *r, struct rows *out);

#endif
