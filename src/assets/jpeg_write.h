/* SPDX-License-Identifier: MIT */
/* jpeg_write.h - a photograph as a JPEG. */
#ifndef ASSETS_JPEG_WRITE_H
#define ASSETS_JPEG_WRITE_H

#include "assets/raster.h"
#include "base/arena.h"

/* The colours of R, without its alpha, into *OUT, in A. False: larger than a
 * JPEG can be. */
bool jpeg_file_write(const struct raster *r, struct arena *a, str *out);

#endif
