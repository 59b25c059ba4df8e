/* SPDX-License-Identifier: MIT */
#include "book/filenames.h"

#include "base/path.h"
#include "base/utf8.h"

bool filenames_wants(str name)
{
    static const str extensions[] = { STR_INIT("png"),  STR_INIT("jpg"),
                                      STR_INIT("jpeg"), STR_INIT("gif"),
                                      STR_INIT("webp"), STR_INIT("svg"),
                                      STR_INIT("avif"), STR_INIT("bmp"),
                                      STR_INIT("tif"),  STR_INIT("tiff") };

    return STR_IS_AMONG_NOCASE(path_ext(name), extensions) &&
           utf8_is_valid(name);
}

/* No name has a NUL. */
static str make_key(str root, str name, struct arena *a)
{
    str folded = utf8_fold(name, a);

    return arena_printf(a, "%.*s%c%.*s", STR_ARG(root), '\0', STR_ARG(folded));
}

void filenames_add(struct filenames *names, str root, str path,
                   struct arena *scratch)
{
    struct arena *a = names->by_name.arena;
    str key = make_key(root, path_base(path), scratch);
    str *known = map_find(&names->by_name, key);

    if (known) {
        *known = (str){ 0 };
        return;
    }
    known = arena_new(a, str);
    *known = path;
    map_put(&names->by_name, arena_dup(a, key), known);
}

str filenames_find(const struct filenames *names, str root, str name,
                   struct arena *scratch)
{
    const str *known;

    if (!names || !filenames_wants(name))
        return (str){ 0 };
    known = map_find(&names->by_name, make_key(root, name, scratch));
    return known ? *known : (str){ 0 };
}
