/* SPDX-License-Identifier: MIT */
/* png_write.h - pixels as a PNG of 8 bits a sample. */
#ifndef ASSETS_PNG_WRITE_H
#define ASSETS_PNG_WRITE_H

#include "assets/raster.h"
#include "base/arena.h"

/* The file, in A. */
str png_write(const struct raster *r, struct arena *a);

#endif
