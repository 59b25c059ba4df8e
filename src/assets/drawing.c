/* SPDX-License-Identifier: MIT */
#include "assets/drawing.h"

#include <stdlib.h>
#include <string.h>

#include "assets/svg_library.h"
#include "base/arena.h"

/* Memory that nobody has touched before costs more than what is drawn on it;
 * but what isn't recorded is laid out and drawn anew for each strip. */
#define STRIP      16
#define STRIP_ANEW 320

struct drawing {
    struct svg_library lib;
    RsvgHandle *svg;
    bool may_record;
    cairo_surface_t *record; /* the page; NULL: not recorded */
    uint32_t strip_rows;
    cairo_surface_t *strip; /* NULL: none drawn yet */
    uint32_t y;             /* the next row to be read */
};

/* A record must not be larger than a drawing's file makes it: these draw a part
 * of it many times. */
static bool may_record(str svg)
{
    static const str many[] = { STR_INIT("<use"),     STR_INIT(":use"),
                                STR_INIT("marker"),   STR_INIT("pattern"),
                                STR_INIT("filter"),   STR_INIT("mask"),
                                STR_INIT("<!DOCTYPE") };

    for (size_t i = 0; i < sizeof many / sizeof *many; i++)
        if (str_find(svg, many[i]) != STR_NONE)
            return false;
    return true;
}

struct drawing *drawing_new(str svg, const char **why)
{
    struct drawing *d = calloc(1, sizeof *d);

    if (!d)
        die("out of memory");
    d->may_record = may_record(svg);
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
    if (d->record)
        d->lib.cairo_surface_destroy_(d->record);
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

/* White, and on it the page, whose upper edge is Y rows above TO's. */
static bool draw_anew(struct drawing *d, const struct rows *r,
                      cairo_surface_t *to, uint32_t y)
{
    const struct svg_library *lib = &d->lib;
    const RsvgRectangle all = { 0, -(double)y, r->width, r->height };
    cairo_t *cr = lib->cairo_create_(to);

    lib->cairo_set_source_rgb_(cr, 1, 1, 1);
    lib->cairo_paint_(cr);
    bool ok = lib->rsvg_handle_render_document_(d->svg, cr, &all, NULL) &&
              lib->cairo_status_(cr) == CAIRO_STATUS_SUCCESS;
    lib->cairo_destroy_(cr);
    return ok;
}

/* The same from the record. */
static bool draw_again(struct drawing *d, cairo_surface_t *to, uint32_t y)
{
    const struct svg_library *lib = &d->lib;
    cairo_t *cr = lib->cairo_create_(to);

    lib->cairo_set_source_surface_(cr, d->record, 0, -(double)y);
    lib->cairo_paint_(cr);
    bool ok = lib->cairo_status_(cr) == CAIRO_STATUS_SUCCESS;
    lib->cairo_destroy_(cr);
    return ok;
}

/* What every strip is drawn on and from. */
static bool begin(struct drawing *d, const struct rows *r)
{
    const cairo_rectangle_t page = { 0, 0, r->width, r->height };

    d->strip_rows = d->may_record ? STRIP : STRIP_ANEW;
    d->strip = d->lib.cairo_image_surface_create_(
        CAIRO_FORMAT_RGB24, (int)r->width, (int)d->strip_rows);
    if (d->lib.cairo_surface_status_(d->strip) != CAIRO_STATUS_SUCCESS)
        return false;
    if (!d->may_record)
        return true;
    /* Without transparency, so that it is replayed onto the strip itself. */
    d->record = d->lib.cairo_recording_surface_create_(CAIRO_CONTENT_COLOR,
                                                       &page);
    return draw_anew(d, r, d->record, 0);
}

/* Draws the rows from D->y on. */
static bool draw_strip(struct drawing *d, const struct rows *r)
{
    if (!d->strip && !begin(d, r))
        return false;
    bool ok = d->record ? draw_again(d, d->strip, d->y)
                        : draw_anew(d, r, d->strip, d->y);
    d->lib.cairo_surface_flush_(d->strip);
    return ok;
}

/* CAIRO_FORMAT_RGB24: native words, their uppermost byte unused. */
static bool read_row(struct rows *r, uint8_t *to)
{
    struct drawing *d = r->state;

    if ((!d->strip || d->y % d->strip_rows == 0) && !draw_strip(d, r))
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
