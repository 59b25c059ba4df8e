/* SPDX-License-Identifier: MIT */
#include "convert/url.h"

#include <string.h>

#include "base/path.h"
#include "convert/link.h"

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

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
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

/* Blanks of every kind and quotation marks that slipped in around it. */
static str trim_address(str s)
{
    static const str junk[] = { STR_INIT("\u00A0"), STR_INIT("\u200B"),
                                STR_INIT("\uFEFF"), STR_INIT("\u3000"),
                                STR_INIT("\u201C"), STR_INIT("\u201D"),
                                STR_INIT("\u2018"), STR_INIT("\u2019") };
    bool again = true;

    while (again && s.n > 0) {
        again = false;
        if ((unsigned char)s.p[0] <= ' ' || is_one_of(s.p[0], "\"'<")) {
            s = str_from(s, 1);
            again = true;
        } else if ((unsigned char)s.p[s.n - 1] <= ' ' ||
                   is_one_of(s.p[s.n - 1], "\"'>")) {
            s.n--;
            again = true;
        }
        for (size_t i = 0; i < sizeof junk / sizeof *junk; i++) {
            if (str_starts(s, junk[i])) {
                s = str_from(s, junk[i].n);
                again = true;
            }
            if (str_ends(s, junk[i])) {
                s.n -= junk[i].n;
                again = true;
            }
        }
    }
    return s;
}

enum scheme {
    SCHEME_NONE,
    SCHEME_HTTP,
    SCHEME_HTTPS,
    SCHEME_FTP,
    SCHEME_MAILTO,
    SCHEME_TEL,
    SCHEME_OTHER
};

static const struct {
    str name;
    enum scheme scheme;
} schemes[] = {
    { STR_INIT("http"), SCHEME_HTTP },    { STR_INIT("https"), SCHEME_HTTPS },
    { STR_INIT("ftp"), SCHEME_FTP },      { STR_INIT("mailto"), SCHEME_MAILTO },
    { STR_INIT("tel"), SCHEME_TEL },      { STR_INIT("htp"), SCHEME_HTTP },
    { STR_INIT("htttp"), SCHEME_HTTP },   { STR_INIT("hhttp"), SCHEME_HTTP },
    { STR_INIT("ttp"), SCHEME_HTTP },     { STR_INIT("htps"), SCHEME_HTTPS },
    { STR_INIT("ttps"), SCHEME_HTTPS },   { STR_INIT("htttps"), SCHEME_HTTPS },
    { STR_INIT("hhttps"), SCHEME_HTTPS },
};

/* The length of a leading "name", which no ':' need follow; 0: none. Tabs and
 * line ends inside do not hide a scheme from a browser, so not from us. */
static size_t name_length(str s)
{
    size_t n = 0;

    if (s.n == 0 || !ascii_is_alpha(s.p[0]))
        return 0;
    while (n < s.n && (ascii_is_alnum(s.p[n]) || s.p[n] == '+' ||
                       s.p[n] == '.' || s.p[n] == '-'))
        n++;
    return n;
}

static size_t slashes(str s)
{
    size_t n = 0;

    while (n < s.n && (s.p[n] == '/' || s.p[n] == '\\'))
        n++;
    return n;
}

static bool is_port(str s)
{
    size_t n = 0;

    while (n < s.n && ascii_is_digit(s.p[n]))
        n++;
    return n > 0 &&
           (n == s.n || s.p[n] == '/' || s.p[n] == '?' || s.p[n] == '#');
}

/* Cuts the scheme and its ':' off *S. "http//x", "http:/x" and "http;//x"
 * have one too. */
static enum scheme cut_scheme(str *s)
{
    size_t n = name_length(*s);
    str name = str_sub(*s, 0, n), rest = str_from(*s, n);
    bool colon = rest.n > 0 && rest.p[0] == ':';

    if (n == 0)
        return SCHEME_NONE;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (!str_eq_nocase(name, schemes[i].name))
            continue;
        if (colon || str_starts(rest, S(";//"))) {
            *s = str_from(rest, 1);
            return schemes[i].scheme;
        }
        if (i < 2 && str_starts(rest, S("//"))) {
            *s = rest;
            return schemes[i].scheme;
        }
    }
    if (!colon)
        return SCHEME_NONE;
    if ((str_find_char(name, '.') != STR_NONE ||
         str_eq_nocase(name, S("localhost"))) &&
        is_port(str_from(rest, 1)))
        return SCHEME_NONE; /* a host and its port */
    return SCHEME_OTHER;
}

/* Endings by which a name without a scheme is a host rather than a file. */
static const str host_endings[] = {
    STR_INIT(".com"), STR_INIT(".org"), STR_INIT(".net"), STR_INIT(".io"),
    STR_INIT(".kr"),  STR_INIT(".jp"),  STR_INIT(".cn"),  STR_INIT(".tw"),
    STR_INIT(".dev"), STR_INIT(".edu"), STR_INIT(".gov"), STR_INIT(".app"),
};

