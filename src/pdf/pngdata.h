/* SPDX-License-Identifier: MIT */
/* pngdata.h - the compressed pixels of a PNG as they are, and pixels of ours
 * in the same form: rows with a filter each (PNG, third edition, clause 9),
 * which PDF calls predictor 15. */
#ifndef PDF_PNGDATA_H
#define PDF_PNGDATA_H

#include "base/buf.h"
#include "pdf/flate.h"

struct png_data {
    uint32_t width, height;
    uint32_t bits, channels; /* of the stored samples */
    str palette;             /* RGB; empty: none */
    str bytes;               /* a zlib stream */
};

/* False: a PNG whose data PDF can't take as they are (alpha, interlace, 16
 * bits), or a damaged one. */
bool png_data_read(str png, struct arena *a, struct png_data *out);

/* Appends rows of 8-bit samples, each behind the filter that suits it. */
void png_data_filter(const uint8_t *samples, uint32_t width, uint32_t height,
                     uint32_t channels, struct buf *out);

#endif
