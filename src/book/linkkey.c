/* SPDX-License-Identifier: MIT */
#include "book/linkkey.h"

#include "base/buf.h"
#include "base/path.h"
#include "base/utf8.h"
#include "book/dates.h"
#include "book/readmes.h"
#include "book/variant.h"
#include "book/walk.h"

static size_t scheme_length(str s)
{
    size_t n = 0;

    if (s.n == 0 || !ascii_is_alpha((unsigned char)s.p[0]))
        return 0;
    while (n < s.n && (ascii_is_alnum((unsigned char)s.p[n]) ||
                       str_find_char(S("+.-"), s.p[n]) != STR_NONE))
        n++;
    return n < s.n && s.p[n] == ':' ? n + 1 : 0;
}

static str lower(str s, struct arena *a)
{
    char *p = arena_bytes(a, s.n + 1);

    for (size_t i = 0; i < s.n; i++)
        p[i] = (char)ascii_lower((unsigned char)s.p[i]);
    return (str){ p, s.n };
}

static str bare_host(str authority, struct arena *a)
{
    size_t at = str_rfind_char(authority, '@');
    str host = at == STR_NONE ? authority : str_from(authority, at + 1);

    host = str_sub(host, 0, str_find_char(host, ':'));
    if (str_starts_nocase(host, S("www.")))
        host = str_from(host, 4);
    return lower(host, a);
}

struct address address_parse(str href, struct arena *a)
{
    struct address out = { 0 };
    str s = str_trim(href);
    size_t scheme = scheme_length(s);
    str name = str_sub(s, 0, scheme);

    if (scheme > 0 && !str_eq_nocase(name, S("http:")) &&
        !str_eq_nocase(name, S("https:"))) {
        out.other_scheme = true;
        return out;
    }
    s = str_from(s, scheme);
    out.absolute = str_starts(s, S("//"));
    s = str_sub(s, 0, str_find_char(s, '#'));
    s = str_sub(s, 0, str_find_char(s, '?'));
    if (out.absolute) {
        s = str_from(s, 2);
        size_t slash = str_find_char(s, '/');
        out.host = bare_host(str_sub(s, 0, slash), a);
        s = slash == STR_NONE ? S("/") : str_from(s, slash);
    }
    out.path = s;
    return out;
}

str linkkey_fold(str s, struct arena *a)
{
    str decoded = path_percent_decode(a, s);

    for (size_t i = 0; i < decoded.n; i++) {
        if ((unsigned char)decoded.p[i] < 0x80)
            continue;
        struct utf8_report ignored = { 0 };
        return utf8_fold(utf8_clean(decoded, a, &ignored), a);
    }
    return lower(decoded, a);
}

static str trim_slashes(str s)
{
    while (s.n > 0 && s.p[0] == '/')
        s = str_from(s, 1);
    while (s.n > 0 && s.p[s.n - 1] == '/')
        s.n--;
    return s;
}

/* And the language in front of a post's. */
static str drop_extension(str folded)
{
    str ext = path_ext(folded);

    if (walk_is_post_name(folded)) {
        folded.n -= ext.n + 1;
        str stem = path_base(folded);
        folded.n -= stem.n - variant_cut(stem, NULL).n;
        return folded;
    }
    if (ext.n > 0 && (str_eq(ext, S("html")) || str_eq(ext, S("htm"))))
        folded.n -= ext.n + 1;
    return folded;
}

str linkkey_path(str path, struct arena *a)
{
    str s = drop_extension(trim_slashes(linkkey_fold(path, a)));

    str base = path_base(s);
    if (str_eq(base, S("index")) || readmes_is_name(base))
        s = path_dir(s);
    return s;
}

str linkkey_date_slug(const struct date *d, str folded_slug, struct arena *a)
{
    return arena_printf(a, "%d/%d/%d/%.*s", d->year, d->month, d->day,
                        STR_ARG(folded_slug));
}

static str cut_last(str *path)
{
    str base = path_base(*path);

    *path = path_dir(*path);
    return base;
}

str linkkey_dated(str path, struct arena *a)
{
    str s = linkkey_path(path, a);
    str slug = cut_last(&s), day = cut_last(&s), month = cut_last(&s);
    str year = path_base(s);
    uint64_t y, m, d;

    if (year.n != 4 || month.n > 2 || day.n > 2 || slug.n == 0 ||
        !str_to_uint(year, &y) || !str_to_uint(month, &m) ||
        !str_to_uint(day, &d) || !date_is_valid((int)y, (int)m, (int)d))
        return (str){ 0 };
    struct date date = { .year = (int16_t)y,
                         .month = (uint8_t)m,
                         .day = (uint8_t)d };
    return linkkey_date_slug(&date, slug, a);
}

static bool is_list_of_posts(str dir)
{
    static const str names[] = { STR_INIT("tag"),      STR_INIT("tags"),
                                 STR_INIT("category"), STR_INIT("categories"),
                                 STR_INIT("author"),   STR_INIT("authors"),
                                 STR_INIT("search"),   STR_INIT("page"),
                                 STR_INIT("archive") };

    while (dir.n > 0) {
        str name = cut_last(&dir);
        if (STR_IS_AMONG(name, names))
            return true;
        if (str_eq(dir, S("/")))
            break;
    }
    return false;
}

str linkkey_slug(str path, struct arena *a)
{
    str s = linkkey_path(path, a);

    return is_list_of_posts(path_dir(s)) ? (str){ 0 } : path_base(s);
}

static bool is_hex(char c)
{
    int l = ascii_lower((unsigned char)c);
    return ascii_is_digit(l) || (l >= 'a' && l <= 'f');
}

str linkkey_hyphened(str s, struct arena *a)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '%' && i + 2 < s.n && is_hex(s.p[i + 1]) && is_hex(s.p[i + 2]))
            buf_putc(&b, '-');
        else if (c >= 0x80)
            buf_printf(&b, "-%02x", c);
        else
            buf_putc(&b, (char)c);
    }
    str out = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return out;
}

str linkkey_permalink(str text, struct arena *a)
{
    struct address ad = address_parse(text, a);
    str path = linkkey_path(ad.path, a);

    if (ad.other_scheme || str_find_char(ad.path, ':') != STR_NONE)
        return (str){ 0 };
    if (!ad.absolute)
        return path;
    return arena_printf(a, "//%.*s/%.*s", STR_ARG(ad.host), STR_ARG(path));
}