static bool looks_like_host(str s)
{
    size_t n = 0;
    str host;

    if (str_starts_nocase(s, S("www.")))
        return true;
    while (n < s.n &&
           (ascii_is_alnum(s.p[n]) || s.p[n] == '.' || s.p[n] == '-'))
        n++;
    if (n < s.n && !is_one_of(s.p[n], "/:?#"))
        return false;
    host = str_sub(s, 0, n);
    if (n < s.n && s.p[n] == ':' && is_port(str_from(s, n + 1)))
        return true;
    for (size_t i = 0; i < sizeof host_endings / sizeof *host_endings; i++)
        if (host.n > host_endings[i].n &&
            str_ends_nocase(host, host_endings[i]))
            return true;
    return false;
}

/* "me@example.org", and not "icon@2x.png". */
static bool looks_like_mail(str s)
{
    size_t at = str_find_char(s, '@'), dot, n = 0;
    str host = str_from(s, at == STR_NONE ? s.n : at + 1), ending;

    while (n < host.n &&
           (ascii_is_alnum(host.p[n]) || host.p[n] == '.' || host.p[n] == '-'))
        n++;
    host = str_sub(host, 0, n);
    dot = str_rfind_char(host, '.');
    if (at == STR_NONE || at == 0 || dot == STR_NONE || dot == 0 ||
        (at + 1 + n < s.n && s.p[at + 1 + n] != '?'))
        return false;
    for (size_t i = 0; i < at; i++)
        if (!ascii_is_alnum(s.p[i]) && !is_one_of(s.p[i], ".-_+"))
            return false;
    ending = str_from(host, dot + 1);
    return ending.n >= 2 && !ascii_is_digit(host.p[0]) &&
           !str_eq_nocase(ending, S("png")) &&
           !str_eq_nocase(ending, S("jpg")) && !str_eq_nocase(ending, S("md"));
}

/* "host:80/path": everything behind "scheme://". */
static enum url_kind clean_web(const char *scheme, str s, struct arena *a,
                               str *out)
{
    size_t n = 0;
    str host, port = { 0 }, tail, ascii;
    uint64_t number;

    s = str_from(s, slashes(s));
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
    s = str_from(str_trim(s), slashes(str_trim(s)));
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
    return url_clean(arena_printf(a, "%.*s/%.*s%s%.*s", STR_ARG(head),
                                  STR_ARG(path), folder ? "/" : "",
                                  STR_ARG(str_from(s, end))),
                     S(""), a, out);
}

/* Trims *S, cuts off its scheme and says what it is. */
static enum url_kind look(str *s, enum scheme *scheme)
{
    *s = trim_address(*s);
    if (s->n == 0)
        return URL_EMPTY;
    *scheme = cut_scheme(s);
    if (*scheme == SCHEME_OTHER)
        return URL_UNSAFE;
    if (*scheme != SCHEME_NONE)
        return URL_WEB;
    if (s->n > 2 && slashes(*s) >= 2)
        *scheme = SCHEME_HTTPS;
    else if (looks_like_mail(*s))
        *scheme = SCHEME_MAILTO;
    else if (looks_like_host(*s))
        *scheme = str_starts_nocase(*s, S("localhost")) ? SCHEME_HTTP
                                                        : SCHEME_HTTPS;
    return *scheme == SCHEME_NONE ? URL_RELATIVE : URL_WEB;
}

enum url_kind url_look(str written)
{
    enum scheme scheme;

    return look(&written, &scheme);
}

/* "https://https://x": the inner one was meant. */
static void cut_doubled(str *s, enum scheme *scheme)
{
    for (;;) {
        str rest = str_from(*s, slashes(*s));
        size_t n = name_length(rest);
        str behind = str_from(rest, n);

        if (n < 4 || n > 5 || !str_starts_nocase(rest, S("http")) ||
            !(str_starts(behind, S("://")) || str_starts(behind, S("//"))))
            return;
        *scheme = n == 5 ? SCHEME_HTTPS : SCHEME_HTTP;
        *s = str_from(behind, behind.p[0] == ':');
    }
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
    enum scheme scheme = SCHEME_NONE;
    enum url_kind kind;
    str s = written;

    *out = (str){ 0 };
    if (is_clean(s)) {
        *out = s;
        return URL_WEB;
    }
    s = drop_line_ends(s, a);
    kind = look(&s, &scheme);
    if (kind == URL_RELATIVE)
        return join_base(s, base, a, out);
    if (kind != URL_WEB)
        return kind;
    cut_doubled(&s, &scheme);
    switch (scheme) {
    case SCHEME_MAILTO:
        return clean_mail(s, a, out);
    case SCHEME_TEL:
        return clean_tel(s, a, out);
    case SCHEME_FTP:
        return clean_web("ftp", s, a, out);
    case SCHEME_HTTP:
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

str link_host(str url)
{
    size_t start = str_find(url, S("://")), n = 0;

    url = start == STR_NONE ? str_from(url, str_starts(url, S("//")) ? 2 : 0)
                            : str_from(url, start + 3);
    while (n < url.n && !is_one_of(url.p[n], "/?#"))
        n++;
    url.n = n;
    if (str_rfind_char(url, '@') != STR_NONE)
        url = str_from(url, str_rfind_char(url, '@') + 1);
    if (url.n == 0 || url.p[0] != '[')
        url = str_cut(&url, ':');
    return str_starts_nocase(url, S("www.")) && url.n > 4 ? str_from(url, 4)
                                                          : url;
}
