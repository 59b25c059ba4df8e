/* SPDX-License-Identifier: MIT */
#include "style/warn.h"

#define EXCERPT_MAX 60

str css_excerpt(str s)
{
    size_t n = s.n;

    if (n > EXCERPT_MAX) {
        n = EXCERPT_MAX;
        while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
            n--;
    }
    return str_sub(s, 0, n);
}

void css_bad(struct css_source *src, unsigned line, const char *format, ...)
{
    if (!src || src->n_bad > CSS_BAD_MAX)
        return;
    if (src->n_bad++ == CSS_BAD_MAX) {
        diag_add(src->dg, DIAG_CSS_BAD, src->path, line,
                 "more errors in this style sheet, not shown");
        return;
    }
    va_list args;
    va_start(args, format);
    str text = arena_vprintf(src->dg->arena, format, args);
    va_end(args);
    diag_add(src->dg, DIAG_CSS_BAD, src->path, line, "%.*s", STR_ARG(text));
}

void css_unsupported(struct css_source *src, unsigned line, const char *what,
                     str name)
{
    if (!src)
        return;
    str shown = css_excerpt(name);
    str key = arena_printf(src->told.arena, "%s %.*s", what, STR_ARG(shown));
    if (map_find(&src->told, key))
        return;
    map_put(&src->told, key, src);
    diag_add(src->dg, DIAG_CSS_UNSUPPORTED, src->path, line,
             "%s '%.*s' has no effect in the PDF, ignored", what,
             STR_ARG(shown));
}
