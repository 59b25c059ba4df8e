/* SPDX-License-Identifier: MIT */
#include "assets/archive.h"

#include <string.h>

#include "base/buf.h"
#include "book/reader.h"

#define API    "https://archive.org"
#define COPIES "https://web.archive.org"

static str without_slash(str base)
{
    while (base.n > 0 && base.p[base.n - 1] == '/')
        base.n--;
    return base;
}

/* S with all but MARKS and letters and digits percent-encoded. */
static str encode(str s, const char *marks, struct arena *a)
{
    struct buf out = { 0 };

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (ascii_is_alnum(c) || (c != '\0' && strchr(marks, c)))
            buf_putc(&out, (char)c);
        else
            buf_printf(&out, "%%%02X", c);
    }
    str text = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return text;
}

str archive_query(str base, str url, const struct date *date, struct arena *a)
{
    str root = base.n ? without_slash(base) : S(API);
    str asked = encode(url, "-._~", a);
    str text = arena_printf(a, "%.*s/wayback/available?url=%.*s", STR_ARG(root),
                            STR_ARG(asked));

    if (!date->year)
        return text;
    return arena_printf(a, "%.*s&timestamp=%04d%02d%02d", STR_ARG(text),
                        date->year, date->month, date->day);
}

/* "20100102030405" and what follows, of ".../web/20100102030405/http://..." */
static bool split_copy(str url, str *stamp, str *rest)
{
    size_t at = str_find(url, S("/web/")), n = 0;

    if (at == STR_NONE)
        return false;
    *rest = str_from(url, at + sizeof "/web/" - 1);
    while (n < rest->n && ascii_is_digit((unsigned char)rest->p[n]))
        n++;
    *stamp = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    return n >= 4 && n <= 14 && str_starts(*rest, S("/"));
}

static str text_of(const struct value *map, const char *key)
{
    const struct value *v = value_find(map, str_of(key));

    return v && v->kind == VALUE_TEXT ? v->text : (str){ 0 };
}

bool archive_read(str base, str answer, struct arena *a, str *copy)
{
    struct read_error ignored;
    str stamp, rest;
    str root = base.n ? without_slash(base) : S(COPIES);
    const struct value *v = json_read(answer, 1, a, &ignored);

    v = value_find(value_find(v, S("archived_snapshots")), S("closest"));
    str status = text_of(v, "status");
    if (!str_eq(text_of(v, "available"), S("true")) ||
        (status.n > 0 && !str_starts(status, S("2"))) ||
        !split_copy(text_of(v, "url"), &stamp, &rest))
        return false;
    /* "id_": the bytes as they were, no links rewritten. */
    rest = encode(rest, "-._~:/?#[]@!$&'()*+,;=%", a);
    *copy = arena_printf(a, "%.*s/web/%.*sid_%.*s", STR_ARG(root),
                         STR_ARG(stamp), STR_ARG(rest));
    return true;
}
