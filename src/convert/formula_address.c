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

/* The host of URL, and *TAIL what stands behind it; both empty: there is none.
 */
static str cut_host(str url, str *tail)
{
    str host = path_host(url);

    if (str_find(str_sub(url, 0, sizeof "https://"), S("//")) == STR_NONE)
        host = url = (str){ 0 };
    *tail = host.n ? str_from(url, (size_t)(host.p - url.p) + host.n)
                   : (str){ 0 };
    return host;
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
    str tail, host = cut_host(url, &tail), tex = { 0 };
    size_t mark = str_find_char(tail, '?');
    bool form = false;

    *display = false;
    for (size_t i = 0; i < sizeof sites / sizeof *sites && !tex.n; i++) {
        if (mark == STR_NONE || !path_host_is_on(host, sites[i].host) ||
            !str_starts(tail, sites[i].path))
            continue;
        str query = str_from(tail, mark + 1);
        form = sites[i].parameter.n > 0;
        tex = form ? path_query_value(query, sites[i].parameter) : query;
    }
    if (!tex.n)
        return tex;
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
    str tail, host = cut_host(url, &tail);

    return path_host_is_on(host, S("codecogs.com")) &&
           str_starts(tail, S("/eqnedit.php"));
}
