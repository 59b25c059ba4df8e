/* SPDX-License-Identifier: MIT */
/* png_unfilter.h - filtered rows made pixels again (PNG, third edition, clause
 * 9). */
#ifndef ASSETS_PNG_UNFILTER_H
#define ASSETS_PNG_UNFILTER_H

#include <stddef.h>
#include <stdint.h>

/* Undoes FILTER, below PNG_FILTERS, of the N bytes of ROW. ABOVE: the row above
 * as it was before it was filtered, zeros above the first. STEP: the bytes of a
 * pixel, 1 to 4; N is a multiple. */
void png_unfilter(unsigned filter, uint8_t *row, const uint8_t *above, size_t n,
                  size_t step);

#endif
