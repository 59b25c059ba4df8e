/* SPDX-License-Identifier: MIT */
#include "convert/picture_source.h"

#include "base/path.h"
#include "convert/url.h"

#define PIECES  9
#define URL_MAX 2048 /* longer ones hold data, no name */
/* Steps of a match; an address that was made to cost more fits nothing. */
#define STEPS_MAX 20000

struct line {
    str host, pattern, better;
};

/* A list of lines for each kind: three of them are gone through for every
 * picture, with no line in them for almost any. */
#define SOURCE(host, pattern, better)
#define COUNTER(host, pattern)
#define SUBSTITUTE(host, pattern)
#define PLACEHOLDER(pattern)

static const struct line sources[] = {
#undef SOURCE
#define SOURCE(host, pattern, better)                                          \
    { STR_INIT(host), STR_INIT(pattern), STR_INIT(better) },
#include "convert/picture_source.def"
#undef SOURCE
#define SOURCE(host, pattern, better)
};

static const struct line counters[] = {
#undef COUNTER
#define COUNTER(host, pattern) { STR_INIT(host), STR_INIT(pattern), { 0 } },
#include "convert/picture_source.def"
#undef COUNTER
#define COUNTER(host, pattern)
};

static const struct line substitutes[] = {
#undef SUBSTITUTE
#define SUBSTITUTE(host, pattern) { STR_INIT(host), STR_INIT(pattern), { 0 } },
#include "convert/picture_source.def"
#undef SUBSTITUTE
#define SUBSTITUTE(host, pattern)
};

static const struct line placeholders[] = {
#undef PLACEHOLDER
#define PLACEHOLDER(pattern) { { 0 }, STR_INIT(pattern), { 0 } },
#include "convert/picture_source.def"
};

#define LIST(lines) lines, sizeof(lines) / sizeof *(lines)

struct match {
    str pieces[PIECES];
    unsigned n;     /* of pieces */
    unsigned steps; /* taken so far */
};

static bool fits(struct match *m, str pattern, str text);

/* May C be in a run of the kind TOKEN? */
static bool is_in_run(char token, char c)
{
    switch (token) {
    case '#':
        return ascii_is_digit(c);
    case '~':
        return ascii_is_alnum(c);
    case '+':
        return c != '/' && c != '?' && c != '&';
    case '!':
        return c != '&';
    default:
        return true;
    }
}

static bool is_literal(char c)
{
    return c != '#' && c != '~' && c != '+' && c != '!' && c != '*' && c != '(';
}

/* Can PATTERN go on with this? Sees at once what most places of a run fail by.
 */
static bool may_fit(str pattern, str text)
{
    if (pattern.n == 0)
        return text.n == 0;
    return !is_literal(pattern.p[0]) ||
           (text.n > 0 && text.p[0] == pattern.p[0]);
}

/* The plain characters that PATTERN begins with. */
static str leading_text(str pattern)
{
    size_t n = 0;

    while (n < pattern.n && is_literal(pattern.p[n]))
        n++;
    return str_sub(pattern, 0, n);
}

/* A run, the longest first, then what follows it in PATTERN. */
static bool run_fits(struct match *m, str pattern, str text)
{
    char token = pattern.p[0];
    size_t least = token == '*' ? 0 : 1, n = 0;

    pattern = str_from(pattern, 1);
    while (n < text.n && is_in_run(token, text.p[n]))
        n++;
    if (token == '~' && pattern.n > 0 && ascii_is_digit(pattern.p[0])) {
        least = (size_t)(pattern.p[0] - '0');
        n = n < least ? n : least;
        pattern = str_from(pattern, 1);
    }
    /* Most patterns fail by what they have behind their first run. */
    if (str_find(text, leading_text(pattern)) == STR_NONE) {
        m->steps++;
        return false;
    }
    unsigned place = m->n++;
    for (; n + 1 > least && m->steps < STEPS_MAX; n--) {
        str rest = str_from(text, n);
        m->n = place + 1;
        m->pieces[place] = str_sub(text, 0, n);
        if (!may_fit(pattern, rest))
            m->steps++;
        else if (fits(m, pattern, rest))
            return true;
        if (n == 0)
            break;
    }
    return false;
}

/* "(a|b)": whichever makes the rest fit. */
static bool choice_fits(struct match *m, str pattern, str text)
{
    str rest = str_from(pattern, 1), choices = str_cut(&rest, ')');
    unsigned place = m->n++;

    while (choices.n > 0 && m->steps < STEPS_MAX) {
        str one = str_cut(&choices, '|');

        m->n = place + 1;
        m->pieces[place] = str_sub(text, 0, one.n);
        if (str_starts_nocase(text, one) &&
            fits(m, rest, str_from(text, one.n)))
            return true;
    }
    return false;
}

static bool fits(struct match *m, str pattern, str text)
{
    while (pattern.n > 0 && m->steps++ < STEPS_MAX) {
        char c = pattern.p[0];

        if (!is_literal(c))
            return c == '(' ? choice_fits(m, pattern, text)
                            : run_fits(m, pattern, text);
        if (text.n == 0 || text.p[0] != c)
            return false;
        pattern = str_from(pattern, 1);
        text = str_from(text, 1);
    }
    return pattern.n == 0 && text.n == 0;
}

