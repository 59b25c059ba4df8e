/* SPDX-License-Identifier: MIT */
#include "convert/embed_match.h"

#include "base/buf.h"
#include "base/path.h"
#include "convert/link.h"

#define PIECES 4 /* $0 is the path and what follows it */

struct line {
    str host, pattern;
    enum embed_kind kind;
    str name, link, thumbnail;
};

static const struct line lines[] = {
#define EMBED(host, pattern, kind, name, link, thumbnail)                      \
    { STR_INIT(host), STR_INIT(pattern), EMBED_KIND_##kind,                    \
      STR_INIT(name), STR_INIT(link),    STR_INIT(thumbnail) },
#include "convert/embed.def"
#undef EMBED
};

static bool host_fits(str host, str suffix)
{
    return suffix.n == 0 || path_host_is_on(host, suffix);
}

static size_t piece_length(str s)
{
    size_t n = 0;

    while (n < s.n && s.p[n] != '/' && s.p[n] != '?' && s.p[n] != '&' &&
           s.p[n] != '#')
        n++;
    return n;
}

/* The literal text a pattern begins with. */
static str literal(str pattern)
{
    size_t n = 0;

    while (n < pattern.n && pattern.p[n] != '$' && pattern.p[n] != '*')
        n++;
    return str_sub(pattern, 0, n);
}

/* One "$1" of PATTERN against PATH; both move on. */
static bool take_piece(str *pattern, str *path, str pieces[PIECES])
{
    int which = pattern->p[1] - '0';
    size_t n = piece_length(*path), cut;
    str next;

    *pattern = str_from(*pattern, 2);
    next = literal(*pattern);
    if (next.n > 0 && next.p[0] != '/') { /* "$1.js" */
        cut = str_find(str_sub(*path, 0, n), next);
        if (cut == STR_NONE)
            return false;
        n = cut;
    }
    pieces[which] = str_sub(*path, 0, n);
    *path = str_from(*path, n);
    return n > 0;
}

static bool path_fits(str pattern, str path, str pieces[PIECES])
{
    while (pattern.n > 0) {
        str text = literal(pattern);
        size_t at;

        if (!str_starts(path, text))
            return false;
        path = str_from(path, text.n);
        pattern = str_from(pattern, text.n);
        if (pattern.n == 0)
            return true;
        if (pattern.p[0] == '$') {
            if (!take_piece(&pattern, &path, pieces))
                return false;
            continue;
        }
        pattern = str_from(pattern, 1);
        at = str_find(path, literal(pattern));
        if (at == STR_NONE)
            return false;
        path = str_from(path, at);
    }
    return true;
}

/* "v=$1&t=$2": a value that is given must be the same. */
static bool query_fits(str pattern, str query, str pieces[PIECES])
{
    while (pattern.n > 0) {
        str want = str_cut(&pattern, '&'), name = str_cut(&want, '=');
        str value = path_query_value(query, name);

        if (value.n == 0)
            return false;
        if (want.n == 2 && want.p[0] == '$')
            pieces[want.p[1] - '0'] = value;
        else if (!str_eq(want, value))
            return false;
    }
    return true;
}

/* GitHub's anchor of a gist's file: "a.b_c.py" is "a-b_c-py". */
static str file_anchor(str name, struct arena *a)
{
    name = path_percent_decode(a, name);
    char *p = arena_bytes(a, name.n + 1);

    for (size_t i = 0; i < name.n; i++)
        p[i] = ascii_is_alnum(name.p[i]) || name.p[i] == '_' ||
                       (unsigned char)name.p[i] >= 0x80
                   ? (char)ascii_lower(name.p[i])
                   : '-';
    return (str){ p, name.n };
}

static str fill(str pattern, const str pieces[PIECES], struct arena *a)
{
    str out = S("");

    while (pattern.n > 0) {
        size_t at = str_find_char(pattern, '$');
        char how;

        if (at == STR_NONE)
            return arena_join(a, out, pattern);
        out = arena_join(a, out, str_sub(pattern, 0, at));
        pattern = str_from(pattern, at + 1);
        how = pattern.p[0];
        if (how == '~' || how == '%')
            pattern = str_from(pattern, 1);
        str piece = pieces[pattern.p[0] - '0'];
        out = arena_join(a, out,
                         how == '~'   ? file_anchor(piece, a)
                         : how == '%' ? path_percent_decode(a, piece)
                                      : piece);
        pattern = str_from(pattern, 1);
    }
    return out;
}

static bool line_fits(const struct line *l, str host, str path, str query,
                      str pieces[PIECES])
{
    str want_query = l->pattern;
    str want_path = str_cut(&want_query, '?');

    return host_fits(host, l->host) && path_fits(want_path, path, pieces) &&
           query_fits(want_query, query, pieces);
}

bool embed_match(str url, struct arena *a, struct embed_match *m)
{
    str host = path_host(url), rest = url, query;
    size_t start = str_find(url, S("://"));

    if (start == STR_NONE) {
        host = S("");
    } else {
        rest = str_from(url, start + 3);
        rest = str_from(rest, piece_length(rest));
    }
    query = rest;
    rest = str_cut(&query, '#');
    str pieces[PIECES] = { rest };
    query = rest;
    str path = str_cut(&query, '?');
    *m = (struct embed_match){ .name = host, .link = url };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const struct line *l = &lines[i];

        if (l->pattern.n == 0 && l->host.n == 0)
            continue;
        if (!line_fits(l, host, path, query, pieces))
            continue;
        m->kind = l->kind;
        if (l->name.n > 0)
            m->name = l->name;
        if (l->link.n > 0)
            m->link = link_clean_url(fill(l->link, pieces, a), S(""), a);
        m->derived = l->link.n > 0 && m->link.n > 0;
        if (m->link.n == 0)
            m->link = url;
        m->thumbnail = link_clean_url(fill(l->thumbnail, pieces, a), S(""), a);
        return true;
    }
    return false;
}
