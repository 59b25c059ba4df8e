/* SPDX-License-Identifier: MIT */
#include "book/site.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/path.h"

bool site_is_root(str folder, struct arena *scratch)
{
    static const char *const names[] = {
        "_config.yml",
        "_config.yaml",
        "_config.toml",
        "hugo.toml",
        "hugo.yaml",
        "hugo.yml",
        "hugo.json",
        "config.toml",
        "config.yaml",
        "config.yml",
        "config.json",
        "config/_default",
        "gatsby-config.js",
        "gatsby-config.ts",
        "astro.config.mjs",
        "astro.config.ts",
        "docusaurus.config.js",
        "docusaurus.config.ts",
        ".eleventy.js",
        "eleventy.config.js",
        "eleventy.config.mjs",
        "eleventy.config.ts",
        "next.config.js",
        "next.config.mjs",
        "next.config.ts",
        "quartz.config.ts",
        "mkdocs.yml",
        "pelicanconf.py",
        "conf.py",
        ".vuepress",
        ".vitepress",
        "package.json",
        "Gemfile",
    };

    struct stat st;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        str path = path_join(scratch, folder, str_of(names[i]));
        if (stat(arena_cstr(scratch, path), &st) == 0)
            return true;
    }
    return false;
}

/* Where the generators have what they make pages of. */
static bool holds_posts(str name)
{
    static const str names[] = { STR_INIT("_posts"),      STR_INIT("_drafts"),
                                 STR_INIT("articles"),    STR_INIT("blog"),
                                 STR_INIT("collections"), STR_INIT("content"),
                                 STR_INIT("data"),        STR_INIT("docs"),
                                 STR_INIT("pages"),       STR_INIT("post"),
                                 STR_INIT("posts"),       STR_INIT("source"),
                                 STR_INIT("src") };

    return STR_IS_AMONG(name, names);
}

static str real_path(str path, struct arena *a)
{
    char *real = realpath(arena_cstr(a, path), NULL);
    str copy = arena_dup(a, str_of(real));

    free(real);
    return copy;
}

static bool has_repository(str folder, struct arena *a)
{
    struct stat st;

    return stat(arena_cstr(a, path_join(a, folder, S(".git"))), &st) == 0;
}

/* The folder above AT, as a path; what links make of it is another matter. */
static str above(str at, struct arena *a)
{
    str up = path_normal(a, arena_join(a, at, S("/..")));

    return up.n ? up : S(".");
}

str site_root_of(str folder, unsigned climb, struct arena *a)
{
    str at = folder.n ? folder : S("."), real = real_path(at, a);

    if (site_is_root(at, a))
        return at;
    while (climb-- > 0 && path_dir(real).n > 1 && !has_repository(at, a)) {
        str name = path_base(real);
        real = path_dir(real);
        at = above(at, a);
        if (!str_eq(real_path(at, a), real))
            break;
        if (site_is_root(at, a))
            return holds_posts(name) ? at : (str){ 0 };
    }
    return (str){ 0 };
}

/* Does any folder of REL begin with an underscore? */
static bool is_underlined(str rel)
{
    str dir = path_dir(rel);

    while (dir.n > 0) {
        str name = str_cut(&dir, '/');
        if (str_eq(name, S("_pages")))
            return false;
        if (str_starts(name, S("_")))
            return true;
    }
    return false;
}

static bool is_below_posts(str rel)
{
    str dir = path_dir(rel);

    while (dir.n > 0)
        if (str_eq(str_cut(&dir, '/'), S("_posts")))
            return true;
    return false;
}

/* In a folder whose name says that it holds posts? Its own index is a list of
 * them. */
static bool is_among_posts(str rel)
{
    static const str names[] = { STR_INIT("_posts"), STR_INIT("articles"),
                                 STR_INIT("blog"), STR_INIT("post"),
                                 STR_INIT("posts") };
    str dir = path_dir(rel), stem = path_stem(rel);
    bool found = false, last = false;

    while (dir.n > 0) {
        str name = str_cut(&dir, '/');
        if (str_eq(name, S("pages")))
            return false;
        last = STR_IS_AMONG(name, names);
        found = found || last;
    }
    return found && !(last && (str_eq(stem, S("index")) ||
                               str_starts(stem, S("index."))));
}

static bool is_dated(const struct post *p)
{
    return p->date.year || p->updated.year;
}

void site_look(struct site *s, const struct post *p)
{
    s->dated = s->dated || is_dated(p);
    s->underlined = s->underlined || is_below_posts(p->rel);
}

bool site_is_page(const struct site *s, const struct post *p)
{
    if (s->underlined && !is_underlined(p->rel))
        return true;
    return s->dated && !is_dated(p) && p->tags.n == 0 &&
           !is_among_posts(p->rel);
}
