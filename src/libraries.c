/* SPDX-License-Identifier: MIT */
#include "libraries.h"

#include "assets/decoders.h"
#include "base/config.h"
#include "base/hash.h"
#include "book/reader.h"
#include "convert/markdown.h"
#include "epub/zip.h"
#include "pdf/canvas.h"
#include "pdf/font.h"

static const struct {
    const char *name, *version;
} built[] = {
#define LIBRARY(name, version) { name, version },
    BLOG2BOOK_LIBRARIES
#undef LIBRARY
};

/* Others have no function for it, or are loaded when they are needed. */
static const struct {
    const char *name;
    str (*version)(struct arena *a);
} running[] = {
    { "cmark-gfm", markdown_library_version },
    { "fontconfig", font_library_version },
    { "harfbuzz", shaping_library_version },
    { "jansson", json_library_version },
    { "libharu", canvas_library_version },
    { "libpng", png_library_version },
    { "libwebp", webp_library_version },
    { "libyaml", yaml_library_version },
    { "libzip", zip_library_version },
    { "nettle", hash_library_version },
};

#define N_OF(a) (sizeof(a) / sizeof *(a))

const struct library_version *libraries_built(struct arena *a, size_t *n)
{
    struct library_version *v = arena_array(a, struct library_version,
                                            N_OF(built));

    *n = N_OF(built);
    for (size_t i = 0; i < *n; i++)
        v[i] = (struct library_version){ built[i].name,
                                         str_of(built[i].version) };
    return v;
}

const struct library_version *libraries_running(struct arena *a, size_t *n)
{
    struct library_version *v = arena_array(a, struct library_version,
                                            N_OF(running));

    *n = 0;
    for (size_t i = 0; i < N_OF(running); i++) {
        str version = running[i].version(a);
        if (version.n)
            v[(*n)++] = (struct library_version){ running[i].name, version };
    }
    return v;
}
