/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "assets/cover_draw.h"
#include "assets/cover_parts.h"
#include "assets/fit.h"
#include "assets/image.h"
#include "assets/jpeg_write.h"

#define QUALITY 90

/* Rows on white paper. */
struct paper {
    struct rows from;
    uint8_t *row;
};

static void put_on_white(const uint8_t *from, unsigned colors, uint8_t *to)
{
    unsigned alpha = from[colors];

    for (unsigned i = 0; i < 3; i++) {
        unsigned c = from[colors == 3 ? i : 0];
        to[i] = (uint8_t)((c * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}

static bool read_row(struct rows *r, uint8_t *to)
{
    struct paper *p = r->state;
    unsigned channels = p->from.channels;

    if (!rows_read(&p->from, p->row))
        return false;
    for (uint32_t x = 0; x < r->width; x++)
        put_on_white(p->row + (size_t)x * channels, channels - 1,
                     to + (size_t)x * 3);
    return true;
}

static void close_rows(struct rows *r)
{
    struct paper *p = r->state;

    rows_close(&p->from);
    free(p->row);
    free(p);
}

static void lay_on_white(struct rows *r)
{
    static const struct rows_kind kind = { read_row, close_rows };
    struct paper *p = calloc(1, sizeof *p);
    uint8_t *row = malloc(rows_size(r));

    if (!p || !row)
        die("out of memory");
    *p = (struct paper){ *r, row };
    r->channels = CHANNELS_RGB;
    r->kind = &kind;
    r->state = p;
}

/* Shops and shelves show JPEGs everywhere. */
static const char *make_jpeg(const struct fit *f, unsigned quality,
                             struct arena *a, str *jpeg)
{
    struct rows rows;
    const char *why = rows_open(f->type, f->bytes, &(struct rows_wish){ 0 },
                                &rows);

    if (why)
        return why;
    if (rows_have_alpha(&rows))
        lay_on_white(&rows);
    bool ok = jpeg_write(&rows, quality, a, jpeg);
    rows_close(&rows);
    return ok ? NULL : "damaged picture";
}

const char *cover_from_picture(str bytes, const struct cover_request *request,
                               struct arena *a, str *jpeg)
{
    unsigned quality = request->settings->image_quality;
    struct image im = { .bytes = bytes };
    struct fit_limits limits = { COVER_WIDTH, COVER_HEIGHT,
                                 quality ? quality : QUALITY, true };
    struct fit f;
    const char *why;

    if (!image_identify(bytes, &im.type, &im.width, &im.height, &why))
        return why;
    fit_picture(&im, &limits, a, &f);
    if (f.wrong)
        return f.wrong;
    *jpeg = f.bytes;
    return f.type == IMAGE_JPEG ? NULL : make_jpeg(&f, limits.quality, a, jpeg);
}
