/* SPDX-License-Identifier: MIT */
#include "assets/raster.h"

#include <stdlib.h>

#include "base/arena.h"

bool raster_init(struct raster *r, uint32_t width, uint32_t height)
{
    *r = (struct raster){ 0 };
    if (!width || !height || (uint64_t)width * height > RASTER_PIXELS_MAX)
        return false;
    r->rgba = calloc((size_t)width * height, 4);
    if (!r->rgba)
        die("out of memory");
    r->width = width;
    r->height = height;
    return true;
}

void raster_done(struct raster *r)
{
    free(r->rgba);
    *r = (struct raster){ 0 };
}

struct box {
    uint32_t left, top, right, bottom;
};

/* Colours count as much as they are opaque. */
static void mean_of(const struct raster *r, const struct box *b, uint8_t to[4])
{
    uint64_t sum[3] = { 0 }, alpha = 0, n = 0;

    for (uint32_t y = b->top; y < b->bottom; y++) {
        const uint8_t *p = r->rgba + ((size_t)y * r->width + b->left) * 4;
        for (uint32_t x = b->left; x < b->right; x++, p += 4, n++) {
            for (int i = 0; i < 3; i++)
                sum[i] += (uint64_t)p[i] * p[3];
            alpha += p[3];
        }
    }
    for (int i = 0; i < 3; i++)
        to[i] = alpha ? (uint8_t)((sum[i] + alpha / 2) / alpha) : 255;
    to[3] = (uint8_t)((alpha + n / 2) / n);
}

/* Where the I-th of N parts of SIZE begins. */
static uint32_t edge(uint32_t i, uint32_t n, uint32_t size)
{
    return (uint32_t)((uint64_t)i * size / n);
}

void raster_reduce(struct raster *r, uint32_t width, uint32_t height)
{
    struct raster small;

    width = width > r->width ? r->width : width;
    height = height > r->height ? r->height : height;
    if (!raster_init(&small, width, height))
        return;
    uint8_t *to = small.rgba;
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++, to += 4) {
            struct box b = {
                edge(x, width, r->width),
                edge(y, height, r->height),
                edge(x + 1, width, r->width),
                edge(y + 1, height, r->height),
            };
            mean_of(r, &b, to);
        }
    raster_done(r);
    *r = small;
}
