/* SPDX-License-Identifier: MIT */
#include "assets/raster.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void raster_init(struct raster *r, uint32_t width, uint32_t height,
                 unsigned channels)
{
    *r = (struct raster){ width, height, channels, NULL };
    r->samples = calloc((size_t)width * channels + 1, height);
    if (!r->samples)
        die("out of memory");
}

void raster_done(struct raster *r)
{
    free(r->samples);
    *r = (struct raster){ 0 };
}

static bool is_opaque(const uint8_t *row, uint32_t width, unsigned channels)
{
    uint8_t all = 255;

    for (size_t i = channels - 1; i < (size_t)width * channels; i += channels)
        all &= row[i];
    return all == 255;
}

static bool is_grey(const uint8_t *row, uint32_t width, unsigned channels)
{
    for (uint32_t x = 0; x < width; x++, row += channels)
        if (row[0] != row[1] || row[1] != row[2])
            return false;
    return true;
}

/* Keeps of each pixel some channels only. */
static void keep(struct raster *r, unsigned channels, bool with_alpha)
{
    size_t n = (size_t)r->width * r->height;
    unsigned colors = channels - with_alpha, old = r->channels;
    uint8_t *to = r->samples;

    for (const uint8_t *from = to, *end = from + n * old; from < end;
         from += old) {
        for (unsigned c = 0; c < colors; c++)
            *to++ = from[c];
        if (with_alpha)
            *to++ = from[old - 1];
    }
    r->channels = channels;
}

bool raster_read_plain(struct rows *from, struct raster *out)
{
    size_t size = rows_size(from);

    *out = (struct raster){ from->width, from->height, from->channels,
                            rows_take(from) };
    if (out->samples)
        return true;
    out->samples = malloc((size + 1) * from->height);
    if (!out->samples)
        die("out of memory");
    for (uint32_t y = 0; y < from->height; y++)
        if (!rows_read(from, out->samples + size * y)) {
            raster_done(out);
            return false;
        }
    return true;
}

static bool read_needed(struct rows *from, bool grey, struct raster *out)
{
    bool opaque = rows_have_alpha(from);
    size_t size = rows_size(from);

    if (!raster_read_plain(from, out))
        return false;
    for (uint32_t y = 0; (opaque || grey) && y < from->height; y++) {
        const uint8_t *row = out->samples + size * y;
        opaque = opaque && is_opaque(row, from->width, from->channels);
        grey = grey && is_grey(row, from->width, from->channels);
    }
    bool alpha = rows_have_alpha(from) && !opaque;
    unsigned colors = grey || from->channels < CHANNELS_RGB ? 1 : 3;
    if (colors + alpha != from->channels)
        keep(out, colors + alpha, alpha);
    return true;
}

bool raster_read(struct rows *from, struct raster *out)
{
    return read_needed(from, from->channels >= CHANNELS_RGB, out);
}

bool raster_read_colors(struct rows *from, struct raster *out)
{
    return read_needed(from, false, out);
}

void raster_split(struct raster *r, struct raster *colors)
{
    size_t n = (size_t)r->width * r->height;
    unsigned c = r->channels - 1;

    raster_init(colors, r->width, r->height, c);
    for (size_t i = 0; i < n; i++) {
        memcpy(colors->samples + i * c, r->samples + i * r->channels, c);
        r->samples[i] = r->samples[i * r->channels + c];
    }
    r->channels = CHANNELS_GREY;
}

struct reading {
    const struct raster *raster;
    uint32_t y;
};

static bool read_row(struct rows *r, uint8_t *to)
{
    struct reading *g = r->state;

    memcpy(to, g->raster->samples + rows_size(r) * g->y++, rows_size(r));
    return true;
}

static void close_rows(struct rows *r)
{
    free(r->state);
}

void raster_rows(const struct raster *r, struct rows *out)
{
    static const struct rows_kind kind = { read_row, close_rows };
    struct reading *g = calloc(1, sizeof *g);

    if (!g)
        die("out of memory");
    g->raster = r;
    *out = (struct rows){ r->width, r->height, r->channels, &kind, g };
}
