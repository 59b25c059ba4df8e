/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* nftw, symlink */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "book/authors.h"
#include "book/reader.h"
#include "book/script.h"
#include "book/settings.h"
#include "book/sitefile.h"
#include "book/sitevalues.h"
#include "check.h"
#include "tempdir.h"

struct site {
    struct arena a;
    struct diag dg;
    struct settings set;
    str dir;
};

static void site_init(struct site *s)
{
    arena_init(&s->a);
    diag_init(&s->dg, &s->a);
    settings_init(&s->set, &s->a);
    s->dir = tempdir_new(&s->a);
}

static int remove_entry(const char *path, const struct stat *st, int type,
                        struct FTW *ftw)
{
    return remove(path);
}

static void site_done(struct site *s)
{
    nftw(arena_cstr(&s->a, s->dir), remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    arena_done(&s->a);
}

static const char *in_site(struct site *s, const char *name)
{
    return arena_cstr(&s->a, path_join(&s->a, s->dir, str_of(name)));
}

/* NAME may end in '/': a folder. */
static void put(struct site *s, const char *name, str text)
{
    for (const char *p = strchr(name, '/'); p; p = strchr(p + 1, '/'))
        mkdir(in_site(s, arena_cstr(&s->a, (str){ name, (size_t)(p - name) })),
              0777);
    if (name[strlen(name) - 1] != '/')
        write_file(in_site(s, name), text);
}

static void look(struct site *s, const char *folder)
{
    *vec_push(&s->set.paths, &s->a) = str_of(in_site(s, folder));
    assert_true(settings_read_file(&s->set, &s->dg));
}

static unsigned count(const struct site *s, enum diag_code code)
{
    unsigned n = 0;

    for (const struct diag_item *it = s->dg.first; it; it = it->next)
        n += it->code == code;
    return n;
}

/* One file each; "" is what is not said. */
static const struct {
    const char *name, *text, *title, *author, *language, *url, *description;
} sites[] = {
    { "_config.yml",
      "title: Quay\nsubtitle: low\ndescription: Notes of\n  a quay\n"
      "author:\n  name: Wren\n  url: https://w.example\nlang: ko_KR\n"
      "url: https://quay.example/\nbaseurl: /log/\n",
      "Quay", "Wren", "ko-KR", "https://quay.example/log", "Notes of a quay" },
    { "_config.yaml", "title: A\nlocale: kr\nauthor: [W, name: V]\n", "A",
      "W, V", "ko", "", "" },
    { "_config.yml",
      "title: 小港\nsubtitle: 潮\nlanguage: [zh-tw, en]\nauthor: John Doe\n"
      "url: https://kang.example/log\nroot: /log/\n",
      "小港", "", "zh-TW", "https://kang.example/log", "潮" },
    { "_config.yml", "title: Hexo\nurl: http://example.com\nlanguage: default",
      "", "", "", "", "" },
    { "_config.yml", "title: false\nauthor: {url: x}\nlang: japanese\n", "", "",
      "ja", "", "" },
    { "_config.yml", "title: 'yes'\nurl: javascript:x\nlang: zh-hans\n", "yes",
      "", "zh-Hans", "", "" },
    { "hugo.toml",
      "title = 'Top'\nbaseURL = 'https://port.example/x/'\n"
      "defaultContentLanguage = 'ko'\n[languages.ko]\ntitle = '항구'\n"
      "languageCode = 'ko-kr'\n[languages.en]\ntitle = 'Port'\n"
      "[params.author]\nname = 'Wren'\n",
      "항구", "Wren", "ko-KR", "https://port.example/x", "" },
    { "hugo.yaml",
      "title: P\nlanguageCode: ja\nparams:\n  author: W\n"
      "  description: d\n",
      "P", "W", "ja", "", "d" },
    { "config/_default/hugo.toml", "title = 'P'\n", "P", "", "", "", "" },
    { "config.json",
      "{\"title\": \"P\", \"baseURL\": \"https://p.example/\","
      "\"author\": {\"name\": \"W\"}}",
      "P", "W", "", "https://p.example", "" },
    { "config.json", "{\"title\": \"A program's\"}", "", "", "", "", "" },
    { "config.toml",
      "base_url = 'https://z.example'\ntitle = 'Z'\n"
      "default_language = 'fr'\n[extra]\nauthor = 'W'\n",
      "Z", "W", "fr", "https://z.example", "" },
    { "mkdocs.yml",
      "site_name: Charts\nsite_author: W\nsite_url: https://c.example/\n"
      "theme: {name: x, language: de}\nx: !!python/name:a.b\n",
      "Charts", "W", "de", "https://c.example", "" },
    { "pelicanconf.py",
      "'''\nSITENAME = 'no'\n'''\nimport os\nSITENAME = 'Quay' # here\n"
      "AUTHOR = u\"Wren\"\nif os:\n    AUTHOR = 'no'\nDEFAULT_LANG='nl'\n"
      "SITEURL = os.environ['URL']\nSITESUBTITLE = 'a' + 'b'\n",
      "Quay", "Wren", "nl", "", "" },
    { "docusaurus.config.js",
      "// title: 'no',\nconst other = { title: 'no' };\n"
      "/** title: 'no' */\nconst config = {\n  title: 'Log',\n"
      "  tagline: \"it's low\",\n  url: 'https://l.example',\n"
      "  baseUrl: '/x/',\n  i18n: { defaultLocale: 'ko', locales: ['ko'] },\n"
      "  presets: [['classic', { title: 'no' }]],\n};\n",
      "Log", "", "ko", "https://l.example/x", "it's low" },
    { "gatsby-config.js",
      "module.exports = {\n siteMetadata: {\n  title: `Gull`,\n"
      "  author: { name: `W` },\n  siteUrl: `https://g.example`,\n },\n}",
      "Gull", "W", "", "https://g.example", "" },
    { "src/consts.ts",
      "// SITE_TITLE = 'no'\nexport const SITE_TITLE = 'Kelp';\n"
      "export const SITE_DESCRIPTION: string = \"sea\";\n"
      "export const X = f('no');\n",
      "Kelp", "", "", "", "sea" },
    { "src/consts.js",
      "export const SITE_TITLE = 'Kelp';\n"
      "export const config = { author: 'W' };\n",
      "Kelp", "W", "", "", "" },
    { "src/config.ts",
      "import type { Site } from './types';\n"
      "export const SITE: Site = {\n  website: 'https://k.example/',\n"
      "  author: 'Wren', desc: 'sea', title: 'Kelp', lang: 'ja',\n};\n"
      "export const LOGO = { title: 'no' };\n",
      "Kelp", "Wren", "ja", "https://k.example", "sea" },
    { "data/siteMetadata.js",
      "/** @type {import(\"x\")} */\nconst siteMetadata = {\n"
      "  title: 'Reef',\n  author: 'W',\n  language: 'ko-kr',\n"
      "  siteUrl: 'https://r.example',\n}\n"
      "module.exports = siteMetadata\n",
      "Reef", "W", "ko-KR", "https://r.example", "" },
    { "quartz.config.ts",
      "const config: QuartzConfig = {\n  configuration: {\n"
      "    pageTitle: \"Tide\",\n    locale: \"en-US\",\n  },\n}\n"
      "export default config\n",
      "Tide", "", "en-US", "", "" },
    { "_data/metadata.json",
      "{\"title\": \"Log\", \"url\": \"https://e.example/\","
      "\"language\": \"en\", \"author\": {\"name\": \"W\"}}",
      "Log", "W", "en", "https://e.example", "" },
    { "docs/.vuepress/config.js",
      "import x from 'y'\nexport default defineUserConfig({\n"
      "  title: 'Vue' , lang: 'en-US' })",
      "Vue", "", "en-US", "", "" },
};

static void reads_the_generators(void **state)
{
    for (size_t i = 0; i < N_OF(sites); i++) {
        struct site s;
        site_init(&s);
        put(&s, "package.json", S("{}"));
        put(&s, sites[i].name, str_of(sites[i].text));
        look(&s, ".");
        check_str(s.set.title, sites[i].title);
        check_str(s.set.author, sites[i].author);
        check_str(s.set.site_language, sites[i].language);
        check_str(s.set.base_url, sites[i].url);
        check_str(s.set.description, sites[i].description);
        assert_int_equal(s.set.language.n, 0);
        assert_int_equal(count(&s, DIAG_SITE_BROKEN), 0);
        site_done(&s);
    }
}

/* What is computed is no text. */
static void takes_only_literals(void **state)
{
    static const char *const texts[] = {
        "export default { title: 'a' + b }",
        "export default { title: f('a') }",
        "export default { title: x ? 'a' : 'b' }",
        "export default { title: `a${b}` }",
        "export default { title: 'a\\n' }",
        "export default { title: ['a'] }",
        "export default { x: [{ title: 'a' }] }",
        "export default { x: () => ({ title: 'a' }) }",
        "export default { x: /[{'\"]/, title: 'a' }",
        "export default { x: 'open\n, title: 'a' }",
        "function f() { return { title: 'a' } }",
        "export default f",
        "export default {",
        "",
        "}",
        "'",
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < N_OF(texts); i++) {
        const struct value *root = script_read(str_of(texts[i]), &a);
        const struct value *title = value_find(root, S("title"));
        if (title && title->kind == VALUE_TEXT)
            fail_msg("%s", texts[i]);
    }
    arena_done(&a);
}

static void knows_languages(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {
        { "ko_KR.UTF-8", "ko-KR" },
        { "ko-kr", "ko-KR" },
        { "kr", "ko" },
        { "kr-KR", "ko-KR" },
        { "JP", "ja" },
        { "zh_TW", "zh-TW" },
        { "zh-hant-tw", "zh-Hant-TW" },
        { "cn", "zh-Hans" },
        { "English", "en" },
        { "default", "" },
        { "", "" },
        { "<b>", "" },
        { "e", "" },
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < N_OF(cases); i++)
        check_str(sitevalue_language(str_of(cases[i].in), &a), cases[i].want);
    arena_done(&a);
}

static void others_come_first(void **state)
{
    struct site s;
    size_t title;
    str why;

    site_init(&s);
    put(&s, "_config.yml",
        S("title: C\nauthor: C\nlang: ko\nurl: http://c.de"));
    put(&s, "book.yaml", S("title: B\nauthor: B\n"));
    assert_true(option_find(S("title"), &title));
    assert_true(settings_set(&s.set, title, S("A"), &why));
    look(&s, ".");
    check_str(s.set.title, "A");
    check_str(s.set.author, "B");
    check_str(s.set.base_url, "http://c.de");
    check_str(s.set.site_language, "ko");
    assert_int_equal(count(&s, DIAG_SITE_USED), 1);
    site_done(&s);
}

/* Up to the root of the site, and no further. */
static void climbs_to_the_root(void **state)
{
    static const struct {
        const char *folder, *title;
    } cases[] = {
        { "site/_posts", "S" },        { "site/_posts/2020", "S" },
        { "site/source/_posts", "S" }, { "site/content/posts", "S" },
        { "site/docs/blog", "S" },     { "site/mine", "" },
        { "site/docs/own/posts", "" }, { "other/posts", "" },
        { "repo/posts", "" },
    };

    for (size_t i = 0; i < N_OF(cases); i++) {
        struct site s;
        site_init(&s);
        put(&s, "_config.yml", S("title: T"));
        put(&s, "site/_config.yml", S("title: S"));
        put(&s, "site/docs/own/package.json", S("{}"));
        put(&s, "repo/.git/", S(""));
        put(&s, arena_cstr(&s.a, arena_printf(&s.a, "%s/", cases[i].folder)),
            S(""));
        look(&s, cases[i].folder);
        check_str(s.set.title, cases[i].title);
        site_done(&s);
    }
}

/* Hugo's languages have files of their own. */
static void reads_languages(void **state)
{
    static const struct {
        const char *own, *name, *text, *title, *author, *language;
    } cases[] = {
        { "ko", "languages.toml",
          "[en]\ntitle = 'Port'\n[ko]\ntitle = '항구'\nlanguageCode = 'ko-kr'\n"
          "[ko.params]\nauthor = 'Wren'\n",
          "항구", "Wren", "ko" },
        { "zh-cn", "languages.toml", "[zh]\ntitle = '港'\n", "港", "",
          "zh-CN" },
        { "", "languages.yaml", "ja:\n  title: 港\n", "港", "", "" },
        { "ja", "languages.toml", "[en]\ntitle = 'Port'\n", "", "", "ja" },
        { "zh-cn", "languages.zh-cn.toml",
          "title = '港'\n[params.author]\nname = 'Wren'\n", "港", "Wren",
          "zh-CN" },
        { "", "languages.en.toml",
          "title = 'Port'\nlanguageCode = 'en-gb'\n"
          "[params.author]\nname = 'Your name here'\n",
          "Port", "", "en-GB" },
        { "ko", "languages.en.toml", "title = 'Port'\n", "", "", "ko" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct site s;
        site_init(&s);
        str own = cases[i].own[0]
                      ? arena_printf(&s.a, "defaultContentLanguage = '%s'\n",
                                     cases[i].own)
                      : S("");
        put(&s, "config/_default/hugo.toml",
            arena_printf(&s.a, "%.*stheme = 'x'\n", STR_ARG(own)));
        put(&s, arena_printf(&s.a, "config/_default/%s", cases[i].name).p,
            str_of(cases[i].text));
        look(&s, ".");
        check_str(s.set.title, cases[i].title);
        check_str(s.set.author, cases[i].author);
        check_str(s.set.site_language, cases[i].language);
        site_done(&s);
    }
}

static void stays_inside(void **state)
{
    struct site s;

    site_init(&s);
    put(&s, "site/_posts/", S(""));
    put(&s, "secret", S("title: Secret"));
    assert_int_equal(symlink("../secret", in_site(&s, "site/_config.yml")), 0);
    look(&s, "site");
    assert_int_equal(s.set.title.n, 0);
    assert_int_equal(count(&s, DIAG_SITE_BROKEN), 1);
    site_done(&s);

    site_init(&s);
    put(&s, "site/_posts/", S(""));
    put(&s, "site/_config.yml", S("title: S"));
    s.set.safe = true;
    look(&s, "site/_posts");
    assert_int_equal(s.set.title.n, 0);
    site_done(&s);
}

static str repeat(struct site *s, const char *part, size_t n)
{
    size_t len = strlen(part);
    char *p = arena_bytes(&s->a, n * len);

    for (size_t i = 0; i < n; i++)
        memcpy(p + i * len, part, len);
    return (str){ p, n * len };
}

/* LINE 0: the file as a whole. */
static void refuses(const char *name, str text, unsigned line)
{
    struct site s;

    site_init(&s);
    put(&s, name, text);
    look(&s, ".");
    assert_int_equal(s.set.title.n, 0);
    assert_int_equal(count(&s, DIAG_SITE_BROKEN), 1);
    assert_int_equal(s.dg.first->line, line);
    site_done(&s);
}

static void survives_hostile_files(void **state)
{
    struct site s;

    site_init(&s);
    str bomb = S("a: &a [x,x,x,x,x,x,x,x,x]\n"
                 "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
                 "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                 "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
                 "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\ntitle: x\n");
    refuses("_config.yml", S("title: x\nauthor: [\n"), 3);
    refuses("hugo.toml", S("title = 'x'\nauthor = \n"), 2);
    refuses("hugo.json", S("{\n\"title\": \"x\",\n"), 3);
    refuses("_config.yml", bomb, 5);
    refuses("_config.yml", repeat(&s, "[", 100000), 1);
    refuses("_config.yml",
            arena_join(&s.a, S("title: "), repeat(&s, "long ", 300)), 1);
    refuses("_config.yml", repeat(&s, "# no settings\n", 100000), 0);
    script_read(
        arena_join(&s.a, S("export default "), repeat(&s, "{a:", 99999)), &s.a);
    script_read(repeat(&s, "export default {", 20000), &s.a);
    python_read(repeat(&s, "A = 'x'\n", 50000), &s.a);
    site_done(&s);
}

static void names_authors(void **state)
{
    static const struct {
        const char *in, *want; /* "": no key in it */
    } cases[] = {
        { "w", "Wren" },
        { "[w, v]", "Wren, Vole & Co" },
        { "[w, Tern]", "Wren, Tern" },
        { "[{key: v, title: x}]", "Vole & Co" },
        { "{name: w}", "" },
        { "Tern", "" },
        { "[]", "" },
        { "x", "" },
    };
    struct site s;
    struct authors au;
    struct read_error err;

    site_init(&s);
    put(&s, "_data/authors.yml", S("w: {name: Wren}\nx: y\nt: {name: []}\n"));
    put(&s, "blog/authors.yml", S("v:\n  name: Vole &amp; Co\nw: {name: No}"));
    authors_read(&au, s.dir, s.dir, &s.a, &s.dg);
    for (size_t i = 0; i < N_OF(cases); i++)
        check_str(authors_of(&au, yaml_read(str_of(cases[i].in), 1, &s.a, &err),
                             &s.a),
                  cases[i].want);
    assert_null(s.dg.first);
    check_str(authors_name(&au, S("w")), "Wren");
    check_str(authors_name(&au, S("t")), "t");

    put(&s, "authors.yml", S("w: {name: First\n"));
    put(&s, "_data/authors.yaml", repeat(&s, "{a: ", 100000));
    authors_read(&au, s.dir, s.dir, &s.a, &s.dg);
    assert_int_equal(count(&s, DIAG_SITE_BROKEN), 2);
    check_str(authors_name(&au, S("w")), "Wren");
    site_done(&s);
}

static void takes_no_huge_file(void **state)
{
    struct site s;

    site_init(&s);
    put(&s, "_config.yml", S("title: x\n"));
    assert_int_equal(truncate(in_site(&s, "_config.yml"), 100 << 20), 0);
    look(&s, ".");
    assert_int_equal(s.set.title.n, 0);
    assert_int_equal(count(&s, DIAG_SITE_BROKEN), 1);
    site_done(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_generators),
        cmocka_unit_test(takes_only_literals),
        cmocka_unit_test(knows_languages),
        cmocka_unit_test(others_come_first),
        cmocka_unit_test(climbs_to_the_root),
        cmocka_unit_test(reads_languages),
        cmocka_unit_test(stays_inside),
        cmocka_unit_test(survives_hostile_files),
        cmocka_unit_test(names_authors),
        cmocka_unit_test(takes_no_huge_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
