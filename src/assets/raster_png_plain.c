/* SPDX-License-Identifier: MIT */
/* The common kinds of PNG, unpacked at once by libdeflate: that and our
 * filters take a third of libpng's time, which gets all others. */
#include <stdlib.h>
#include <string.h>

#include "assets/decoders.h"
#include "assets/png_chunks.h"
#include "assets/png_filter.h"
#include "assets/png_unfilter.h"
#include "assets/zstream.h"
#include "base/arena.h"

/* Of larger ones libpng needs no more than a row. */
#define UNPACKED_MAX (24u << 20)

struct plain {
    uint8_t *rows;  /* each behind the number of its filter */
    uint8_t *zeros; /* what is above the first */
    uint32_t y;     /* next row to be read */
};

/* The next row, in P's memory; NULL: damaged. */
static uint8_t *next_row(struct rows *r)
{
    struct plain *p = r->state;
    size_t n = rows_size(r);
    uint8_t *row = p->rows + (n + 1) * p->y;

    if (*row >= PNG_FILTERS)
        return NULL;
    png_unfilter(*row, row + 1, p->y ? row - n : p->zeros, n, r->channels);
    p->y++;
    return row + 1;
}

static bool read_row(struct rows *r, uint8_t *to)
{
    const uint8_t *row = next_row(r);

    if (row)
        memcpy(to, row, rows_size(r));
    return row != NULL;
}

static void close_rows(struct rows *r)
{
    struct plain *p = r->state;

    free(p->rows);
    free(p->zeros);
    free(p);
}

static uint8_t *take_rows(struct rows *r)
{
    struct plain *p = r->state;
    uint8_t *all = p->rows;
    size_t n = rows_size(r);

    for (uint32_t y = 0; y < r->height; y++)
        if (!next_row(r))
            return NULL;
    for (uint32_t y = 0; y < r->height; y++)
        memmove(all + n * y, all + (n + 1) * y + 1, n);
    p->rows = NULL;
    return all;
}

static bool is_plain(str png, const struct png_header *h)
{
    return h->bits == 8 && h->color != 3 && !h->interlace &&
           png_is_sound(png) && png_is_for_screens(png) &&
           !png_has(png, S("tRNS"));
}

bool raster_png_plain(str png, struct rows *out)
{
    static const struct rows_kind kind = { read_row, close_rows, take_rows };
    struct png_header h;
    struct buf stream = { 0 };
    struct plain p = { 0 };

    if (!png_header_read(png, &h) || !is_plain(png, &h))
        return false;
    struct rows r = { h.width, h.height, png_channels(&h), &kind };
    uint64_t row = (uint64_t)h.width * r.channels + 1;
    if (!rows_fit(h.width, h.height, ROWS_PIXELS_MAX) ||
        row * h.height > UNPACKED_MAX)
        return false;
    p.rows = zstream_unpack(png_stream(png, &stream), (size_t)row * h.height);
    buf_done(&stream);
    if (!p.rows)
        return false;
    p.zeros = calloc(1, (size_t)row);
    r.state = malloc(sizeof p);
    if (!p.zeros || !r.state)
        die("out of memory");
    memcpy(r.state, &p, sizeof p);
    *out = r;
    return true;
}
