/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "assets/decoders.h"
#include "assets/svg_clean.h"
#include "assets/svg_library.h"
#include "base/arena.h"

static uint8_t unmultiply(uint32_t value, uint32_t alpha)
{
    uint32_t v = (value * 255 + alpha / 2) / alpha;

    return v > 255 ? 255 : (uint8_t)v;
}

struct drawing {
    struct svg_library lib;
    cairo_surface_t *surface;
    uint32_t y;
};

/* CAIRO_FORMAT_ARGB32: native words, multiplied by alpha. */
static bool read_row(struct rows *r, uint8_t *to)
{
    struct drawing *d = r->state;
    const unsigned char *data = d->lib.cairo_image_surface_get_data_(
        d->surface);
    int stride = d->lib.cairo_image_surface_get_stride_(d->surface);
    const uint32_t *from = (const void *)(data + (size_t)stride * d->y++);

    memset(to, 0, rows_size(r));
    for (uint32_t x = 0; x < r->width; x++, to += 4) {
        uint32_t v = from[x], alpha = v >> 24;
        if (!alpha)
            continue;
        to[0] = unmultiply(v >> 16 & 0xFF, alpha);
        to[1] = unmultiply(v >> 8 & 0xFF, alpha);
        to[2] = unmultiply(v & 0xFF, alpha);
        to[3] = (uint8_t)alpha;
    }
    return true;
}

static void done(struct drawing *d)
{
    if (d->surface)
        d->lib.cairo_surface_destroy_(d->surface);
    free(d);
}

static void close_rows(struct rows *r)
{
    done(r->state);
}

static bool draw(struct drawing *d, RsvgHandle *svg, const struct rows *r)
{
    const struct svg_library *lib = &d->lib;
    const RsvgRectangle all = { 0, 0, r->width, r->height };

    d->surface = lib->cairo_image_surface_create_(
        CAIRO_FORMAT_ARGB32, (int)r->width, (int)r->height);
    if (lib->cairo_surface_status_(d->surface) != CAIRO_STATUS_SUCCESS)
        return false;
    cairo_t *cr = lib->cairo_create_(d->surface);
    bool ok = lib->rsvg_handle_render_document_(svg, cr, &all, NULL) &&
              lib->cairo_status_(cr) == CAIRO_STATUS_SUCCESS;
    lib->cairo_destroy_(cr);
    lib->cairo_surface_flush_(d->surface);
    return ok;
}

/* The same drawing as in an EPUB. */
static RsvgHandle *read_clean(const struct drawing *d, str bytes)
{
    struct buf clean = { 0 };
    struct svg_size size;
    RsvgHandle *svg = NULL;

    /* Without a base address nothing outside of it is ever read. */
    if (!svg_clean(bytes, &clean, &size))
        svg = d->lib.rsvg_handle_new_from_data_((const guint8 *)clean.p,
                                                clean.n, NULL);
    buf_done(&clean);
    return svg;
}

static const char *open_rows(struct drawing *d, str bytes,
                             const struct rows_wish *wish, struct rows *r)
{
    if (!svg_library_load(&d->lib))
        return "SVG, for which librsvg is missing";
    if (!rows_fit(wish->width, wish->height, ROWS_WHOLE_MAX))
        return "SVG too large";
    *r = (struct rows){ .width = wish->width,
                        .height = wish->height,
                        .channels = CHANNELS_RGBA };
    RsvgHandle *svg = read_clean(d, bytes);
    if (!svg)
        return "SVG that can't be read";
    bool ok = draw(d, svg, r);
    d->lib.g_object_unref_(svg);
    return ok ? NULL : "SVG that can't be drawn";
}

const char *raster_svg(str bytes, const struct rows_wish *wish,
                       struct rows *out)
{
    static const struct rows_kind kind = { read_row, close_rows };
    struct drawing *d = calloc(1, sizeof *d);

    if (!d)
        die("out of memory");
    const char *wrong = open_rows(d, bytes, wish, out);
    if (wrong) {
        done(d);
        *out = (struct rows){ 0 };
        return wrong;
    }
    out->kind = &kind;
    out->state = d;
    return NULL;
}
