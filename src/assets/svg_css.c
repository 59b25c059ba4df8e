/* SPDX-License-Identifier: MIT */
#include "assets/svg_clean.h"

/* Escapes hide names, the others fetch in ways of their own: no sheet of a
 * drawing program has them. */
static const str suspicious[] = { STR_INIT("\\"), STR_INIT("image-set("),
                                  STR_INIT("expression("),
                                  STR_INIT("javascript:"),
                                  STR_INIT("-moz-binding") };

/* "url(#a)", "url( '#a' )" and the like at the beginning of CSS: the "a";
 * *END is behind it. Empty: it is none of the drawing's. */
static str own_name(str css, size_t *end)
{
    size_t close = str_find_char(css, ')');
    str target = str_trim(str_sub(css, 4, close - 4));

    *end = close == STR_NONE ? css.n : close + 1;
    if (close == STR_NONE)
        return (str){ 0 };
    if (target.n >= 2 && target.p[0] == target.p[target.n - 1] &&
        (target.p[0] == '"' || target.p[0] == '\''))
        target = str_trim(str_sub(target, 1, target.n - 2));
    return str_starts(target, S("#")) && svg_is_id(str_from(target, 1))
               ? str_from(target, 1)
               : (str){ 0 };
}

static void put_url(str *css, struct buf *out)
{
    size_t end;
    str name = own_name(*css, &end);

    if (name.n) {
        buf_puts(out, "url(#");
        buf_put(out, name);
        buf_putc(out, ')');
    } else {
        buf_puts(out, "none");
    }
    *css = str_from(*css, end);
}

static void skip_import(str *css)
{
    size_t at = str_find_char(*css, ';');

    *css = str_from(*css, at == STR_NONE ? css->n : at + 1);
}

void svg_css_clean(str css, struct buf *out)
{
    for (size_t i = 0; i < sizeof suspicious / sizeof *suspicious; i++)
        if (str_find_nocase(css, suspicious[i]) != STR_NONE)
            return;
    for (size_t i = 0; i < css.n;) {
        str rest = str_from(css, i);
        bool import = rest.p[0] == '@' && str_starts_nocase(rest, S("@import"));
        bool url = !import && ascii_lower((unsigned char)rest.p[0]) == 'u' &&
                   str_starts_nocase(rest, S("url("));
        if (!import && !url) {
            i++;
            continue;
        }
        buf_put(out, str_sub(css, 0, i));
        if (import)
            skip_import(&rest);
        else
            put_url(&rest, out);
        css = rest;
        i = 0;
    }
    buf_put(out, css);
}
