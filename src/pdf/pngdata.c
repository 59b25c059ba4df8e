/* SPDX-License-Identifier: MIT */
#include "pdf/pngdata.h"

#include <stdlib.h>
#include <string.h>

#include "assets/png_chunks.h"
#include "assets/png_filter.h"
#include "assets/zstream.h"

#define UNPACKED_MAX (64u << 20)
/* Data that get shorter by less than this part of them stay as they are: what
 * was packed again is one more copy of the picture to keep. */
#define GAIN 64

/* False: there is transparency. */
static bool find_palette(str png, struct png_data *out)
{
    struct png_chunk c;

    for (size_t at = PNG_HEAD; png_next(png, &at, &c);) {
        if (str_eq(c.type, S("tRNS")))
            return false;
        if (str_eq(c.type, S("PLTE")))
            out->palette = c.data;
    }
    return true;
}

/* Viewers show little of a stream that is damaged: it is looked at here. */
static bool check(struct png_data *d, struct flate *flate, struct arena *a)
{
    uint64_t row = ((uint64_t)d->width * d->channels * d->bits + 7) / 8 + 1;

    if (!d->width || row > UNPACKED_MAX || row * d->height > UNPACKED_MAX)
        return false;
    str unpacked = { 0, (size_t)row * d->height };
    uint8_t *rows = zstream_unpack(d->bytes, unpacked.n);
    bool ok = rows != NULL;

    for (uint32_t y = 0; ok && y < d->height; y++)
        ok = rows[row * y] < PNG_FILTERS;
    unpacked.p = (const char *)rows;
    if (ok && d->bytes.n > unpacked.n / 2) {
        str packed = flate_pack(flate, unpacked, a);
        if (packed.n < d->bytes.n - d->bytes.n / GAIN)
            d->bytes = packed;
    }
    free(rows);
    return ok;
}

bool png_data_read(str png, struct flate *flate, struct arena *a,
                   struct png_data *out)
{
    struct png_header h;

    *out = (struct png_data){ 0 };
    if (!png_header_read(png, &h) || h.color == 1 || h.color > 3 ||
        h.bits == 0 || h.bits > 8 || h.interlace || !find_palette(png, out))
        return false;
    out->width = h.width;
    out->height = h.height;
    out->bits = h.bits;
    out->channels = h.color == 2 ? 3 : 1;
    out->bytes = png_stream_in(png, a);
    if (h.color != 3)
        out->palette = (str){ 0 };
    else if (out->palette.n < 3 || out->palette.n > 768)
        return false;
    return check(out, flate, a);
}
