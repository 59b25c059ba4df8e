/* SPDX-License-Identifier: MIT */
/* An area filter in integers: a pixel counts in the mean as much of it as is
 * covered. Weights are parts of 2^8 down, so that sums of 8-bit samples stay
 * below 2^16 and processors add eight of them at once, and of 2^15 across; they
 * add up to that exactly. */
#include <stdlib.h>
#include <string.h>

#include "assets/rows.h"
#include "base/arena.h"

#define DOWN   (1u << 8)
#define ACROSS (1u << 15)
#define SHIFT  (8 + 15)

/* What part of the source one pixel of the result covers. */
struct cover {
    uint32_t first, n; /* pixels of the source */
    uint32_t at;       /* of their weights */
};

struct reduction {
    struct rows from;
    struct cover *across;
    uint16_t *weights, *down; /* down: of one row of the result */
    uint16_t *sums;
    uint8_t *row;
    uint32_t y, have; /* next row of the result; rows read */
};

static void *get(size_t n, size_t size)
{
    void *p = calloc(n, size);

    if (!p)
        die("out of memory");
    return p;
}

/* The weights of the pixels that the I-th of N parts of SIZE covers. */
static struct cover cover_of(uint32_t i, uint32_t n, uint32_t size,
                             uint32_t one, uint16_t *weights)
{
    uint64_t from = (uint64_t)i * size, to = from + size;
    struct cover c = { .first = (uint32_t)(from / n) };
    uint64_t before = 0;

    for (uint64_t p = c.first; p * n < to; p++) {
        uint64_t end = (p + 1) * n < to ? (p + 1) * n : to;
        uint64_t sum = ((end - from) * one + size / 2) / size;
        weights[c.n++] = (uint16_t)(sum - before);
        before = sum;
    }
    return c;
}

static void plan_across(struct reduction *d, uint32_t width)
{
    uint32_t at = 0;

    d->across = get(width, sizeof *d->across);
    d->weights = get((size_t)d->from.width + 2 * (size_t)width,
                     sizeof *d->weights);
    for (uint32_t x = 0; x < width; x++) {
        d->across[x] = cover_of(x, width, d->from.width, ACROSS,
                                d->weights + at);
        d->across[x].at = at;
        at += d->across[x].n;
    }
}

static void multiply_grey(uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++, p += 2)
        p[0] = (uint8_t)((p[0] * p[1] + 127) / 255);
}

static void multiply_rgb(uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++, p += 4) {
        unsigned a = p[3];
        if (a == 255)
            continue;
        for (int c = 0; c < 3; c++)
            p[c] = (uint8_t)((p[c] * a + 127) / 255);
    }
}

/* Colours count as much as they are opaque. */
static void multiply(uint8_t *p, size_t n, unsigned channels)
{
    if (channels == CHANNELS_GREY_ALPHA)
        multiply_grey(p, n);
    else if (channels == CHANNELS_RGBA)
        multiply_rgb(p, n);
}

static void divide(uint8_t *p, size_t n, unsigned channels)
{
    unsigned last = channels - 1;

    for (size_t i = 0; i < n; i++, p += channels) {
        unsigned a = p[last];
        if (a == 255)
            continue;
        for (unsigned c = 0; c < last; c++) {
            unsigned v = a ? (p[c] * 255 + a / 2) / a : 255;
            p[c] = v > 255 ? 255 : (uint8_t)v;
        }
    }
}

static void add_row(uint16_t *restrict sums, const uint8_t *restrict row,
                    size_t n, uint16_t weight)
{
    for (size_t i = 0; i < n; i++)
        sums[i] = (uint16_t)(sums[i] + row[i] * weight);
}

/* One row of the result, before it is reduced across. */
static bool add_down(struct reduction *d, const struct cover *c)
{
    size_t n = rows_size(&d->from);

    memset(d->sums, 0, n * sizeof *d->sums);
    for (uint32_t i = 0; i < c->n; i++) {
        /* The first may be the last of the row above. */
        if (c->first + i >= d->have) {
            if (!rows_read(&d->from, d->row))
                return false;
            multiply(d->row, d->from.width, d->from.channels);
            d->have++;
        }
        add_row(d->sums, d->row, n, d->down[i]);
    }
    return true;
}

static inline void add_across(const struct reduction *d, uint32_t width,
                              unsigned channels, uint8_t *to)
{
    for (uint32_t x = 0; x < width; x++, to += channels) {
        const struct cover *c = &d->across[x];
        const uint16_t *from = d->sums + (size_t)c->first * channels;
        const uint16_t *weight = d->weights + c->at;
        uint32_t sum[4] = { 1u << (SHIFT - 1), 1u << (SHIFT - 1),
                            1u << (SHIFT - 1), 1u << (SHIFT - 1) };
        for (uint32_t i = 0; i < c->n; i++, from += channels)
            for (unsigned k = 0; k < channels; k++)
                sum[k] += (uint32_t)from[k] * weight[i];
        for (unsigned k = 0; k < channels; k++)
            to[k] = (uint8_t)(sum[k] >> SHIFT);
    }
}

static bool read_reduced(struct rows *r, uint8_t *to)
{
    struct reduction *d = r->state;
    struct cover c = cover_of(d->y, r->height, d->from.height, DOWN, d->down);

    if (!add_down(d, &c))
        return false;
    d->y++;
    /* Constants make tight loops. */
    switch (r->channels) {
    case CHANNELS_GREY:
        add_across(d, r->width, 1, to);
        break;
    case CHANNELS_GREY_ALPHA:
        add_across(d, r->width, 2, to);
        break;
    case CHANNELS_RGB:
        add_across(d, r->width, 3, to);
        break;
    default:
        add_across(d, r->width, 4, to);
        break;
    }
    if (rows_have_alpha(r))
        divide(to, r->width, r->channels);
    return true;
}

static void close_reduced(struct rows *r)
{
    struct reduction *d = r->state;

    rows_close(&d->from);
    free(d->across);
    free(d->weights);
    free(d->down);
    free(d->sums);
    free(d->row);
    free(d);
}

void rows_reduce(struct rows *r, uint32_t width, uint32_t height)
{
    static const struct rows_kind kind = { read_reduced, close_reduced };

    width = !width || width > r->width ? r->width : width;
    height = !height || height > r->height ? r->height : height;
    if (width == r->width && height == r->height)
        return;
    struct reduction *d = get(1, sizeof *d);
    d->from = *r;
    d->sums = get(rows_size(r), sizeof *d->sums);
    d->row = get(rows_size(r), 1);
    d->down = get((size_t)r->height / height + 3, sizeof *d->down);
    plan_across(d, width);
    *r = (struct rows){ width, height, r->channels, &kind, d };
}
