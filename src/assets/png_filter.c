/* SPDX-License-Identifier: MIT */
#include "assets/png_filter.h"

#include <stdlib.h>

#include "base/arena.h"

typedef void filter(const uint8_t *restrict row, const uint8_t *restrict above,
                    size_t n, size_t step, uint8_t *restrict to);

static void by_nothing(const uint8_t *restrict row,
                       const uint8_t *restrict above, size_t n, size_t step,
                       uint8_t *restrict to)
{
    memcpy(to, row, n);
}

static void by_left(const uint8_t *restrict row, const uint8_t *restrict above,
                    size_t n, size_t step, uint8_t *restrict to)
{
    for (size_t i = step; i < n; i++)
        to[i] = (uint8_t)(row[i] - row[i - step]);
    memcpy(to, row, step);
}

static void by_above(const uint8_t *restrict row, const uint8_t *restrict above,
                     size_t n, size_t step, uint8_t *restrict to)
{
    for (size_t i = 0; i < n; i++)
        to[i] = (uint8_t)(row[i] - above[i]);
}

static void by_paeth(const uint8_t *restrict row, const uint8_t *restrict above,
                     size_t n, size_t step, uint8_t *restrict to)
{
    for (size_t i = 0; i < step; i++)
        to[i] = (uint8_t)(row[i] - above[i]);
    for (size_t i = step; i < n; i++) {
        int16_t a = row[i - step], b = above[i], c = above[i - step];
        int16_t pa = (int16_t)abs(b - c), pb = (int16_t)abs(a - c);
        int16_t pc = (int16_t)abs(a + b - 2 * c);
        int16_t up = pb <= pc ? b : c;
        int16_t guess = pa <= pb && pa <= pc ? a : up;
        to[i] = (uint8_t)(row[i] - guess);
    }
}

/* What is left, as the encoder's guide (12.7) weighs it. */
static uint64_t weigh(const uint8_t *row, size_t n)
{
    uint64_t sum = 0;

    while (n > 0) {
        uint32_t part = 0;
        size_t most = n < 1u << 16 ? n : 1u << 16;
        for (size_t i = 0; i < most; i++)
            part += (uint32_t)abs((int8_t)row[i]);
        sum += part;
        row += most;
        n -= most;
    }
    return sum;
}

/* The mean (3) hardly ever wins. */
static const struct {
    uint8_t number;
    filter *apply;
} filters[] = {
    { 0, by_nothing }, { 1, by_left }, { 2, by_above }, { 4, by_paeth }
};
#define COUNT (sizeof filters / sizeof *filters)

static void put_row(const uint8_t *row, const uint8_t *above,
                    const struct raster *r, uint8_t *tries, uint8_t *to)
{
    size_t n = png_row_size(r) - 1, best = 0;
    uint64_t least = UINT64_MAX;

    for (size_t i = 0; i < COUNT; i++) {
        filters[i].apply(row, above, n, r->channels, tries + n * i);
        uint64_t sum = weigh(tries + n * i, n);
        if (sum >= least)
            continue;
        least = sum;
        best = i;
    }
    *to = filters[best].number;
    memcpy(to + 1, tries + n * best, n);
}

bool png_filters_are_known(const uint8_t *rows, uint64_t size, uint64_t n)
{
    for (uint64_t y = 0; y < n; y++)
        if (rows[size * y] >= PNG_FILTERS)
            return false;
    return true;
}

size_t png_row_size(const struct raster *r)
{
    return (size_t)r->width * r->channels + 1;
}

void png_filter(const struct raster *r, uint8_t *to)
{
    size_t n = png_row_size(r) - 1;
    uint8_t *tries = calloc(n, COUNT + 1); /* the last: above the first */

    if (!tries)
        die("out of memory");
    /* From below: a row that is written in place covers none of those that
     * are left. */
    for (uint32_t y = r->height; y-- > 0;) {
        const uint8_t *row = r->samples + n * y;
        put_row(row, y ? row - n : tries + n * COUNT, r, tries,
                to + (n + 1) * y);
    }
    free(tries);
}
