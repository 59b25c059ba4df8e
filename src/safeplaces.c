/* SPDX-License-Identifier: MIT */
#include "safeplaces.h"

#include <sys/stat.h>

#include "base/datadir.h"
#include "base/path.h"
#include "pdf/fontplaces.h"

/* Libraries that are loaded when they are needed, what they need in turn, and
 * the system's tables for them; of those nothing is anybody's secret. */
static const str system_places[] = {
    STR_INIT("/lib"),
    STR_INIT("/lib32"),
    STR_INIT("/lib64"),
    STR_INIT("/usr/lib"),
    STR_INIT("/usr/lib32"),
    STR_INIT("/usr/lib64"),
    STR_INIT("/usr/local/lib"),
    STR_INIT("/nix/store"),
    STR_INIT("/gnu/store"),
    STR_INIT("/etc/ld.so.cache"),
    STR_INIT("/etc/ld.so.preload"),
    STR_INIT("/etc/fonts"),
    STR_INIT("/etc/localtime"),
    STR_INIT("/usr/share/fontconfig"),
    STR_INIT("/usr/share/fonts"),
    STR_INIT("/usr/share/hyphen"),
    STR_INIT("/usr/share/icu"),
    STR_INIT("/usr/share/libthai"),
    STR_INIT("/usr/share/locale"),
    STR_INIT("/usr/share/mime"),
    STR_INIT("/usr/share/myspell"),
    STR_INIT("/usr/share/X11/locale"),
    STR_INIT("/usr/share/xml/fontconfig"),
    STR_INIT("/usr/share/zoneinfo"),
    STR_INIT("/usr/local/share/fonts"),
    STR_INIT("/usr/local/share/hyphen"),
    STR_INIT("/dev/null"),
    STR_INIT("/dev/urandom"),
    STR_INIT("/sys/devices/system/cpu"),
};

static void add(struct str_vec *to, str path, struct arena *a)
{
    if (path.n)
        *vec_push(to, a) = path;
}

struct str_vec safeplaces_common(struct arena *a)
{
    struct str_vec all = { 0 };

    for (size_t i = 0; i < sizeof system_places / sizeof *system_places; i++)
        add(&all, system_places[i], a);
    add(&all, data_find(S("styles"), a), a);
    add(&all, data_find(S("fonts"), a), a);
    fontplaces_add(&all, a);
    return all;
}

/* A post alone may name any picture of its folder. */
static str folder_of(str path, struct arena *a)
{
    struct stat st;

    if (path.n == 0)
        return S(".");
    if (stat(arena_cstr(a, path), &st) == 0 && S_ISDIR(st.st_mode))
        return path;
    return path_dir(path).n ? path_dir(path) : S(".");
}

struct sandbox safeplaces_of(const struct settings *set,
                             const struct str_vec *common, struct arena *a)
{
    struct sandbox b = {
        .memory = limit_of(set, LIMIT_MEMORY),
        .seconds = limit_of(set, LIMIT_TIME),
        .file_bytes = limit_of(set, LIMIT_OUTPUT_BYTES),
    };

    for (size_t i = 0; i < common->n; i++)
        add(&b.read, common->v[i], a);
    for (size_t i = 0; i < set->paths.n; i++)
        add(&b.read, folder_of(set->paths.v[i], a), a);
    for (size_t i = 0; i < set->css.n; i++)
        add(&b.read, set->css.v[i], a);
    for (size_t i = 0; i < set->font_dir.n; i++)
        add(&b.read, set->font_dir.v[i], a);
    add(&b.read, set->cover, a);
    add(&b.read, set->diff, a);
    /* Nothing is fetched, so nothing is to be kept. */
    add(&b.read, set->cache_dir, a);
    if (set->lent)
        b.write = lent_names(set->lent, a);
    return b;
}
