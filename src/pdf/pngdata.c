/* SPDX-License-Identifier: MIT */
#include "pdf/pngdata.h"

#include <stdlib.h>
#include <string.h>

#define FILTERS    5
#define HEADER_END 33

static uint32_t big32(str s, size_t i)
{
    uint32_t v = 0;

    for (size_t k = 0; k < 4; k++)
        v = v << 8 | (i + k < s.n ? (unsigned char)s.p[i + k] : 0);
    return v;
}

/* Gathers what the chunks hold. False: there is transparency. */
static bool read_chunks(str png, struct buf *data, struct png_data *out)
{
    for (size_t i = 8; i + 12 <= png.n;) {
        size_t n = big32(png, i);
        str type = str_sub(png, i + 4, 4);
        if (n > png.n - i - 12)
            break;
        str bytes = str_sub(png, i + 8, n);
        if (str_eq(type, S("tRNS")))
            return false;
        if (str_eq(type, S("PLTE")))
            out->palette = bytes;
        if (str_eq(type, S("IDAT")))
            buf_put(data, bytes);
        i += 12 + n;
    }
    return true;
}

static size_t row_size(const struct png_data *d)
{
    return ((size_t)d->width * d->channels * d->bits + 7) / 8 + 1;
}

/* Viewers show little of a stream that is damaged: it is looked at here. */
static bool is_whole(const struct png_data *d)
{
    size_t row = row_size(d);
    uint8_t *rows = flate_unpack(d->bytes, row * d->height);
    bool ok = rows != NULL;

    for (uint32_t y = 0; ok && y < d->height; y++)
        ok = rows[row * y] < FILTERS;
    free(rows);
    return ok;
}

bool png_data_read(str png, struct arena *a, struct png_data *out)
{
    /* By colour type (11.2.1): grey, RGB, palette. */
    static const uint8_t channels[4] = { 1, 0, 3, 1 };
    struct buf data = { 0 };

    *out = (struct png_data){ 0 };
    if (png.n < HEADER_END)
        return false;
    unsigned type = (unsigned char)png.p[25];
    out->width = big32(png, 16);
    out->height = big32(png, 20);
    out->bits = (unsigned char)png.p[24];
    if (type == 1 || type > 3 || out->bits > 8 || png.p[28] != 0)
        return false;
    out->channels = type == 2 ? 3 : channels[type == 0 ? 0 : 3];
    bool ok = read_chunks(png, &data, out);
    out->bytes = arena_dup(a, buf_str(&data));
    buf_done(&data);
    if (type != 3)
        out->palette = (str){ 0 };
    else if (out->palette.n < 3 || out->palette.n > 768)
        return false;
    return ok && is_whole(out);
}

static uint8_t paeth(int left, int up, int corner)
{
    int p = left + up - corner;
    int by_left = abs(p - left), by_up = abs(p - up),
        by_corner = abs(p - corner);

    if (by_left <= by_up && by_left <= by_corner)
        return (uint8_t)left;
    return (uint8_t)(by_up <= by_corner ? up : corner);
}

/* One row by one filter; the sum of what is left, as the encoder's guide
 * (12.7) weighs it. */
static uint64_t filter_row(unsigned filter, const uint8_t *row,
                           const uint8_t *above, size_t n, size_t step,
                           uint8_t *to)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < n; i++) {
        int left = i >= step ? row[i - step] : 0;
        int up = above ? above[i] : 0;
        int corner = above && i >= step ? above[i - step] : 0;
        const int guess[FILTERS] = { 0, left, up, (left + up) / 2,
                                     filter == 4 ? paeth(left, up, corner)
                                                 : 0 };
        to[i] = (uint8_t)(row[i] - guess[filter]);
        sum += to[i] < 128 ? to[i] : 256u - to[i];
    }
    return sum;
}

void png_data_filter(const uint8_t *samples, uint32_t width, uint32_t height,
                     uint32_t channels, struct buf *out)
{
    size_t n = (size_t)width * channels;
    uint8_t *rows[2] = { malloc(n), malloc(n) };

    if (!rows[0] || !rows[1])
        die("out of memory");
    for (uint32_t y = 0; y < height; y++) {
        const uint8_t *row = samples + n * y, *above = y ? row - n : NULL;
        unsigned best = 0, best_filter = 0;
        uint64_t least = UINT64_MAX;
        /* The mean (3) hardly ever wins. */
        static const uint8_t tried[] = { 0, 1, 2, 4 };
        for (size_t t = 0; t < sizeof tried; t++) {
            uint64_t sum = filter_row(tried[t], row, above, n, channels,
                                      rows[!best]);
            if (sum >= least)
                continue;
            least = sum;
            best = !best;
            best_filter = tried[t];
        }
        buf_putc(out, (char)best_filter);
        buf_put(out, (str){ (const char *)rows[best], n });
    }
    free(rows[0]);
    free(rows[1]);
}
