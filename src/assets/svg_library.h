/* SPDX-License-Identifier: MIT */
/* svg_library.h - librsvg and what it stands on, loaded when they are needed:
 * some forty libraries, whose loading would take a tenth of the time of a book
 * that has no use for them. */
#ifndef ASSETS_SVG_LIBRARY_H
#define ASSETS_SVG_LIBRARY_H

#include <librsvg/rsvg.h>
#include <stdbool.h>

#include "base/dynamic.h"

#define SVG_LIBRARY_FUNCTIONS(X)                                               \
    X(cairo_create)                                                            \
    X(cairo_destroy)                                                           \
    X(cairo_image_surface_create)                                              \
    X(cairo_image_surface_get_data)                                            \
    X(cairo_image_surface_get_stride)                                          \
    X(cairo_paint)                                                             \
    X(cairo_recording_surface_create)                                          \
    X(cairo_set_source_rgb)                                                    \
    X(cairo_set_source_surface)                                                \
    X(cairo_status)                                                            \
    X(cairo_surface_destroy)                                                   \
    X(cairo_surface_flush)                                                     \
    X(cairo_surface_status)                                                    \
    X(g_object_unref)                                                          \
    X(rsvg_handle_get_geometry_for_element)                                    \
    X(rsvg_handle_new_from_data)                                               \
    X(rsvg_handle_render_document)

struct svg_library {
    SVG_LIBRARY_FUNCTIONS(DYNAMIC_MEMBER)
};

/* False: they are not installed. */
bool svg_library_load(struct svg_library *lib);

#endif
