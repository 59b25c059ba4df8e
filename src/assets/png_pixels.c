/* SPDX-License-Identifier: MIT */
#include "assets/png_pixels.h"

#include <stdlib.h>

#include "assets/png_filter.h"
#include "assets/zstream.h"

#define UNPACKED_MAX (24u << 20)

/* The pixels of a pass: from the first column and row on, every so many. */
struct pass {
    uint8_t x, y, dx, dy;
};

/* 8.1: one pass without interlacing, or Adam7. */
static const struct pass whole[] = { { 0, 0, 1, 1 } };
static const struct pass adam7[] = {
    { 0, 0, 8, 8 }, { 4, 0, 8, 8 }, { 0, 4, 4, 8 }, { 2, 0, 4, 4 },
    { 0, 2, 2, 4 }, { 1, 0, 2, 2 }, { 0, 1, 1, 2 },
};

/* Rows of one length, each behind the number of its filter. */
struct stripe {
    uint64_t row, n;
};

struct layout {
    struct stripe stripes[sizeof adam7 / sizeof *adam7];
    size_t n;
    uint64_t size; /* bytes */
};

static uint64_t every(uint32_t length, unsigned first, unsigned step)
{
    return length > first ? ((uint64_t)length - first + step - 1) / step : 0;
}

static struct layout lay_out(const struct png_header *h)
{
    const unsigned depth = png_pixel_bits(h);
    const struct pass *passes = h->interlace ? adam7 : whole;
    struct layout l = { .n = h->interlace ? sizeof adam7 / sizeof *adam7 : 1 };

    for (size_t i = 0; i < l.n; i++) {
        const struct pass *p = &passes[i];
        uint64_t width = every(h->width, p->x, p->dx);
        struct stripe s = { (width * depth + 7) / 8 + 1,
                            width ? every(h->height, p->y, p->dy) : 0 };

        l.stripes[i] = s;
        if (s.n > 0 && s.row > UNPACKED_MAX / s.n)
            l.size = UNPACKED_MAX + 1;
        else
            l.size += s.row * s.n;
    }
    return l;
}

static bool filters_are_known(const struct layout *l, const uint8_t *at)
{
    for (size_t i = 0; i < l->n; i++) {
        const struct stripe *s = &l->stripes[i];
        if (!png_filters_are_known(at, s->row, s->n))
            return false;
        at += s->row * s->n;
    }
    return true;
}

bool png_pixels_are_sound(str png)
{
    struct png_header h;
    struct buf stream = { 0 };

    if (!png_header_read(png, &h))
        return false;
    struct layout l = lay_out(&h);
    if (l.size > UNPACKED_MAX)
        return true;
    uint8_t *rows = zstream_unpack(png_stream(png, &stream), (size_t)l.size);
    bool ok = rows && filters_are_known(&l, rows);
    free(rows);
    buf_done(&stream);
    return ok;
}
