/* SPDX-License-Identifier: MIT */
/* bmp.h - the headers of a Windows bitmap, and its run lengths. */
#ifndef ASSETS_BMP_H
#define ASSETS_BMP_H

#include "base/str.h"

struct bmp {
    uint32_t width, height;
    unsigned bits;     /* of a pixel: 1, 4, 8 with a palette; 16, 24, 32 */
    unsigned run_bits; /* 4 or 8: run lengths of such numbers; 0: none */
    bool top_down;
    uint32_t masks[4]; /* red, green, blue, alpha; of more than 8 bits */
    str colors;        /* blue, green, red, and one more if 4 bytes each */
    size_t color_size;
    str pixels;
};

/* NULL, or what is wrong. */
const char *bmp_read(str bytes, struct bmp *out);

/* Bytes of a stored row; they are multiples of four. */
size_t bmp_row_size(const struct bmp *b);

/* Numbers of colours, a byte each, from the top, into TO, which is zeroed.
 * False: damaged. */
bool bmp_read_runs(const struct bmp *b, uint8_t *to);

#endif
