/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "book/dates.h"
#include "book/pagesize.h"
#include "book/settings.h"
#include "book/suggest.h"
#include "tempdir.h"

static size_t option(const char *name)
{
    size_t n;
    const struct option_info *options = option_table(&n);

    for (size_t i = 0; i < n; i++)
        if (strcmp(options[i].name, name) == 0)
            return i;
    fail_msg("no option %s", name);
    return 0;
}

static void takes_good_values(void **state)
{
    static const struct {
        const char *name, *text;
        bool ok;
    } cases[] = {
        { "title", "A book", true },
        { "reverse", "", true },
        { "jobs", "4", true },
        { "jobs", "0", false },
        { "jobs", "many", false },
        { "jobs", "-1", false },
        { "jobs", "99999999999", false },
        { "since", "2020", true },
        { "since", "soon", false },
        { "until", "2020-02", true },
        { "tag", "sea", true },
        { "tag", "", false },
        { "page-size", "a5", true },
        { "page-size", "a55", false },
        { "chapter-start", "recto", true },
        { "chapter-start", "verso", false },
        { "dump", "posts", true },
        { "dump", "all", false },
        { "color", "never", true },
        { "color", "blue", false },
        { "epub", "", true },
        { "epub", "x.epub", true },
        { "strict", "no", true },
        { "strict", "maybe", false },
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct settings set;
        str why = { 0 };
        size_t o = option(cases[i].name);
        settings_init(&set, &a);
        bool ok = settings_set(&set, o, str_of(cases[i].text), &why);
        if (ok != cases[i].ok || set.is_set[o] != ok || (why.n > 0) == ok)
            fail_msg("%s=%s", cases[i].name, cases[i].text);
    }
    arena_done(&a);
}

static void fills_the_fields(void **state)
{
    struct arena a;
    struct settings set;
    str why;

    arena_init(&a);
    settings_init(&set, &a);
    settings_set(&set, option("since"), S("2020-02"), &why);
    settings_set(&set, option("until"), S("2020-02"), &why);
    settings_set(&set, option("tag"), S("a"), &why);
    settings_set(&set, option("tag"), S("b"), &why);
    settings_set(&set, option("page-size"), S("b5"), &why);
    settings_set(&set, option("dump"), S("tree"), &why);
    settings_set(&set, option("pdf"), S("x.pdf"), &why);
    settings_set(&set, option("verbose"), S(""), &why);
    assert_int_equal(set.since.day, 1);
    assert_int_equal(set.until.day, 29);
    assert_int_equal(set.tag.n, 2);
    assert_true(set.page_width == 182 && set.page_height == 257);
    assert_int_equal(set.dump, DUMP_TREE);
    assert_true(set.pdf.wanted && !set.epub.wanted && set.verbose);
    assert_true(str_eq(set.pdf.path, S("x.pdf")));
    arena_done(&a);
}

