/* SPDX-License-Identifier: MIT */
/* png_split.h - filtered rows of a PNG (third edition, clause 9) taken apart
 * by channels, without undoing the filters: each of them predicts a sample
 * from samples of the same channel alone. */
#ifndef ASSETS_PNG_SPLIT_H
#define ASSETS_PNG_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows of pixels with CHANNELS samples of 8 bits, each row behind the number
 * of its filter, which is below PNG_FILTERS. */
struct png_rows {
    uint8_t *bytes; /* WIDTH * CHANNELS + 1 for each of HEIGHT rows */
    uint32_t width, height;
    unsigned channels;
};

size_t png_rows_size(const struct png_rows *r); /* bytes */

/* Moves the last channel of R, alpha, into ALPHA, for the caller to free();
 * the colours stay in R, in the same place. False: all of it was opaque, and
 * ALPHA is empty. */
bool png_split_alpha(struct png_rows *r, struct png_rows *alpha);

/* Makes one channel of R's three, in the same place, if all pixels are grey. */
void png_drop_grey(struct png_rows *r);

#endif
