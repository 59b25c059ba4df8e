/* SPDX-License-Identifier: MIT */
#include "assets/svg_library.h"

#ifdef __APPLE__
#define LIBRARY RSVG_LIBDIR "/librsvg-2.2.dylib"
#else
#define LIBRARY "librsvg-2.so.2"
#endif

bool svg_library_load(struct svg_library *lib)
{
    return DYNAMIC_LOAD(LIBRARY, SVG_LIBRARY_FUNCTIONS, lib);
}