static void reads_page_sizes(void **state)
{
    static const struct {
        const char *in;
        double w, h;
    } cases[] = {
        { "a5", 148, 210 },
        { "A4", 210, 297 },
        { "letter", 215.9, 279.4 },
        { "6x9in", 152.4, 228.6 },
        { "6in x 9in", 152.4, 228.6 },
        { "152x225mm", 152, 225 },
        { "128x188", 128, 188 },
        { "15.2x22.5cm", 152, 225 },
        { "144x216pt", 50.8, 76.2 },
        { "100×150mm", 100, 150 },
        { "10x10", 0, 0 },
        { "2000x100", 0, 0 },
        { "x", 0, 0 },
        { "6x", 0, 0 },
        { "6.5.1x9in", 0, 0 },
        { "-6x9in", 0, 0 },
        { "", 0, 0 },
        { ".x.in", 0, 0 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double w = 0, h = 0;
        bool ok = pagesize_parse(str_of(cases[i].in), &w, &h);
        double dw = w - cases[i].w, dh = h - cases[i].h;
        if (ok != (cases[i].w > 0) || dw * dw + dh * dh > 1e-6)
            fail_msg("%s gives %g x %g", cases[i].in, w, h);
    }
}

static void suggests_names(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {
        { "ebup", "epub" },
        { "titel", "title" },
        { "langauge", "language" },
        { "EPUB", "epub" },
        { "pagesize", "page-size" },
        { "base_url", "base-url" },
        { "outptu", "output" },
        { "zzzzzz", "" },
        { "q", "" },
        { "", "" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str got = str_of(suggest_setting(str_of(cases[i].in)));
        if (!str_eq(got, str_of(cases[i].want)))
            fail_msg("%s gives %.*s", cases[i].in, STR_ARG(got));
    }
    assert_int_equal(suggest_distance(S("abc"), S("")), 3);
    assert_int_equal(suggest_distance(S("ab"), S("ba")), 1);
    assert_int_equal(suggest_distance(S("kitten"), S("sitting")), 3);
}

struct place {
    struct arena a;
    struct diag dg;
    struct settings set;
    str dir;
};

static void place_init(struct place *p, const char *yaml)
{
    arena_init(&p->a);
    diag_init(&p->dg, &p->a);
    settings_init(&p->set, &p->a);
    p->dir = tempdir_new(&p->a);
    *vec_push(&p->set.paths, &p->a) = p->dir;
    if (yaml)
        write_file(arena_printf(&p->a, "%s/book.yaml", p->dir.p).p,
                   str_of(yaml));
}

static void place_done(struct place *p)
{
    tempdir_sweep(p->dir, true);
    arena_done(&p->a);
}

static void reads_the_file(void **state)
{
    struct place p;
    str why;

    place_init(&p, "# settings\n"
                   "titel: x\n"
                   "title: From the file\n"
                   "author: Wren\n"
                   "page_size: a6\n"
                   "tag: [a, b]\n"
                   "css: own.css\n"
                   "epub: true\n"
                   "reverse: yes\n");
    settings_set(&p.set, option("author"), S("Ada"), &why);
    assert_true(settings_read_file(&p.set, &p.dg));
    assert_true(str_eq(p.set.title, S("From the file")));
    assert_true(str_eq(p.set.author, S("Ada")));
    assert_true(p.set.page_width == 105);
    assert_int_equal(p.set.tag.n, 2);
    assert_true(
        str_eq(p.set.css.v[0], arena_printf(&p.a, "%s/own.css", p.dir.p)));
    assert_true(p.set.epub.wanted && p.set.epub.path.n == 0);
    assert_true(p.set.reverse);
    assert_false(p.set.is_set[option("title")]);
    assert_int_equal(p.dg.first->code, DIAG_SETTING_UNKNOWN);
    assert_int_equal(p.dg.first->line, 2);
    assert_true(str_eq(p.dg.first->text,
                       S("unknown setting 'titel', did you mean 'title'?")));
    assert_null(p.dg.first->next);
    place_done(&p);
}

static void refuses_bad_files(void **state)
{
    static const struct {
        const char *yaml;
        unsigned line;
    } cases[] = {
        { "title: x\njobs: many\n", 2 }, { "since: 2020-02-30\n", 1 },
        { "title: [a, b]\n", 1 },        { "title: {a: b}\n", 1 },
        { "\ntitle: 'x\n", 3 },          { "- a\n", 1 },
        { "css: ../other.css\n", 1 },    { "css: [a/../../b.css]\n", 1 },
        { "epub: /etc/passwd\n", 1 },    { "output: ../x\n", 1 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct place p;
        place_init(&p, cases[i].yaml);
        bool ok = settings_read_file(&p.set, &p.dg);
        if (ok || !p.dg.first || p.dg.first->code != DIAG_SETTING_BAD ||
            p.dg.first->line != cases[i].line)
            fail_msg("%s: line %u", cases[i].yaml,
                     p.dg.first ? p.dg.first->line : 0);
        place_done(&p);
    }
}

static void needs_no_file(void **state)
{
    struct place p;

    place_init(&p, NULL);
    assert_true(settings_read_file(&p.set, &p.dg));
    assert_null(p.dg.first);
    place_done(&p);
    place_init(&p, "");
    assert_true(settings_read_file(&p.set, &p.dg));
    place_done(&p);
}

static void names_the_output(void **state)
{
    static const struct {
        const char *path, *output, *wish, *format, *want;
    } cases[] = {
        { "/no/such/post.md", "", "", "epub", "post.epub" },
        { "/", "", "", "epub", "book.epub" },
        { "/usr", "", "", "epub", "usr.epub" },
        { "/usr/", "", "", "pdf", "usr.pdf" },
        { "/usr/lib/..", "", "", "pdf", "usr.pdf" },
        { "/usr", "x", "", "epub", "x.epub" },
        { "/usr", "x.epub", "", "epub", "x.epub" },
        { "/usr", "x.epub", "", "pdf", "x.pdf" },
        { "/usr", "x.y", "", "epub", "x.y.epub" },
        { "/usr", "out/", "", "epub", "out/usr.epub" },
        { "/usr", "x", "y.zip", "epub", "y.zip" },
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct settings set;
        settings_init(&set, &a);
        *vec_push(&set.paths, &a) = str_of(cases[i].path);
        set.output = str_of(cases[i].output);
        set.epub.path = str_of(cases[i].wish);
        str got = settings_output_path(&set, cases[i].format, &a);
        if (!str_eq(got, str_of(cases[i].want)))
            fail_msg("%s gives %.*s", cases[i].want, STR_ARG(got));
    }
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_good_values),
        cmocka_unit_test(fills_the_fields),
        cmocka_unit_test(reads_page_sizes),
        cmocka_unit_test(suggests_names),
        cmocka_unit_test(reads_the_file),
        cmocka_unit_test(refuses_bad_files),
        cmocka_unit_test(needs_no_file),
        cmocka_unit_test(names_the_output),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
