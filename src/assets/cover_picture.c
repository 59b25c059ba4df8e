/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "assets/cover_draw.h"
#include "assets/cover_parts.h"
#include "assets/image.h"
#include "assets/jpeg_header.h"
#include "assets/jpeg_read.h"
#include "assets/jpeg_write.h"
#include "base/arena.h"

#define QUALITY 90

/* What shops take: sides up to this, and the pixels of a drawn cover. */
#define SIDE_MAX   7200
#define PIXELS_MAX ((uint64_t)COVER_WIDTH * COVER_HEIGHT)

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

/* As many pixels as COVER_WIDTH x COVER_HEIGHT holds. */
static struct rows_wish wish_for(uint32_t width, uint32_t height)
{
    struct rows_wish w = { width, height };

    if (width > COVER_WIDTH) {
        w.width = COVER_WIDTH;
        w.height = (uint32_t)((uint64_t)height * COVER_WIDTH / width);
    }
    if (w.height > COVER_HEIGHT) {
        w.width = (uint32_t)((uint64_t)w.width * COVER_HEIGHT / w.height);
        w.height = COVER_HEIGHT;
    }
    w.width += !w.width;
    w.height += !w.height;
    return w;
}

static bool is_good(str bytes)
{
    struct jpeg_header h;

    return !jpeg_header_read(bytes, &h) && h.precision == 8 && h.process <= 2 &&
           (h.components == 1 || h.components == 3) && h.orientation == 1 &&
           h.width <= SIDE_MAX && h.height <= SIDE_MAX &&
           (uint64_t)h.width * h.height <= PIXELS_MAX &&
           str_find(bytes, S("Exif")) == STR_NONE && jpeg_is_sound(bytes);
}

const char *cover_from_picture(str bytes, const struct cover_request *request,
                               struct arena *a, str *jpeg)
{
    unsigned quality = request->settings->image_quality;
    enum image_type type;
    uint32_t width, height;
    struct rows rows;
    const char *why;

    if (!image_identify(bytes, &type, &width, &height, &why))
        return why;
    if (type == IMAGE_JPEG && is_good(bytes)) {
        *jpeg = bytes;
        return NULL;
    }
    struct rows_wish wish = wish_for(width, height);
    why = rows_open(type, bytes, &wish, &rows);
    if (why)
        return why;
    if (rows.width > wish.width || rows.height > wish.height)
        rows_reduce(&rows, wish.width, wish.height);
    if (rows_have_alpha(&rows))
        lay_on_white(&rows);
    bool ok = jpeg_write(&rows, quality ? quality : QUALITY, a, jpeg);
    rows_close(&rows);
    return ok ? NULL : "damaged picture";
}
