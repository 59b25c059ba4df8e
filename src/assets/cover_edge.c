/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "assets/cover.h"
#include "assets/cover_areas.h"
#include "assets/rows.h"

#define WHITE 0xFFFFFFu

/* Every eighth pixel is enough, which libjpeg delivers for little. */
#define PARTS 8

struct sums {
    uint64_t color[3], n;
};

static void add_pixel(struct sums *s, const uint8_t *p, unsigned channels)
{
    for (unsigned i = 0; i < 3; i++)
        s->color[i] += p[channels == CHANNELS_RGB ? i : 0];
    s->n++;
}

static uint32_t mean_of(const struct sums *s)
{
    uint32_t color = 0;

    for (unsigned i = 0; i < 3; i++)
        color = color << 8 | (uint32_t)((s->color[i] + s->n / 2) / s->n);
    return color;
}

static uint32_t mean_edge(const struct image *cover)
{
    struct rows_wish wish = { cover->width / PARTS, cover->height / PARTS };
    struct sums sums = { 0 };
    struct rows r;

    if (rows_open(cover->type, cover->bytes, &wish, &r))
        return WHITE;
    uint8_t *row = malloc(rows_size(&r));
    if (!row)
        die("out of memory");
    for (uint32_t y = 0; y < r.height && rows_read(&r, row); y++) {
        add_pixel(&sums, row, r.channels);
        add_pixel(&sums, row + rows_size(&r) - r.channels, r.channels);
    }
    free(row);
    rows_close(&r);
    return sums.n ? mean_of(&sums) : WHITE;
}

uint32_t cover_edge(const struct image *cover)
{
    return cover->areas ? cover->areas->v.v[0].color : mean_edge(cover);
}
