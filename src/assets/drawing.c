/* SPDX-License-Identifier: MIT */
#include "assets/drawing.h"

#include <stdlib.h>
#include <string.h>

#include "assets/svg_library.h"
#include "base/arena.h"

/* Memory that nobody has touched before costs more than what is drawn on it;
 * but texts are laid out anew for each strip. */
#define STRIP       64
#define STRIP_TEXTS 320

struct drawing {
    struct svg_library lib;
    RsvgHandle *svg;
    uint32_t strip_rows;
    cairo_surface_t *strip; /* NULL: none drawn yet */
    uint32_t y;             /* the next row to be read */
};

struct drawing *drawing_new(str svg, const char **why)
{
    struct drawing *d = calloc(1, sizeof *d);

    if (!d)
        die("out of memory");
    d->strip_rows = str_find(svg, S("<text")) == STR_NONE ? STRIP : STRIP_TEXTS;
    *why = NULL;
    if (!svg_library_load(&d->lib))
        *why = "SVG, for which librsvg is missing";
    /* Without a base address nothing else is ever read. */
    else if (!(d->svg = d->lib.rsvg_handle_new_from_data_((const guint8 *)svg.p,
                                                          svg.n, NULL)))
        *why = "SVG that can't be read";
    if (!*why)
        return d;
    drawing_free(d);
    return NULL;
}

void drawing_free(struct drawing *d)
{
    if (!d)
        return;
    if (d->strip)
        d->lib.cairo_surface_destroy_(d->strip);
    if (d->svg)
        d->lib.g_object_unref_(d->svg);
    free(d);
}

bool drawing_width(struct drawing *d, const char *id, double *width)
{
    RsvgRectangle ink, logical;

    if (!d->lib.rsvg_handle_get_geometry_for_element_(d->svg, id, &ink,
                                                      &logical, NULL))
        return false;
    *width = ink.width;
    return true;
}

/* Draws the rows from D->y on. */
static bool draw_strip(struct drawing *d, const struct rows *r)
{
    const struct svg_library *lib = &d->lib;
    const RsvgRectangle all = { 0, -(double)d->y, r->width, r->height };

    if (!d->strip)
        d->strip = lib->cairo_image_surface_create_(
            CAIRO_FORMAT_RGB24, (int)r->width, (int)d->strip_rows);
    if (lib->cairo_surface_status_(d->strip) != CAIRO_STATUS_SUCCESS)
        return false;
    lib->cairo_surface_flush_(d->strip);
    memset(lib->cairo_image_surface_get_data_(d->strip), 0xFF,
           (size_t)lib->cairo_image_surface_get_stride_(d->strip) *
               d->strip_rows);
    lib->cairo_surface_mark_dirty_(d->strip);
    cairo_t *cr = lib->cairo_create_(d->strip);
    bool ok = lib->rsvg_handle_render_document_(d->svg, cr, &all, NULL) &&
              lib->cairo_status_(cr) == CAIRO_STATUS_SUCCESS;
    lib->cairo_destroy_(cr);
    lib->cairo_surface_flush_(d->strip);
    return ok;
}

/* CAIRO_FORMAT_RGB24: native words, their uppermost byte unused. */
static bool read_row(struct rows *r, uint8_t *to)
{
    struct drawing *d = r->state;

    if (d->y % d->strip_rows == 0 && !draw_strip(d, r))
        return false;
    const unsigned char *data = d->lib.cairo_image_surface_get_data_(d->strip);
    size_t stride = (size_t)d->lib.cairo_image_surface_get_stride_(d->strip);

    memcpy(to, data + stride * (d->y++ % d->strip_rows), rows_size(r));
    return true;
}

static void close_rows(struct rows *r)
{
}

void drawing_rows(struct drawing *d, uint32_t width, uint32_t height,
                  struct rows *out)
{
    static const struct rows_kind kind = { read_row, close_rows };

    d->y = 0;
    *out = (struct rows){ .width = width,
                          .height = height,
                          .channels = 4,
                          .words = true,
                          .kind = &kind,
                          .state = d };
}
