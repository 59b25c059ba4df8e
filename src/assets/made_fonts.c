/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <sys/stat.h>

#include "assets/made.h"

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

str made_fonts(struct arena *a)
{
    struct buf out = { 0 };

    for (size_t i = 0; i < sizeof font_places / sizeof *font_places; i++) {
        const char *variable = font_places[i].variable, *base = "";
        struct stat st;

        if (variable && !(base = getenv(variable)))
            continue;
        str path = arena_printf(a, "%s%s", base, font_places[i].path);
        if (stat(path.p, &st) == 0)
            buf_printf(&out, "%.*s %lld\n", STR_ARG(path),
                       (long long)st.st_mtime);
    }
    str text = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return text;
}
