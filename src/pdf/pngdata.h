/* SPDX-License-Identifier: MIT */
/* pngdata.h - the compressed pixels of a PNG as they are: rows with a filter
 * each, which PDF calls predictor 15. */
#ifndef PDF_PNGDATA_H
#define PDF_PNGDATA_H

#include "base/buf.h"
#include "pdf/flate.h"

struct png_data {
    uint32_t width, height;
    uint32_t bits, channels; /* of the stored samples */
    str palette;             /* RGB; empty: none */
    str bytes;               /* a zlib stream */
    str mask; /* alpha, another one: 8 bits, one channel; empty: none */
};

/* False: a PNG whose data PDF can't take as they are (interlace, 16 bits,
 * colours of another gamma than screens', some kinds of transparency), or a
 * damaged or very large one. Alpha is taken out, and data that were packed
 * badly are packed again, by FLATE. KEEP_COLORS: pixels that are all grey keep
 * their channels, because a profile is about them. */
bool png_data_read(str png, bool keep_colors, struct flate *flate,
                   struct arena *a, struct png_data *out);

#endif
