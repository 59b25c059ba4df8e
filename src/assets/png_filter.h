/* SPDX-License-Identifier: MIT */
/* png_filter.h - rows made ready to be deflated (PNG, third edition, clause
 * 9), in PNG files and behind PDF's predictor 15. */
#ifndef ASSETS_PNG_FILTER_H
#define ASSETS_PNG_FILTER_H

#include "assets/raster.h"

#define PNG_FILTERS 5

/* Is there a possible filter in front of each of N rows of SIZE bytes? */
bool png_filters_are_known(const uint8_t *rows, uint64_t size, uint64_t n);

/* The bytes that a row of R becomes: behind the number of its filter. */
size_t png_row_size(const struct raster *r);

/* Writes all rows of R to TO, each behind the filter that suits it. TO may be
 * where R's samples are, which are of no other use then: large pictures don't
 * fit twice into what a processor keeps near. */
void png_filter(const struct raster *r, uint8_t *to);

#endif
