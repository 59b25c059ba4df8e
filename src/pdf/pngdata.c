/* SPDX-License-Identifier: MIT */
#include "pdf/pngdata.h"

#include <stdlib.h>

#include "assets/png_chunks.h"
#include "assets/png_filter.h"
#include "assets/png_split.h"
#include "assets/zstream.h"

#define UNPACKED_MAX (64u << 20)
/* Data that get shorter by less than this part of them stay as they are: what
 * was packed again is one more copy of the picture to keep. */
#define GAIN 64
/* Colours that are packed without their alpha may take this part more than both
 * did, and this many bytes. */
#define MORE 4
#define ROOM 4096

/* False: there is transparency beside the pixels. */
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

static str pack(const struct png_rows *r, struct flate *flate, struct arena *a)
{
    return flate_pack(flate, (str){ (char *)r->bytes, png_rows_size(r) }, a);
}

/* False: by these filters the colours take more than what is there. */
static bool split(struct png_data *d, struct png_rows *r, bool keep_colors,
                  struct flate *flate, struct arena *a)
{
    struct png_rows alpha;

    if (png_split_alpha(r, &alpha))
        d->mask = pack(&alpha, flate, a);
    free(alpha.bytes);
    if (!keep_colors)
        png_drop_grey(r);
    d->channels = r->channels;
    str colors = pack(r, flate, a);
    bool ok = colors.n + d->mask.n <= d->bytes.n + d->bytes.n / MORE + ROOM;
    d->bytes = colors;
    return ok;
}

static void pack_better(struct png_data *d, str unpacked, struct flate *flate,
                        struct arena *a)
{
    if (d->bytes.n <= unpacked.n / 2)
        return;
    str packed = flate_pack(flate, unpacked, a);
    if (packed.n < d->bytes.n - d->bytes.n / GAIN)
        d->bytes = packed;
}

/* Viewers show little of a stream that is damaged: it is looked at here. */
static bool check(struct png_data *d, bool keep_colors, struct flate *flate,
                  struct arena *a)
{
    bool has_alpha = d->channels == CHANNELS_GREY_ALPHA ||
                     d->channels == CHANNELS_RGBA;
    uint64_t row = ((uint64_t)d->width * d->channels * d->bits + 7) / 8 + 1;

    if (!d->width || row > UNPACKED_MAX || row * d->height > UNPACKED_MAX)
        return false;
    size_t size = (size_t)row * d->height;
    struct png_rows r = { zstream_unpack(d->bytes, size), d->width, d->height,
                          d->channels };
    bool ok = r.bytes && png_filters_are_known(r.bytes, row, d->height);

    if (ok && has_alpha)
        ok = split(d, &r, keep_colors, flate, a);
    else if (ok)
        pack_better(d, (str){ (char *)r.bytes, size }, flate, a);
    free(r.bytes);
    return ok;
}

bool png_data_read(str png, bool keep_colors, struct flate *flate,
                   struct arena *a, struct png_data *out)
{
    struct png_header h;

    *out = (struct png_data){ 0 };
    if (!png_header_read(png, &h) || png_channels(&h) == 0 || h.bits == 0 ||
        h.bits > 8 || (h.color > 3 && h.bits != 8) || h.interlace ||
        !png_is_for_screens(png) || !find_palette(png, out))
        return false;
    out->width = h.width;
    out->height = h.height;
    out->bits = h.bits;
    out->channels = png_channels(&h);
    out->bytes = png_stream_in(png, a);
    if (h.color != 3)
        out->palette = (str){ 0 };
    else if (out->palette.n < 3 || out->palette.n > 768)
        return false;
    return check(out, keep_colors, flate, a);
}
