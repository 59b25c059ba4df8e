/* SPDX-License-Identifier: MIT */
/* The cascade over chapters: sharing, languages, inheritance, size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sapling.h"
#include "style/style.h"

static struct styles *cascade(struct arena *a, const char *css,
                              struct chapter *c)
{
    struct diag dg;

    diag_init(&dg, a);
    struct sheet *sh = sheet_new(a);
    sheet_add(sh, str_of(css), S("t.css"), SHEET_OWN, &dg);
    sheet_finish(sh, 0, 0, &dg);
    assert_null(dg.first);
    chapter_number(c);
    return cascade_chapter(sh, c, a);
}

static void test_sharing(void **state)
{
    struct arena a;
    struct chapter c = { .lang_tag = S("ko") };

    arena_init(&a);
    c.root = sapling(&a, "(section.chapter (p \"1\") (p.x \"2\") (p.same \"3\")"
                         " (div (p \"4\")) (p lang=ko \"5\") (p lang=ja \"6\")"
                         " (p style=\"color: red\" \"7\") (p.red \"8\"))");
    struct styles *st = cascade(&a,
                                ".x { color: blue } .red { color: red } "
                                ".same { color: black }",
                                &c);
    const struct style *p[8];
    size_t n = 0;
    for (struct node *k = c.root; k; k = node_next(k, c.root)) {
        if (k->tag == TAG_TEXT)
            assert_ptr_equal(style_of(st, k), style_of(st, k->parent));
        if (k->tag == TAG_P)
            p[n++] = style_of(st, k);
    }
    assert_int_equal(n, 8);
    assert_ptr_not_equal(p[0], p[1]);
    assert_ptr_equal(p[0], p[2]); /* other rules, equal values */
    assert_ptr_equal(p[0], p[3]); /* another parent with equal values */
    assert_ptr_equal(p[0], p[4]); /* the language it has anyway */
    assert_ptr_not_equal(p[0], p[5]);
    assert_int_equal(p[5]->lang_id, LANG_JA);
    assert_ptr_equal(p[6], p[7]);
    assert_int_equal(p[7]->color, 0xFF0000);
    /* section and div have equal styles; then the four kinds of p */
    assert_int_equal(st->n_distinct, 5);
    arena_done(&a);
}

static const struct {
    const char *css, *tree;
    int32_t size, line; /* of the innermost element */
} sizes[] = {
    { ":root { font-size: 10pt; line-height: 16pt }", "(section (p \"x\"))",
      10000, 16000 },
    { ":root { font-size: 10pt } p { font-size: 1.5em }", "(section (p \"x\"))",
      15000, 18000 },
    { ":root { font-size: 10pt } div { font-size: 2em } p { font-size: 1rem }",
      "(section (div (p \"x\")))", 10000, 12000 },
    { ":root { font-size: 2rem }", "(section)", 24000, 28800 },
    { "p { font-size: larger } b { font-size: 50% }", "(section (p (b \"x\")))",
      7200, 8640 },
    { "p { font-size: 0 }", "(section (p \"x\"))", 1000, 1200 },
    { "p { font-size: 1e9pt }", "(section (p \"x\"))", 1000000, 1200000 },
    { ":root { line-height: 16pt } p { line-height: 2lh }",
      "(section (p \"x\"))", 12000, 32000 },
    { ":root { line-height: 16pt } p { line-height: inherit } "
      "div { line-height: 3; font-size: 10pt }",
      "(section (div (p \"x\")))", 10000, 30000 },
    { "h1 { font-size: initial }", "(section (h1 \"x\"))", 12000, 14400 },
};

static void test_sizes(void **state)
{
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct arena a;
        struct chapter c = { .lang_tag = S("en") };
        arena_init(&a);
        c.root = sapling(&a, sizes[i].tree);
        struct styles *st = cascade(&a, sizes[i].css, &c);
        const struct style *s = st->of[st->n - 1];
        assert_int_equal(s->font_size, sizes[i].size);
        assert_int_equal(s->line_height, sizes[i].line);
        arena_done(&a);
    }
}

static void test_bolder(void **state)
{
    static const struct {
        const char *css;
        uint32_t want;
    } cases[] = {
        { "p { font-weight: 300 } b { font-weight: bolder }", 400 },
        { "p { font-weight: 500 } b { font-weight: bolder }", 700 },
        { "p { font-weight: 700 } b { font-weight: bolder }", 900 },
        { "p { font-weight: 900 } b { font-weight: lighter }", 700 },
        { "p { font-weight: 400 } b { font-weight: lighter }", 100 },
        { "", 700 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena a;
        struct chapter c = { .lang_tag = S("en") };
        arena_init(&a);
        c.root = sapling(&a, "(section (p (b \"x\")))");
        struct styles *st = cascade(&a, cases[i].css, &c);
        assert_int_equal(st->of[2]->font_weight, cases[i].want);
        arena_done(&a);
    }
}

static void test_lengths(void **state)
{
    assert_int_equal(
        length_resolve((struct length){ LENGTH_MP, -5000 }, 100, 7), -5000);
    assert_int_equal(
        length_resolve((struct length){ LENGTH_PERCENT, 50000 }, 3001, 7),
        1501);
    assert_int_equal(length_resolve((struct length){ LENGTH_AUTO, 0 }, 3001, 7),
                     7);
}

/* Wide, deep, and with many classes: all of it in a blink. */
static void test_large(void **state)
{
    struct arena a;
    struct chapter c = { .lang_tag = S("en") };

    arena_init(&a);
    c.root = node_new(&a, TAG_SECTION, 1);
    struct node *at = c.root;
    for (int i = 0; i < 500; i++) {
        struct node *d = node_new(&a, TAG_DIV, 1);
        node_append(at, d);
        at = d;
    }
    for (int i = 0; i < 100000; i++) {
        struct node *p = node_new(&a, i % 3 ? TAG_P : TAG_SPAN, 1);
        node_set(p, &a, ATTR_CLASS, i % 2 ? S("a b") : S("c"));
        node_append(at, p);
    }
    struct styles *st = cascade(
        &a,
        "section > div p.a { color: red } div div .b { orphans: 5 }"
        " .c + .a { widows: 7 } p:first-of-type { color: blue }"
        " :lang(en) .zz { color: red }",
        &c);
    assert_int_equal(st->n, 100501);
    assert_true(st->n_distinct < 12);
    assert_int_equal(style_of(st, at->last)->orphans, 5);
    assert_int_equal(style_of(st, at->last)->widows, 7);
    assert_int_equal(style_of(st, at->last->prev)->orphans, 2);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sharing), cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_bolder),  cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_large),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