static bool is_wild(char c)
{
    return c == '#' || c == '*';
}

/* The ends are compared first: almost all hosts of the table differ there. */
static bool host_fits(str host, str want)
{
    size_t n = 0; /* of what is the same, from the end */

    while (n < want.n && !is_wild(want.p[want.n - 1 - n])) {
        if (n == host.n || host.p[host.n - 1 - n] != want.p[want.n - 1 - n])
            return false;
        n++;
    }
    if (n < want.n) {
        struct match m = { 0 };
        return fits(&m, want, host);
    }
    return n == 0 || n == host.n || host.p[host.n - 1 - n] == '.';
}

/* A clean address in its parts: "https://host", "host", "/path?query". */
struct parts {
    str site, host, tail, path;
};

static struct parts cut_url(str url)
{
    size_t at = str_find(url, S("://"));
    str rest = str_from(url, at + 3), tail;
    size_t end = 0;

    while (end < rest.n && rest.p[end] != '/' && rest.p[end] != '?')
        end++;
    str host = str_sub(rest, 0, end);
    tail = str_from(rest, end);
    str path = tail;
    return (struct parts){ .site = str_sub(url, 0, at + 3 + end),
                           .host = str_cut(&host, ':'),
                           .tail = tail,
                           .path = str_cut(&path, '?') };
}

static bool line_fits(const struct line *l, const struct parts *u,
                      struct match *m)
{
    if (!host_fits(u->host, l->host))
        return false;
    bool query = str_find_char(l->pattern, '?') != STR_NONE;
    *m = (struct match){ 0 };
    if (query && u->tail.n == u->path.n)
        return false;
    return fits(m, l->pattern, query ? u->tail : u->path);
}

/* The first of N lines that fits, or NULL; *M gets its pieces. */
static const struct line *find_line(const struct line *lines, size_t n,
                                    const struct parts *u, struct match *m)
{
    for (size_t i = 0; i < n; i++)
        if (line_fits(&lines[i], u, m))
            return &lines[i];
    return NULL;
}

static bool is_listed(const struct line *lines, size_t n, str url)
{
    struct parts u = cut_url(url);
    struct match m;

    return url.n <= URL_MAX && find_line(lines, n, &u, &m);
}

bool picture_is_counter(str url)
{
    return is_listed(LIST(counters), url);
}

bool picture_is_substitute(str url)
{
    return is_listed(LIST(substitutes), url);
}

bool picture_is_placeholder(str written)
{
    str path = str_cut(&written, '?'), name = path_base(str_cut(&path, '#'));
    struct parts u = { .path = name, .tail = name };
    struct match m;

    return name.n <= URL_MAX && find_line(LIST(placeholders), &u, &m);
}

/* PATTERN with the pieces in it. */
static str fill(str pattern, const struct match *m, struct arena *a)
{
    str out = S("");

    while (pattern.n > 0) {
        size_t at = str_find_char(pattern, '$');

        if (at == STR_NONE)
            return arena_join(a, out, pattern);
        out = arena_join(a, out, str_sub(pattern, 0, at));
        pattern = str_from(pattern, at + 1);
        bool decode = pattern.p[0] == '%';
        pattern = str_from(pattern, decode);
        str piece = m->pieces[pattern.p[0] - '1'];
        out = arena_join(a, out,
                         decode ? path_percent_decode(a, piece) : piece);
        pattern = str_from(pattern, 1);
    }
    return out;
}

static void add(str url, struct arena *a, struct str_vec *out)
{
    if (!str_is_among(url, out->v, out->n))
        *vec_push(out, a) = url;
}

/* Clean, on the web, without a fragment; or empty. */
static str clean(str written, struct arena *a)
{
    str url;

    if (url_clean(written, S(""), a, &url) != URL_WEB ||
        !str_starts(url, S("http")))
        return S("");
    return str_cut(&url, '#');
}

static void add_better(str url, unsigned depth, struct arena *a,
                       struct str_vec *out)
{
    struct parts u = cut_url(url);
    struct match m;
    const struct line *l = find_line(LIST(sources), &u, &m);

    for (str rest = l ? l->better : (str){ 0 }; rest.n > 0;) {
        str better = fill(str_cut(&rest, ' '), &m, a);

        if (better.n > 0 && better.p[0] == '/')
            better = arena_join(a, u.site, better);
        better = clean(better, a);
        if (better.n == 0 || str_eq(better, url))
            continue;
        if (depth > 0)
            add_better(better, depth - 1, a, out);
        add(better, a, out);
    }
}

void picture_sources(str written, struct arena *a, struct str_vec *out)
{
    str url = clean(written, a);

    if (url.n == 0)
        return;
    if (url.n <= URL_MAX)
        add_better(url, 1, a, out);
    add(url, a, out);
    /* The page said "as I came myself", and old pages came by http. */
    if (str_starts(str_trim_left(written), S("//")) &&
        str_starts(url, S("https:")))
        add(arena_join(a, S("http:"), str_from(url, 6)), a, out);
}
