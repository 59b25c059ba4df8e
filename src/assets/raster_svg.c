/* SPDX-License-Identifier: MIT */
#include <librsvg/rsvg.h>

#include "assets/raster.h"

static uint8_t unmultiply(uint32_t value, uint32_t alpha)
{
    uint32_t v = (value * 255 + alpha / 2) / alpha;

    return v > 255 ? 255 : (uint8_t)v;
}

/* CAIRO_FORMAT_ARGB32: native words, multiplied by alpha. */
static void copy_pixels(cairo_surface_t *surface, struct raster *out)
{
    const unsigned char *data = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    uint8_t *to = out->rgba;

    for (uint32_t y = 0; y < out->height; y++) {
        const uint32_t *from = (const void *)(data + y * stride);
        for (uint32_t x = 0; x < out->width; x++, to += 4) {
            uint32_t v = from[x], alpha = v >> 24;
            if (!alpha)
                continue;
            to[0] = unmultiply(v >> 16 & 0xFF, alpha);
            to[1] = unmultiply(v >> 8 & 0xFF, alpha);
            to[2] = unmultiply(v & 0xFF, alpha);
            to[3] = (uint8_t)alpha;
        }
    }
}

static bool draw(RsvgHandle *svg, cairo_surface_t *surface,
                 const struct raster *out)
{
    cairo_t *cr = cairo_create(surface);
    const RsvgRectangle all = { 0, 0, out->width, out->height };

    bool ok = rsvg_handle_render_document(svg, cr, &all, NULL) &&
              cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return ok;
}

static const char *render(RsvgHandle *svg, struct raster *out)
{
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, (int)out->width, (int)out->height);
    bool ok = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS &&
              draw(svg, surface, out);

    if (ok)
        copy_pixels(surface, out);
    cairo_surface_destroy(surface);
    return ok ? NULL : "SVG that can't be drawn";
}

const char *raster_svg(str bytes, uint32_t width, uint32_t height,
                       struct raster *out)
{
    /* Without a base address nothing outside of BYTES is ever read. */
    RsvgHandle *svg = rsvg_handle_new_from_data((const guint8 *)bytes.p,
                                                bytes.n, NULL);
    const char *wrong = "SVG that can't be read";

    *out = (struct raster){ 0 };
    if (!svg)
        return wrong;
    if (!raster_init(out, width, height))
        wrong = "SVG too large to print";
    else
        wrong = render(svg, out);
    g_object_unref(svg);
    if (wrong)
        raster_done(out);
    return wrong;
}
