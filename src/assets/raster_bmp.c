/* SPDX-License-Identifier: MIT */
/* Windows bitmaps, of all that programs wrote: OS/2's first header and those
 * of Windows from version 3 on ([MS-WMF], 2.2.2), with palettes, bit fields
 * and run lengths. */
#include <stdlib.h>

#include "assets/bmp.h"
#include "assets/decoders.h"
#include "assets/palette.h"
#include "base/arena.h"

struct reading {
    struct bmp bmp;
    struct palette palette;
    uint8_t *indexes; /* of a run-length encoded one, from the top; owned */
    uint8_t *row;     /* numbers of colours */
    uint32_t y;
};

/* Where the row Y, from the top, is stored. */
static str stored_row(const struct bmp *b, uint32_t y)
{
    size_t size = bmp_row_size(b);
    uint32_t i = b->top_down ? y : b->height - 1 - y;

    return str_sub(b->pixels, size * i, size);
}

static void unpack_indexes(str from, unsigned bits, uint32_t width, uint8_t *to)
{
    unsigned each = 8 / bits, mask = (1u << bits) - 1;

    for (uint32_t x = 0; x < width; x++) {
        unsigned byte = (unsigned char)from.p[x / each];
        to[x] = (uint8_t)(byte >> (8 - bits * (x % each + 1)) & mask);
    }
}

/* VALUE's bits under MASK as 8 bits. */
static uint8_t field(uint32_t value, uint32_t mask)
{
    if (!mask)
        return 255;
    uint32_t low = mask & (~mask + 1);
    return (uint8_t)((uint64_t)(value & mask) / low * 255 / (mask / low));
}

static void unpack_fields(const struct bmp *b, str from, unsigned channels,
                          uint8_t *to)
{
    size_t bytes = b->bits / 8;

    for (uint32_t x = 0; x < b->width; x++, to += channels) {
        uint32_t v = 0;
        for (size_t i = bytes; i-- > 0;)
            v = v << 8 | (unsigned char)from.p[x * bytes + i];
        for (unsigned c = 0; c < channels; c++)
            to[c] = field(v, b->masks[c]);
    }
}

static bool read_row(struct rows *r, uint8_t *to)
{
    struct reading *g = r->state;
    const struct bmp *b = &g->bmp;
    uint32_t y = g->y++;

    if (g->indexes) {
        palette_row(&g->palette, g->indexes + (size_t)y * r->width, r->width,
                    r->channels, to);
        return true;
    }
    str from = stored_row(b, y);
    if (from.n < bmp_row_size(b))
        return false;
    if (b->bits > 8) {
        unpack_fields(b, from, r->channels, to);
    } else {
        unpack_indexes(from, b->bits, r->width, g->row);
        palette_row(&g->palette, g->row, r->width, r->channels, to);
    }
    return true;
}

static void done(struct reading *g)
{
    free(g->indexes);
    free(g->row);
    free(g);
}

static void close_rows(struct rows *r)
{
    done(r->state);
}

static void *get(size_t n)
{
    void *p = calloc(n ? n : 1, 1);

    if (!p)
        die("out of memory");
    return p;
}

static void read_palette(struct reading *g)
{
    const struct bmp *b = &g->bmp;
    size_t each = b->color_size;

    for (size_t i = 0; i < 256; i++) {
        uint8_t *c = g->palette.rgba[i];
        c[3] = 255;
        for (size_t k = 0; k < 3 && (i + 1) * each <= b->colors.n; k++)
            c[2 - k] = (uint8_t)b->colors.p[i * each + k];
    }
}

static const char *open_rows(struct reading *g, str bytes, struct rows *r)
{
    struct bmp *b = &g->bmp;
    const char *wrong = bmp_read(bytes, b);

    if (wrong)
        return wrong;
    bool runs = b->run_bits != 0;
    if (!rows_fit(b->width, b->height, runs ? ROWS_WHOLE_MAX : ROWS_PIXELS_MAX))
        return "BMP too large";
    r->width = b->width;
    r->height = b->height;
    r->channels = b->masks[3] ? CHANNELS_RGBA : CHANNELS_RGB;
    if (b->bits <= 8) {
        read_palette(g);
        r->channels = palette_channels(&g->palette, false);
        g->row = get(b->width);
    }
    if (!runs)
        return NULL;
    g->indexes = get((size_t)b->width * b->height);
    return bmp_read_runs(b, g->indexes) ? NULL : "damaged BMP";
}

const char *raster_bmp(str bytes, const struct rows_wish *wish,
                       struct rows *out)
{
    static const struct rows_kind kind = { read_row, close_rows };
    struct reading *g = get(sizeof *g);
    const char *wrong = open_rows(g, bytes, out);

    if (wrong) {
        done(g);
        *out = (struct rows){ 0 };
        return wrong;
    }
    out->kind = &kind;
    out->state = g;
    return NULL;
}
