/* SPDX-License-Identifier: MIT */
#include "convert/url_scheme.h"

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

static const struct {
    str name;
    enum url_scheme scheme;
} schemes[] = {
    { STR_INIT("http"), URL_SCHEME_HTTP },
    { STR_INIT("https"), URL_SCHEME_HTTPS },
    { STR_INIT("ftp"), URL_SCHEME_FTP },
    { STR_INIT("mailto"), URL_SCHEME_MAILTO },
    { STR_INIT("tel"), URL_SCHEME_TEL },
    { STR_INIT("htp"), URL_SCHEME_HTTP },
    { STR_INIT("htttp"), URL_SCHEME_HTTP },
    { STR_INIT("hhttp"), URL_SCHEME_HTTP },
    { STR_INIT("ttp"), URL_SCHEME_HTTP },
    { STR_INIT("htps"), URL_SCHEME_HTTPS },
    { STR_INIT("ttps"), URL_SCHEME_HTTPS },
    { STR_INIT("htttps"), URL_SCHEME_HTTPS },
    { STR_INIT("hhttps"), URL_SCHEME_HTTPS },
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
static enum url_scheme cut_scheme(str *s)
{
    size_t n = name_length(*s);
    str name = str_sub(*s, 0, n), rest = str_from(*s, n);
    bool colon = rest.n > 0 && rest.p[0] == ':';

    if (n == 0)
        return URL_SCHEME_NONE;
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
        return URL_SCHEME_NONE;
    if ((str_find_char(name, '.') != STR_NONE ||
         str_eq_nocase(name, S("localhost"))) &&
        is_port(str_from(rest, 1)))
        return URL_SCHEME_NONE; /* a host and its port */
    return URL_SCHEME_OTHER;
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

static enum url_kind look(str *s, enum url_scheme *scheme)
{
    *s = trim_address(*s);
    if (s->n == 0)
        return URL_EMPTY;
    *scheme = cut_scheme(s);
    if (*scheme == URL_SCHEME_OTHER)
        return URL_UNSAFE;
    if (*scheme != URL_SCHEME_NONE)
        return URL_WEB;
    if (s->n > 2 && count_slashes(*s) >= 2)
        *scheme = URL_SCHEME_HTTPS;
    else if (looks_like_mail(*s))
        *scheme = URL_SCHEME_MAILTO;
    else if (looks_like_host(*s))
        *scheme = str_starts_nocase(*s, S("localhost")) ? URL_SCHEME_HTTP
                                                        : URL_SCHEME_HTTPS;
    return *scheme == URL_SCHEME_NONE ? URL_RELATIVE : URL_WEB;
}

/* "https://https://x": the inner one was meant. */
static void cut_doubled(str *s, enum url_scheme *scheme)
{
    for (;;) {
        str rest = str_from(*s, count_slashes(*s));
        size_t n = name_length(rest);
        str behind = str_from(rest, n);

        if (n < 4 || n > 5 || !str_starts_nocase(rest, S("http")) ||
            !(str_starts(behind, S("://")) || str_starts(behind, S("//"))))
            return;
        *scheme = n == 5 ? URL_SCHEME_HTTPS : URL_SCHEME_HTTP;
        *s = str_from(behind, behind.p[0] == ':');
    }
}

enum url_kind url_cut_scheme(str *s, enum url_scheme *scheme)
{
    enum url_kind kind;

    *scheme = URL_SCHEME_NONE;
    kind = look(s, scheme);
    if (kind == URL_WEB)
        cut_doubled(s, scheme);
    return kind;
}

enum url_kind url_look(str written)
{
    enum url_scheme scheme;

    return look(&written, &scheme);
}
