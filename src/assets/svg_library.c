/* SPDX-License-Identifier: MIT */
#include "assets/svg_library.h"

#include <dlfcn.h>

#ifdef __APPLE__
#define LIBRARY RSVG_LIBDIR "/librsvg-2.2.dylib"
#else
#define LIBRARY "librsvg-2.so.2"
#endif

bool svg_library_load(struct svg_library *lib)
{
    /* GObject's types can't be unloaded. */
    void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_NODELETE);

    if (!handle)
        return false;
#define X(name) *(void **)&lib->name##_ = dlsym(handle, #name);
    SVG_LIBRARY_FUNCTIONS(X)
#undef X
#define X(name) lib->name##_ &&
    return SVG_LIBRARY_FUNCTIONS(X) true;
#undef X
}
