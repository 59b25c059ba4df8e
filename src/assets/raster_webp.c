/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>

#include "assets/decoders.h"
#include "assets/webp_chunks.h"
#include "base/arena.h"

struct reading {
    WebPDecoderConfig config;
    uint8_t *samples;
    uint32_t y;
};

static bool read_row(struct rows *r, uint8_t *to)
{
    struct reading *w = r->state;

    memcpy(to, w->samples + rows_size(r) * w->y++, rows_size(r));
    return true;
}

static uint8_t *take_rows(struct rows *r)
{
    struct reading *w = r->state;
    uint8_t *all = w->samples;

    w->samples = NULL;
    return all;
}

static void done(struct reading *w)
{
    free(w->samples);
    free(w);
}

static void close_rows(struct rows *r)
{
    done(r->state);
}

/* libwebp's own scaling takes the mean of what a pixel covers, like ours. */
static void choose_scale(struct reading *w, const struct rows_wish *wish,
                         struct rows *r)
{
    WebPDecoderOptions *o = &w->config.options;

    if (!wish->width || !wish->height || wish->width >= r->width ||
        wish->height >= r->height)
        return;
    r->width = wish->width;
    r->height = wish->height;
    o->use_scaling = 1;
    o->scaled_width = (int)r->width;
    o->scaled_height = (int)r->height;
}

static const char *decode(struct reading *w, str bytes,
                          const struct rows_wish *wish, struct rows *r)
{
    const uint8_t *p = (const uint8_t *)bytes.p;
    WebPBitstreamFeatures *f = &w->config.input;
    WebPDecBuffer *to = &w->config.output;

    if (!WebPInitDecoderConfig(&w->config) ||
        WebPGetFeatures(p, bytes.n, f) != VP8_STATUS_OK || f->width <= 0 ||
        f->height <= 0 || f->has_animation)
        return "damaged WebP";
    r->width = (uint32_t)f->width;
    r->height = (uint32_t)f->height;
    r->channels = f->has_alpha ? CHANNELS_RGBA : CHANNELS_RGB;
    if (!rows_fit(r->width, r->height, ROWS_WHOLE_MAX))
        return "WebP too large";
    choose_scale(w, wish, r);
    w->samples = malloc((rows_size(r) + 1) * r->height);
    if (!w->samples)
        die("out of memory");
    to->colorspace = f->has_alpha ? MODE_RGBA : MODE_RGB;
    to->is_external_memory = 1;
    to->u.RGBA = (WebPRGBABuffer){ .rgba = w->samples,
                                   .stride = (int)rows_size(r),
                                   .size = rows_size(r) * r->height };
    return WebPDecode(p, bytes.n, &w->config) == VP8_STATUS_OK ? NULL
                                                               : "damaged WebP";
}

const char *raster_webp(str bytes, const struct rows_wish *wish,
                        struct rows *out)
{
    static const struct rows_kind kind = { read_row, close_rows, take_rows };
    struct reading *w = calloc(1, sizeof *w);

    if (!w)
        die("out of memory");
    const char *wrong = decode(w, webp_first_frame(bytes), wish, out);
    if (wrong) {
        done(w);
        *out = (struct rows){ 0 };
        return wrong;
    }
    out->kind = &kind;
    out->state = w;
    return NULL;
}

str webp_library_version(struct arena *a)
{
    int v = WebPGetDecoderVersion();

    return arena_printf(a, "%d.%d.%d", v >> 16, v >> 8 & 0xFF, v & 0xFF);
}
