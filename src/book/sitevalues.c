/* SPDX-License-Identifier: MIT */
#include "book/sitevalues.h"

#include "book/fields.h"
#include "book/plain.h"

/* Where a fact stands, best first. "*" is the site's own language. */
static const struct {
    enum site_fact fact;
    const char *path;
} places[] = {
#define PLACE(fact, path) { SITE_##fact, path },
#include "book/sitevalues.def"
#undef PLACE
};

/* What generators and themes put there for a start. */
static const str samples[] = {
    STR_INIT("Hexo"),
    STR_INIT("John Doe"),
    STR_INIT("My New Hugo Site"),
    STR_INIT("My New Hugo Project"),
    STR_INIT("My Site"),
    STR_INIT("Site Title"),
    STR_INIT("Site Name"),
    STR_INIT("Title"),
    STR_INIT("Your Name"),
    STR_INIT("Your name here"),
    STR_INIT("Your Title"),
    STR_INIT("Your awesome title"),
    STR_INIT("your_full_name"),
    STR_INIT("A Pelican Blog"),
    STR_INIT("Astro Blog"),
    STR_INIT("AstroPaper"),
    STR_INIT("Fuwari"),
    STR_INIT("Next.js Starter Blog"),
    STR_INIT("\U0001FAB4 Quartz 4"),
    STR_INIT("\U0001FAB4 Quartz 4.0"),
    STR_INIT("GitHub Username"),
};

/* The same of addresses: nobody's blog is there. */
static const str sample_hosts[] = {
    STR_INIT("example.com"),
    STR_INIT("www.example.com"),
    STR_INIT("example.org"),
    STR_INIT("www.example.org"),
    STR_INIT("example.net"),
    STR_INIT("localhost"),
    STR_INIT("yoursite.com"),
    STR_INIT("your-site.com"),
    STR_INIT("your-domain.com"),
    STR_INIT("yourdomain.com"),
    STR_INIT("your-url.com"),
    STR_INIT("127.0.0.1"),
    STR_INIT("0.0.0.0"),
    STR_INIT("your-docusaurus-site.example.com"),
    STR_INIT("astro-paper.pages.dev"),
    STR_INIT("tailwind-nextjs-starter-blog.vercel.app"),
    STR_INIT("your-github-username.github.io"),
};

static const struct {
    str name, tag;
} languages[] = {
    { STR_INIT("kr"), STR_INIT("ko") },
    { STR_INIT("korean"), STR_INIT("ko") },
    { STR_INIT("jp"), STR_INIT("ja") },
    { STR_INIT("japanese"), STR_INIT("ja") },
    { STR_INIT("cn"), STR_INIT("zh-Hans") },
    { STR_INIT("tw"), STR_INIT("zh-Hant") },
    { STR_INIT("chinese"), STR_INIT("zh") },
    { STR_INIT("english"), STR_INIT("en") },
    { STR_INIT("german"), STR_INIT("de") },
    { STR_INIT("french"), STR_INIT("fr") },
    { STR_INIT("spanish"), STR_INIT("es") },
};

#define N_OF(table) (sizeof(table) / sizeof *(table))

static bool is_known_length(size_t n, bool first)
{
    return n >= (first ? 2u : 1u) && n <= (first ? 3u : 8u);
}

/* BCP 47, 2.1, as far as names of languages are told from tags. */
static bool is_tag(str s)
{
    for (bool first = true; s.n > 0; first = false) {
        str part = str_cut(&s, '-');
        if (!is_known_length(part.n, first))
            return false;
        for (size_t i = 0; i < part.n; i++)
            if (first ? !ascii_is_alpha((unsigned char)part.p[i])
                      : !ascii_is_alnum((unsigned char)part.p[i]))
                return false;
    }
    return true;
}

/* RFC 5646, 2.1.1: a script is written "Hans", a region "KR". */
static str tidy_tag(str tag, struct arena *a)
{
    char *p = arena_bytes(a, tag.n + 1);
    size_t start = 0;

    for (size_t i = 0; i <= tag.n; i++) {
        if (i < tag.n && tag.p[i] != '-') {
            p[i] = (char)ascii_lower((unsigned char)tag.p[i]);
            continue;
        }
        size_t n = i - start;
        for (size_t k = start; start > 0 && (n == 2 || n == 4) && k < i; k++)
            if (p[k] >= 'a' && p[k] <= 'z' && (n == 2 || k == start))
                p[k] = (char)(p[k] - 'a' + 'A');
        p[i] = i < tag.n ? '-' : '\0';
        start = i + 1;
    }
    return (str){ p, tag.n };
}

