/* SPDX-License-Identifier: MIT */
#include <dlfcn.h>
#include <librsvg/rsvg.h>
#include <stdlib.h>
#include <string.h>

#include "assets/decoders.h"
#include "base/arena.h"

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

struct drawing {
    struct library lib;
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
    const struct library *lib = &d->lib;
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

static const char *open_rows(struct drawing *d, str bytes,
                             const struct rows_wish *wish, struct rows *r)
{
    if (!load(&d->lib))
        return "SVG, for which librsvg is missing";
    if (!rows_fit(wish->width, wish->height, ROWS_WHOLE_MAX))
        return "SVG too large";
    *r = (struct rows){ .width = wish->width,
                        .height = wish->height,
                        .channels = CHANNELS_RGBA };
    /* Without a base address nothing outside of BYTES is ever read. */
    RsvgHandle *svg = d->lib.rsvg_handle_new_from_data_((const guint8 *)bytes.p,
                                                        bytes.n, NULL);
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
