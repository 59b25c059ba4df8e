/* SPDX-License-Identifier: MIT */
#include "base/path.h"

#include "base/utf8.h"

#include <string.h>

str path_join(struct arena *a, str dir, str name)
{
    if (dir.n == 0 || str_eq(dir, S(".")) || str_starts(name, S("/")))
        return arena_dup(a, name);
    bool slash = dir.p[dir.n - 1] == '/';
    return arena_printf(a, "%.*s%s%.*s", STR_ARG(dir), slash ? "" : "/",
                        STR_ARG(name));
}

str path_dir(str path)
{
    size_t at = str_rfind_char(path, '/');

    if (at == STR_NONE)
        return (str){ "", 0 };
    return str_sub(path, 0, at ? at : 1);
}

str path_base(str path)
{
    size_t at = str_rfind_char(path, '/');

    return at == STR_NONE ? path : str_from(path, at + 1);
}

/* Where the extension's dot stands in a name; a leading dot is none. */
static size_t ext_dot(str base)
{
    size_t at = str_rfind_char(base, '.');

    return at == 0 ? STR_NONE : at;
}

str path_stem(str name)
{
    str base = path_base(name);

    return str_sub(base, 0, ext_dot(base));
}

str path_ext(str name)
{
    str base = path_base(name);
    size_t at = ext_dot(base);

    return at == STR_NONE ? (str){ "", 0 } : str_from(base, at + 1);
}

str path_normal(struct arena *a, str path)
{
    char *out = arena_bytes(a, path.n + 1);
    bool absolute = str_starts(path, S("/"));
    size_t root = absolute, n = 0;

    if (absolute)
        out[n++] = '/';
    while (path.n) {
        str part = str_cut(&path, '/');
        str done = { out, n };
        if (part.n == 0 || str_eq(part, S(".")))
            continue;
        if (str_eq(part, S(".."))) {
            str last = path_base(done);
            if (n > root && !str_eq(last, S(".."))) {
                n -= last.n;
                if (n > root)
                    n--;
                continue;
            }
            if (absolute)
                continue;
        }
        if (n > root)
            out[n++] = '/';
        memcpy(out + n, part.p, part.n);
        n += part.n;
    }
    out[n] = '\0';
    return (str){ out, n };
}

str path_percent_decode(struct arena *a, str s)
{
    if (str_find_char(s, '%') == STR_NONE)
        return s;

    char *out = arena_bytes(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        int high = -1, low = -1;
        if (s.p[i] == '%' && i + 2 < s.n) {
            high = ascii_hex(s.p[i + 1]);
            low = ascii_hex(s.p[i + 2]);
        }
        if (high >= 0 && low >= 0 && (high || low)) {
            out[n++] = (char)(high << 4 | low);
            i += 2;
        } else {
            out[n++] = s.p[i];
        }
    }
    out[n] = '\0';
    return (str){ out, n };
}

str path_readable(struct arena *a, str s)
{
    str decoded = path_percent_decode(a, s);

    return utf8_is_valid(decoded) ? decoded : s;
}

str path_host(str url)
{
    size_t start = str_find(url, S("://")), n = 0;

    url = start == STR_NONE ? str_from(url, str_starts(url, S("//")) ? 2 : 0)
                            : str_from(url, start + 3);
    while (n < url.n && url.p[n] != '/' && url.p[n] != '?' && url.p[n] != '#')
        n++;
    url.n = n;
    if (str_rfind_char(url, '@') != STR_NONE)
        url = str_from(url, str_rfind_char(url, '@') + 1);
    if (url.n == 0 || url.p[0] != '[')
        url = str_cut(&url, ':');
    return str_starts_nocase(url, S("www.")) && url.n > 4 ? str_from(url, 4)
                                                          : url;
}

bool path_host_is_on(str host, str site)
{
    return str_ends_nocase(host, site) &&
           (host.n == site.n || host.p[host.n - site.n - 1] == '.');
}

str path_query_value(str query, str name)
{
    while (query.n > 0) {
        str value = str_cut(&query, '&');

        if (str_starts(value, S("amp;")))
            value = str_from(value, 4);
        str key = str_cut(&value, '=');
        if (str_eq(key, name))
            return value;
    }
    return S("");
}
