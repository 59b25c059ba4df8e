/* SPDX-License-Identifier: MIT */
#include "assets/svg_clean.h"

/* Escapes hide names, the others fetch in ways of their own: no sheet of a
 * drawing program has them. */
static const str suspicious[] = { STR_INIT("\\"), STR_INIT("image-set("),
                                  STR_INIT("expression("),
                                  STR_INIT("javascript:"),
                                  STR_INIT("-moz-binding") };

static bool is_own(str target)
{
    target = str_trim_left(target);
    if (target.n > 0 && (target.p[0] == '"' || target.p[0] == '\''))
        target = str_from(target, 1);
    return str_starts(target, S("#"));
}

static size_t nearer(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Behind the first C in CSS, or all of it. */
static str behind(str css, char c)
{
    size_t at = str_find_char(css, c);

    return at == STR_NONE ? (str){ 0 } : str_from(css, at + 1);
}

void svg_css_clean(str css, struct buf *out)
{
    for (size_t i = 0; i < sizeof suspicious / sizeof *suspicious; i++)
        if (str_find_nocase(css, suspicious[i]) != STR_NONE)
            return;
    size_t import = str_find_nocase(css, S("@import"));
    size_t url = str_find_nocase(css, S("url("));
    while (import != STR_NONE || url != STR_NONE) {
        size_t at = nearer(import, url);
        buf_put(out, str_sub(css, 0, at));
        css = str_from(css, at);
        if (at == import) {
            css = behind(css, ';');
        } else if (is_own(str_from(css, 4))) {
            buf_put(out, str_sub(css, 0, 4));
            css = str_from(css, 4);
        } else {
            buf_puts(out, "none");
            css = behind(css, ')');
        }
        import = import == STR_NONE ? import
                                    : str_find_nocase(css, S("@import"));
        url = url == STR_NONE ? url : str_find_nocase(css, S("url("));
    }
    buf_put(out, css);
}
