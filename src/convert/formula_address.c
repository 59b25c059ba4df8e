/* SPDX-License-Identifier: MIT */
#include "convert/formula_address.h"

#include <string.h>

#include "base/path.h"

static const struct site {
    str host, path, parameter;
} sites[] = {
#define FORMULA_SITE(host, path, parameter)                                    \
    { STR_INIT(host), STR_INIT(path), STR_INIT(parameter) },
#include "convert/formula_address.def"
#undef FORMULA_SITE
};

/* Cuts the scheme and the host off URL; empty: there is none. */
static str cut_host(str *url)
{
    size_t at = str_find(str_sub(*url, 0, sizeof "https://"), S("//"));

    if (at == STR_NONE)
        return (str){ 0 };
    *url = str_from(*url, at + 2);
    size_t n = 0;
    while (n < url->n && !strchr("/?#", url->p[n]))
        n++;
    str host = str_sub(*url, 0, n);
    *url = str_from(*url, n);
    return host;
}

/* "zhihu.com" and "www.zhihu.com", not "azhihu.com". */
static bool is_on(str host, str site)
{
    return str_ends_nocase(host, site) &&
           (host.n == site.n || host.p[host.n - site.n - 1] == '.');
}

/* The value of the parameter NAME in QUERY. */
static str value_of(str query, str name)
{
    while (query.n > 0) {
        str pair = str_cut(&query, '&'), key = pair;
        size_t eq = str_find_char(pair, '=');
        key.n = eq == STR_NONE ? pair.n : eq;
        if (eq != STR_NONE && str_eq(key, name))
            return str_from(pair, eq + 1);
    }
    return (str){ 0 };
}

/* Blanks and plus signs as those sites have them, then what is percent-encoded.
 * A '+' is a blank in the values of forms alone. */
static str decode(str s, bool form, struct arena *a)
{
    static const struct {
        str written;
        char c;
    } names[] = { { STR_INIT("&space;"), ' ' },
                  { STR_INIT("&plus;"), '+' },
                  { STR_INIT("+"), ' ' } };
    char *out = arena_bytes(a, s.n);
    size_t n = 0;

    while (s.n > 0) {
        size_t i = 0, count = sizeof names / sizeof *names;
        while (i < count &&
               (!str_starts(s, names[i].written) || (s.p[0] == '+' && !form)))
            i++;
        out[n++] = i < count ? names[i].c : s.p[0];
        s = str_from(s, i < count ? names[i].written.n : 1);
    }
    return path_percent_decode(a, (str){ out, n });
}

/* How long a word is at the start of S that says what the picture looks like:
 * "\dpi{120}", "\bg_white", "\fn_cm", "\inline". */
static size_t look_length(str s)
{
    static const str names[] = { STR_INIT("\\bg_"),    STR_INIT("\\fn_"),
                                 STR_INIT("\\inline"), STR_INIT("\\dpi{"),
                                 STR_INIT("\\bg{"),    STR_INIT("\\fg_") };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_starts(s, names[i]))
            continue;
        size_t n = names[i].n;
        if (names[i].p[n - 1] == '{') {
            size_t end = str_find_char(s, '}');
            return end == STR_NONE ? 0 : end + 1;
        }
        while (n < s.n && ascii_is_alnum((unsigned char)s.p[n]))
            n++;
        return n;
    }
    return 0;
}

static str without_looks(str s)
{
    size_t n;

    s = str_trim(s);
    while ((n = look_length(s)) > 0)
        s = str_trim_left(str_from(s, n));
    return s;
}

str formula_of_address(str url, struct arena *a, bool *display)
{
    str host = cut_host(&url), tex = { 0 };
    bool form = false;

    *display = false;
    for (size_t i = 0; i < sizeof sites / sizeof *sites && !tex.n; i++) {
        size_t mark = str_find_char(url, '?');
        if (mark == STR_NONE || !is_on(host, sites[i].host) ||
            !str_starts(url, sites[i].path))
            continue;
        str query = str_from(url, mark + 1);
        form = sites[i].parameter.n > 0;
        tex = form ? value_of(query, sites[i].parameter) : query;
    }
    tex = without_looks(decode(tex, form, a));
    /* Zhihu's mark of a formula on a line of its own. */
    if (str_ends(tex, S("\\\\"))) {
        tex = str_trim_right(str_sub(tex, 0, tex.n - 2));
        *display = true;
    }
    return tex;
}

bool formula_is_editor(str url)
{
    str host = cut_host(&url);

    return is_on(host, S("codecogs.com")) && str_starts(url, S("/eqnedit.php"));
}
