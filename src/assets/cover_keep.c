/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "assets/cache.h"
#include "assets/cover_parts.h"
#include "base/buf.h"
#include "base/config.h"
#include "base/hash.h"

/* Folders that change when fonts come or go. */
static const struct {
    const char *variable, *path;
} font_places[] = {
    { NULL, "/usr/share/fonts" },
    { NULL, "/usr/local/share/fonts" },
    { NULL, "/var/cache/fontconfig" },
    { NULL, "/etc/fonts/conf.d" },
    { NULL, "/Library/Fonts" },
    { NULL, "/opt/homebrew/share/fonts" },
    { "HOME", "/.fonts" },
    { "HOME", "/.local/share/fonts" },
    { "HOME", "/.cache/fontconfig" },
    { "HOME", "/Library/Fonts" },
    { "FONTCONFIG_FILE", "" },
    { "FONTCONFIG_PATH", "" },
};

static void put_fonts(struct buf *out, struct arena *a)
{
    for (size_t i = 0; i < sizeof font_places / sizeof *font_places; i++) {
        const char *variable = font_places[i].variable, *base = "";
        struct stat st;

        if (variable && !(base = getenv(variable)))
            continue;
        str path = arena_printf(a, "%s%s", base, font_places[i].path);
        if (stat(path.p, &st) == 0)
            buf_printf(out, "%.*s %lld\n", STR_ARG(path),
                       (long long)st.st_mtime);
    }
}

str cover_key(str svg, const struct cover_values *values, struct arena *a)
{
    const str parts[] = { values->title,      values->author, values->years,
                          values->identifier, values->lang,   svg };
    struct buf all = { 0 };

    buf_puts(&all, BLOG2BOOK_VERSION "\n");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buf_printf(&all, "%zu\n", parts[i].n);
        buf_put(&all, parts[i]);
    }
    put_fonts(&all, a);
    str key = arena_join(a, S("cover:"), hash_hex(buf_str(&all), 64, a));
    buf_done(&all);
    return key;
}

bool cover_recall(const struct settings *set, str key, struct arena *a,
                  str *jpeg)
{
    struct cache *cache = cache_open(cache_default_dir(set, a));
    struct cache_entry e;
    struct diag nobody;

    bool found = cache_find(cache, key, a, &e) &&
                 cache_read(cache, e.hash, a, jpeg);
    diag_init(&nobody, a);
    cache_close(cache, &nobody);
    return found;
}

static bool write_file(str path, str bytes, struct arena *a)
{
    FILE *f = path.n ? fopen(arena_cstr(a, path), "wb") : NULL;

    if (!f)
        return false;
    bool ok = fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
    return fclose(f) == 0 && ok;
}

/* Silent: nothing is lost but the time to draw it again. */
void cover_keep(const struct settings *set, str key, str jpeg)
{
    struct cache_entry e = { .type = S("image/jpeg") };
    struct diag nobody;
    struct arena a;

    arena_init(&a);
    diag_init(&nobody, &a);
    str dir = cache_default_dir(set, &a);
    struct cache *cache = cache_open(dir);
    str temp = dir.n ? cache_temp(cache, &a) : dir;
    if (write_file(temp, jpeg, &a) && cache_take(cache, temp, e.hash, &e.size))
        cache_note(cache, key, &e);
    cache_close(cache, &nobody);
    arena_done(&a);
}