str sitevalue_language(str name, struct arena *a)
{
    str rest = str_trim(name), tag = str_cut(&rest, '.');
    char *p = arena_bytes(a, tag.n + 1);

    for (size_t i = 0; i < tag.n; i++)
        p[i] = tag.p[i] == '_' ? '-' : tag.p[i];
    tag = (str){ p, tag.n };
    for (size_t i = 0; i < N_OF(languages); i++)
        if (str_eq_nocase(tag, languages[i].name))
            return languages[i].tag;
    if (!is_tag(tag))
        return (str){ 0 };
    /* "kr-KR" */
    rest = tag;
    str first = str_cut(&rest, '-');
    for (size_t i = 0; i < 3 && rest.n; i++)
        if (str_eq_nocase(first, languages[i].name))
            tag = arena_printf(a, "%.*s-%.*s", STR_ARG(languages[i].tag),
                               STR_ARG(rest));
    return tidy_tag(tag, a);
}

/* The language that Hugo's languages.* are looked up for. */
static str own_language(const struct value *root)
{
    const struct value *v = value_find(root, S("defaultContentLanguage"));

    return v && v->kind == VALUE_TEXT ? v->text : S("en");
}

static const struct value *find_path(const struct value *root, str path)
{
    const struct value *v = root;

    while (v && path.n > 0) {
        str key = str_cut(&path, '.');
        v = value_find(v, str_eq(key, S("*")) ? own_language(root) : key);
    }
    return v;
}

/* Of a person its name, of several languages the first. */
static str text_of(const struct value *v, enum site_fact fact, struct arena *a)
{
    str all = { 0 };

    if (v && v->kind == VALUE_LIST) {
        for (const struct value *item = v->first; item; item = item->next) {
            str one = item->kind == VALUE_LIST ? S("") : text_of(item, fact, a);
            if (one.n && fact != SITE_AUTHOR)
                return one;
            if (one.n)
                all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all),
                                   all.n ? ", " : "", STR_ARG(one));
            if (all.n > SITE_VALUE_MAX)
                break;
        }
        return all;
    }
    if (v && v->kind == VALUE_MAP)
        v = value_find(v, S("name"));
    if (!v || v->kind != VALUE_TEXT ||
        (!v->quoted && (field_is_true(v) || field_is_false(v))))
        return all;
    return plain_entities(plain_text(v->text, a), a);
}

static bool is_web(str s)
{
    return str_starts_nocase(s, S("http://")) ||
           str_starts_nocase(s, S("https://"));
}

static str without_slashes(str s)
{
    while (s.n > 0 && s.p[s.n - 1] == '/')
        s.n--;
    return s;
}

/* Blanks would be several addresses; and a host must be some blog's. */
static bool is_address(str url)
{
    str host = str_from(url, str_find(url, S("://")) + 3);

    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= ' ' || url.p[i] == ',' ||
            url.p[i] == '"' || url.p[i] == '<')
            return false;
    host = str_sub(host, 0, str_find_char(host, '/'));
    host = str_sub(host, 0, str_find_char(host, ':'));
    return host.n > 0 && !STR_IS_AMONG_NOCASE(host, sample_hosts);
}

/* Jekyll's baseurl goes behind its url; Hexo's root is in it already, as it
 * is in what people who know the one write for the other. */
static str with_path(str url, const struct value *root, struct arena *a)
{
    static const str names[] = { STR_INIT("baseurl"), STR_INIT("root") };

    for (size_t i = 0; i < N_OF(names); i++) {
        str path = text_of(value_find(root, names[i]), SITE_ADDRESS, a);
        path = without_slashes(path);
        if (path.n < 2 || path.p[0] != '/' || str_ends(url, path))
            continue;
        return arena_join(a, url, path);
    }
    return url;
}

/* What V says of FACT, or nothing. */
static str judge(const struct value *v, enum site_fact fact,
                 const struct value *root, struct arena *a)
{
    str text = text_of(v, fact, a);

    switch (fact) {
    case SITE_LANGUAGE:
        return sitevalue_language(text, a);
    case SITE_ADDRESS:
        if (!is_web(text))
            return (str){ 0 };
        text = with_path(without_slashes(text), root, a);
        return is_address(text) ? text : (str){ 0 };
    default:
        return STR_IS_AMONG_NOCASE(text, samples) ? (str){ 0 } : text;
    }
}

str sitevalue_find(const struct value *root, enum site_fact fact,
                   struct arena *a, unsigned *line, bool *too_long)
{
    *too_long = false;
    for (size_t i = 0; i < N_OF(places); i++) {
        if (places[i].fact != fact)
            continue;
        const struct value *v = find_path(root, str_of(places[i].path));
        str text = v ? judge(v, fact, root, a) : (str){ 0 };
        if (text.n == 0)
            continue;
        *line = v->line;
        *too_long = text.n > SITE_VALUE_MAX;
        return *too_long ? (str){ 0 } : text;
    }
    return (str){ 0 };
}
