/* SPDX-License-Identifier: MIT */
#include "convert/url.h"

#include <string.h>

#include "base/path.h"
#include "convert/link.h"
#include "convert/url_scheme.h"

/* What may stand in a part of a URL as it is (WHATWG "URL code points" that
 * RFC 3986 has too). */
enum { IN_PATH = 1, IN_QUERY = 2, IN_HOST = 4 };

static int char_class(unsigned char c)
{
    if (ascii_is_alnum(c))
        return ascii_lower(c) == c ? IN_PATH | IN_QUERY | IN_HOST
                                   : IN_PATH | IN_QUERY;
    switch (c) {
    case '-':
    case '.':
        return IN_PATH | IN_QUERY | IN_HOST;
    case '?':
        return IN_QUERY;
    case '_':
    case '~':
    case '!':
    case '$':
    case '&':
    case '\'':
    case '(':
    case ')':
    case '*':
    case '+':
    case ',':
    case ';':
    case '=':
    case ':':
    case '@':
    case '/':
        return IN_PATH | IN_QUERY;
    default:
        return 0;
    }
}

static bool is_hex(str s, size_t i)
{
    return i < s.n && (ascii_is_digit(s.p[i]) || (ascii_lower(s.p[i]) >= 'a' &&
                                                  ascii_lower(s.p[i]) <= 'f'));
}

/* Can S[i] stay in a part of class PART? */
static bool stays(str s, size_t i, int part)
{
    if (s.p[i] == '%')
        return is_hex(s, i + 1) && is_hex(s, i + 2);
    return char_class((unsigned char)s.p[i]) & part;
}

static char *put_encoded(char *p, str s, int part)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (stays(s, i, part)) {
            *p++ = (char)c;
        } else if (c == '\\' && part == IN_PATH) {
            *p++ = '/'; /* as every browser does */
        } else if (c != '\t' && c != '\n' && c != '\r') {
            *p++ = '%';
            *p++ = hex[c >> 4];
            *p++ = hex[c & 15];
        }
    }
    return p;
}

static char *put(char *p, str s)
{
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    return p + s.n;
}

/* HEAD as it is, and TAIL ("/path?query#fragment") encoded. */
static str encode(str head, str tail, struct arena *a)
{
    char *start = arena_bytes(a, head.n + 3 * tail.n + 1), *p;
    str fragment = tail, query;
    bool has_fragment = str_find_char(tail, '#') != STR_NONE, has_query;

    query = str_cut(&fragment, '#');
    has_query = str_find_char(query, '?') != STR_NONE;
    p = put_encoded(put(start, head), str_cut(&query, '?'), IN_PATH);
    if (has_query) {
        *p++ = '?';
        p = put_encoded(p, query, IN_QUERY);
    }
    if (has_fragment) {
        *p++ = '#';
        p = put_encoded(p, fragment, IN_QUERY);
    }
    return (str){ start, (size_t)(p - start) };
}

/* The usual case: nothing to repair, nothing to copy. */
static bool is_clean(str s)
{
    size_t i = str_starts(s, S("https://")) ? 8 : 7;
    size_t host = i, dot = 0;
    int part = IN_PATH;

    if (!str_starts(s, S("https://")) && !str_starts(s, S("http://")))
        return false;
    for (; i < s.n && (char_class((unsigned char)s.p[i]) & IN_HOST); i++) {
        if (s.p[i] != '.')
            continue;
        if (i == host || s.p[i - 1] == '.')
            return false;
        dot = i;
    }
    if (str_find(str_sub(s, host, i - host), S("xn--")) != STR_NONE)
        return false;
    if (dot == 0 || i - host > 63 || dot + 1 >= i ||
        !ascii_is_alpha(s.p[dot + 1]) || (i < s.n && s.p[i] != '/'))
        return false;
    for (bool fragment = false; i < s.n; i++) {
        if (s.p[i] == '#' && !fragment)
            fragment = true;
        else if (!stays(s, i, part))
            return false;
        if (s.p[i] == '?' || s.p[i] == '#')
            part = IN_QUERY;
    }
    return true;
}

