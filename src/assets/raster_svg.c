/* SPDX-License-Identifier: MIT */
#include <dlfcn.h>
#include <librsvg/rsvg.h>

#include "assets/raster.h"

/* librsvg brings some forty libraries, whose loading would take a tenth of the
 * time of a book that has no SVG to print; so it is loaded when one comes. */
#ifdef __APPLE__
#define LIBRARY RSVG_LIBDIR "/librsvg-2.2.dylib"
#else
#define LIBRARY "librsvg-2.so.2"
#endif

#define FUNCTIONS(X)                                                           \
    X(cairo_create)                                                            \
    X(cairo_destroy)                                                           \
    X(cairo_image_surface_create)                                              \
    X(cairo_image_surface_get_data)                                            \
    X(cairo_image_surface_get_stride)                                          \
    X(cairo_status)                                                            \
    X(cairo_surface_destroy)                                                   \
    X(cairo_surface_flush)                                                     \
    X(cairo_surface_status)                                                    \
    X(g_object_unref)                                                          \
    X(rsvg_handle_new_from_data)                                               \
    X(rsvg_handle_render_document)

/* The functions of librsvg and of the libraries it stands on. */
struct library {
#define X(name) __typeof__(name) *name##_;
    FUNCTIONS(X)
#undef X
};

static bool load(struct library *lib)
{
    /* GObject's types can't be unloaded. */
    void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_NODELETE);

    if (!handle)
        return false;
#define X(name) *(void **)&lib->name##_ = dlsym(handle, #name);
    FUNCTIONS(X)
#undef X
#define X(name) lib->name##_ &&
    return FUNCTIONS(X) true;
#undef X
}

static uint8_t unmultiply(uint32_t value, uint32_t alpha)
{
    uint32_t v = (value * 255 + alpha / 2) / alpha;

    return v > 255 ? 255 : (uint8_t)v;
}

/* CAIRO_FORMAT_ARGB32: native words, multiplied by alpha. */
static void copy_pixels(const struct library *lib, cairo_surface_t *surface,
                        struct raster *out)
{
    const unsigned char *data = lib->cairo_image_surface_get_data_(surface);
    size_t stride = (size_t)lib->cairo_image_surface_get_stride_(surface);
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

static bool draw(const struct library *lib, RsvgHandle *svg,
                 cairo_surface_t *surface, const struct raster *out)
{
    cairo_t *cr = lib->cairo_create_(surface);
    const RsvgRectangle all = { 0, 0, out->width, out->height };

    bool ok = lib->rsvg_handle_render_document_(svg, cr, &all, NULL) &&
              lib->cairo_status_(cr) == CAIRO_STATUS_SUCCESS;
    lib->cairo_destroy_(cr);
    lib->cairo_surface_flush_(surface);
    return ok;
}

static const char *render(const struct library *lib, RsvgHandle *svg,
                          struct raster *out)
{
    cairo_surface_t *surface = lib->cairo_image_surface_create_(
        CAIRO_FORMAT_ARGB32, (int)out->width, (int)out->height);
    bool ok = lib->cairo_surface_status_(surface) == CAIRO_STATUS_SUCCESS &&
              draw(lib, svg, surface, out);

    if (ok)
        copy_pixels(lib, surface, out);
    lib->cairo_surface_destroy_(surface);
    return ok ? NULL : "SVG that can't be drawn";
}

const char *raster_svg(str bytes, uint32_t width, uint32_t height,
                       struct raster *out)
{
    struct library lib;

    *out = (struct raster){ 0 };
    if (!load(&lib))
        return "SVG, for which librsvg is missing";
    /* Without a base address nothing outside of BYTES is ever read. */
    RsvgHandle *svg = lib.rsvg_handle_new_from_data_((const guint8 *)bytes.p,
                                                     bytes.n, NULL);
    const char *wrong = "SVG that can't be read";

    if (!svg)
        return wrong;
    if (!raster_init(out, width, height))
        wrong = "SVG too large to print";
    else
        wrong = render(&lib, svg, out);
    lib.g_object_unref_(svg);
    if (wrong)
        raster_done(out);
    return wrong;
}
