/* SPDX-License-Identifier: MIT */
/* png_filter.h - rows made ready to be deflated (PNG, third edition, clause
 * 9), in PNG files and behind PDF's predictor 15. */
#ifndef ASSETS_PNG_FILTER_H
#define ASSETS_PNG_FILTER_H

#include "assets/raster.h"
#include "base/buf.h"

#define PNG_FILTERS 5

/* Appends the rows of R, each behind the filter that suits it. */
void png_filter(const struct raster *r, struct buf *out);

#endif