/* "host:80/path": everything behind "scheme://". */
static enum url_kind clean_web(const char *scheme, str s, struct arena *a,
                               str *out)
{
    size_t n = 0;
    str host, port = { 0 }, tail, ascii;
    uint64_t number;

    s = str_from(s, count_slashes(s));
    while (n < s.n && !is_one_of(s.p[n], "/\\?#"))
        n++;
    host = str_sub(s, 0, n);
    tail = str_from(s, n);
    if (str_rfind_char(host, '@') != STR_NONE)
        host = str_from(host, str_rfind_char(host, '@') + 1);
    if (host.n > 0 && host.p[0] != '[' &&
        str_find_char(host, ':') != STR_NONE) {
        port = host;
        host = str_cut(&port, ':');
    } else if (host.n > 0 && host.p[0] == '[' &&
               str_find_char(host, ']') != STR_NONE) {
        port = str_from(host, str_find_char(host, ']') + 1);
        host.n -= port.n;
        port = str_from(port, 1);
    }
    host = path_percent_decode(a, host);
    while (host.n > 0 && is_one_of(host.p[host.n - 1], ",;!)*'\" "))
        host.n--;
    ascii = url_host_ascii(host, a);
    if (ascii.n == 0)
        return URL_BROKEN;
    if (port.n > 5 || !str_to_uint(port, &number) || number > 65535)
        port.n = 0;
    *out = encode(
        arena_printf(a, "%s://%.*s%s%.*s%s", scheme, STR_ARG(ascii),
                     port.n > 0 ? ":" : "", STR_ARG(port),
                     tail.n > 0 && is_one_of(tail.p[0], "?#") ? "/" : ""),
        tail, a);
    return URL_WEB;
}

static enum url_kind clean_mail(str s, struct arena *a, str *out)
{
    s = str_from(str_trim(s), count_slashes(str_trim(s)));
    size_t at = str_find_char(s, '@');

    if (at == STR_NONE || at == 0 || at + 1 == s.n)
        return URL_BROKEN;
    *out = encode(S("mailto:"), s, a);
    return URL_WEB;
}

static enum url_kind clean_tel(str s, struct arena *a, str *out)
{
    char *p = arena_bytes(a, s.n + 4), *start = p;
    bool digit = false;

    p = put(p, S("tel:"));
    for (size_t i = 0; i < s.n; i++) {
        digit |= ascii_is_digit(s.p[i]);
        if (ascii_is_digit(s.p[i]) || is_one_of(s.p[i], "+-.()*;="))
            *p++ = s.p[i];
    }
    *out = (str){ start, (size_t)(p - start) };
    return digit ? URL_WEB : URL_BROKEN;
}

/* BASE is a site's address: "/x" belongs to its host, "x" below it. */
static enum url_kind join_base(str s, str base, struct arena *a, str *out)
{
    size_t root = str_find(base, S("://"));
    str head = base, path;
    size_t end = 0;

    if (base.n == 0 || root == STR_NONE)
        return URL_RELATIVE;
    if (s.p[0] == '/') {
        size_t slash = str_find_char(str_from(base, root + 3), '/');

        head = slash == STR_NONE ? base : str_sub(base, 0, root + 3 + slash);
    }
    while (end < s.n && s.p[end] != '?' && s.p[end] != '#')
        end++;
    path = path_normal(a, str_sub(s, 0, end));
    while (str_starts(path, S("../")) || str_eq(path, S("..")))
        path = str_from(path, 3);
    while (path.n > 0 && path.p[0] == '/')
        path = str_from(path, 1);
    if (str_eq(path, S(".")))
        path.n = 0;
    bool folder = end > 0 && s.p[end - 1] == '/' && path.n > 0;
    str query = str_from(s, end);
    return url_clean(arena_printf(a, "%.*s/%.*s%s%.*s", STR_ARG(head),
                                  STR_ARG(path), folder ? "/" : "",
                                  STR_ARG(query)),
                     S(""), a, out);
}

/* Tabs and line ends inside an address mean nothing to a URL parser; without
 * them "java<TAB>script:" shows what it is. */
static str drop_line_ends(str s, struct arena *a)
{
    size_t n = 0;
    char *p;

    if (s.n == 0 || (!memchr(s.p, '\t', s.n) && !memchr(s.p, '\n', s.n) &&
                     !memchr(s.p, '\r', s.n)))
        return s;
    p = arena_bytes(a, s.n);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\t' && s.p[i] != '\n' && s.p[i] != '\r')
            p[n++] = s.p[i];
    return (str){ p, n };
}

enum url_kind url_clean(str written, str base, struct arena *a, str *out)
{
    enum url_scheme scheme = URL_SCHEME_NONE;
    enum url_kind kind;
    str s = written;

    *out = (str){ 0 };
    if (is_clean(s)) {
        *out = s;
        return URL_WEB;
    }
    s = drop_line_ends(s, a);
    kind = url_cut_scheme(&s, &scheme);
    if (kind == URL_RELATIVE)
        return join_base(s, base, a, out);
    if (kind != URL_WEB)
        return kind;
    switch (scheme) {
    case URL_SCHEME_MAILTO:
        return clean_mail(s, a, out);
    case URL_SCHEME_TEL:
        return clean_tel(s, a, out);
    case URL_SCHEME_FTP:
        return clean_web("ftp", s, a, out);
    case URL_SCHEME_HTTP:
        return clean_web("http", s, a, out);
    default:
        return clean_web("https", s, a, out);
    }
}

str link_clean_url(str written, str base, struct arena *a)
{
    str out;

    return url_clean(written, base, a, &out) == URL_WEB ? out : S("");
}
