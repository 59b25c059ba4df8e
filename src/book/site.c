/* SPDX-License-Identifier: MIT */
#include "book/site.h"

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
           !is_below_posts(p->rel);
}
