/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "convert/html5.h"
#include "convert/markdown.h"
#include "convert/source.h"
#include "spec_file.h"

static const struct post post = { .path = { "post.md", 7 }, .body_line = 1 };

/* HTML without the marks, as the examples have it. */
static str without_marks(str html, struct arena *a)
{
    char *p = arena_bytes(a, html.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < html.n; i++) {
        if (html.p[i] != HTML5_MARK)
            p[n++] = html.p[i];
        else
            while (html.p[i] != ';')
                i++;
    }
    return (str){ p, n };
}

static str convert(const char *text, const struct post *from, struct arena *a,
                   struct diag *dg)
{
    struct markdown *md = markdown_new();
    str html = markdown_to_html(md, str_of(text), from, a, dg);

    html = arena_dup(a, html);
    markdown_free(md);
    return html;
}

static void check_example(const struct spec_example *x, struct arena *a)
{
    struct diag dg;

    diag_init(&dg, a);
    const char *input = arena_cstr(a, x->input);
    str html = without_marks(convert(input, &post, a, &dg), a);
    assert_string_equal(arena_cstr(a, str_trim(html)),
                        arena_cstr(a, str_trim(x->want)));
}

static void examples(void **state)
{
    static const struct {
        const char *name;
        unsigned least;
    } files[] = {
        { "cjk-emphasis.txt", 12 },
        { "definition-lists.txt", 4 },
        { "lone-markers.txt", 5 },
        { "lenient-emphasis.txt", 20 },
        { "markdown-in-html.txt", 18 },
        { "shortcodes.txt", 31 },
        { "tables.txt", 3 },
        { "word-tags.txt", 4 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        assert_true(spec_run(files[i].name, check_example) >= files[i].least);
}

static const struct {
    const char *text, *want;
} marks[] = {
    { "a\n\nb\n", "\33"
                  "11;<p>a</p>\n\33"
                  "13;<p>b</p>\n" },
    { "<div>\nx\n</div>\n\n# h\n", "\33"
                                   "11;<div>\nx\n</div>\n\33"
                                   "15;<h1>h</h1>\n" },
    /* The code needs a line more than it had. */
    { "a {% highlight c %}x\ny{% endhighlight %}\n\nb\n",
      "\33"
      "11;<p>a</p>\n\33"
      "11;<pre><code class=\"language-c\">x\ny\n"
      "</code></pre>\n\33"
      "14;<p>b</p>\n" },
    /* Every row is a line, whatever stands in front of the table. */
    { "x\n|a|\n|:-|\n|b|\n|c|\n",
      "<p>x</p>\n\33"
      "12;<table>\n<thead>\n\33"
      "12;<tr>\n\33"
      "12;<th align=\"left\">a</th>\n</tr>\n</thead>\n<tbody>\n\33"
      "14;<tr>\n\33"
      "14;<td align=\"left\">b</td>\n</tr>\n\33"
      "15;<tr>\n\33"
      "15;<td align=\"left\">c</td>\n</tr>\n</tbody>\n</table>\n" },
};

static void lines_are_marked(void **state)
{
    struct post at = post;
    struct arena a;
    struct diag dg;

    (void)state;
    arena_init(&a);
    diag_init(&dg, &a);
    at.body_line = 11;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        str html = convert(marks[i].text, &at, &a, &dg);
        assert_string_equal(arena_cstr(&a, html), marks[i].want);
    }
    arena_done(&a);
}

static const char *repeat(struct arena *a, const char *s, size_t n)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < n; i++)
        buf_puts(&b, s);
    const char *all = arena_cstr(a, buf_str(&b));
    buf_done(&b);
    return all;
}

static void deep_nesting_is_flattened(void **state)
{
    static const char *const markers[] = { ">", "- ", "1. ", "> - " };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof markers / sizeof *markers; i++) {
        struct diag dg;
        diag_init(&dg, &a);
        str text = arena_join(&a, str_of(repeat(&a, markers[i], 20000)),
                              S("the end"));
        str html = convert(arena_cstr(&a, text), &post, &a, &dg);
        assert_true(str_find(html, S("the end")) != STR_NONE);
        assert_non_null(dg.first);
        assert_int_equal(dg.first->code, DIAG_HTML_TOO_DEEP);
        assert_int_equal(dg.first->line, 1);
        assert_null(dg.first->next);
    }
    arena_done(&a);
}

static void big_table_is_text(void **state)
{
    struct arena a;
    struct diag dg;

    (void)state;
    arena_init(&a);
    diag_init(&dg, &a);
    const char *text = arena_cstr(
        &a, arena_printf(&a, "intro\n\n|%s\n|%s\n%s", repeat(&a, "a|", 20000),
                         repeat(&a, "-|", 20000), repeat(&a, "|x<y|\n", 2000)));
    str html = convert(text, &post, &a, &dg);
    assert_true(str_find(html, S("<table")) == STR_NONE);
    assert_true(str_find(html, S("x&lt;y")) != STR_NONE);
    assert_non_null(dg.first);
    assert_int_equal(dg.first->code, DIAG_TABLE_TOO_BIG);
    assert_int_equal(dg.first->line, 3);
    arena_done(&a);
}

/* A table of ordinary size is none of that. */
static void table_stays(void **state)
{
    struct arena a;
    struct diag dg;

    (void)state;
    arena_init(&a);
    diag_init(&dg, &a);
    str html = convert("|a|b|\n|-|-|\n|c|d|\n", &post, &a, &dg);
    assert_true(str_find(html, S("<td>d</td>")) != STR_NONE);
    assert_null(dg.first);
    arena_done(&a);
}

static void giant_line_stays(void **state)
{
    struct arena a;
    struct diag dg;

    (void)state;
    arena_init(&a);
    diag_init(&dg, &a);
    const char *line = repeat(&a, "*a* <b ", 1u << 20);
    str html = convert(line, &post, &a, &dg);
    assert_true(html.n > 7u << 20);
    assert_non_null(dg.first);
    assert_int_equal(dg.first->code, DIAG_TEXT_TOO_BIG);
    assert_true(str_ends(str_trim(html), S("*a* &lt;b </p>")));
    arena_done(&a);
}

/* Millions of little paragraphs would take gigabytes. */
static void endless_post_is_capped(void **state)
{
    struct arena a;
    struct diag dg;

    (void)state;
    arena_init(&a);
    diag_init(&dg, &a);
    str html = convert(repeat(&a, "a\n\n", SOURCE_COST + 5), &post, &a, &dg);
    assert_true(str_ends(html, S("<pre>a\n\na\n\na\n\na\n\na\n\n</pre>\n")));
    assert_non_null(dg.first);
    assert_int_equal(dg.first->code, DIAG_TEXT_TOO_BIG);
    assert_int_equal(dg.first->line, 2 * SOURCE_COST + 1);
    arena_done(&a);
}

/* Each is quadratic in cmark-gfm 0.29.0.gfm.6, or was in our own passes: with
 * that this test would run into the time limit. */
static void pathological_texts_end(void **state)
{
    static const char *const pieces[] = {
        "a <?",         "a <!A ",
        "a <![CDATA[",  "a <!--",
        "[a](b",        "](a",
        "![l",          "*a _b ",
        "`a``b",        "<a x=\"",
        "{% ",          "{{ ",
        "[[",           "==a ",
        "{:.a ",        "** ",
        "** a\n",       "<b>\n**",
        "a|b\n",        "a@",
        "~~a ",         "&a",
        "a@b.c ",       "<o:p ",
        "<a x=\"y\"z",  "[^a",
        "[^a]:",        "<!--\n\n",
        ":::a\n",       ":::\n",
        "$$ a\n",       "\\[ a\n",
        "\\begin{a}\n", "$a_",
        "\\(a",         "^[a",
        "@[a](",        "%%a",
        "![a|1](b ",    "{{< a\n",
        "{{< a >}}b\n", "<A b={",
        "<A ",          "{/*",
        "{'a",          "import A from 'a'\n",
        "export {\n",   "a\n: b\n",
        "!!! a\n",      "{.a",
        "{{ a }}",      "{{< note >}}",
        "<A />",        "{% raw %}a{% endraw %}",
    };
    struct post mdx = { .path = { "a.mdx", 5 }, .body_line = 1 };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct diag dg;
        diag_init(&dg, &a);
        const char *text = repeat(&a, pieces[i], 100000);
        str html = convert(text, &post, &a, &dg);
        assert_true(html.n > 0);
        convert(text, &mdx, &a, &dg);
        arena_reset(&a);
    }
    arena_done(&a);
}

/* What a post of Jekyll says of itself, in Markdown and in HTML. */
static void pages_speak_of_themselves(void **state)
{
    const struct post day = { .path = S("a.md"),
                              .title = S("My *day* & a_b"),
                              .date = { .year = 2017, .month = 5, .day = 7 },
                              .body_line = 1 };
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    str html = convert("{{ page.title }}\n===\n\n"
                       "<p>{{page.date | date: \"%Y\"}}</p>\n\n"
                       "<div>{{ post.title }}</div>\n\n"
                       "{{ page.author }} `{{ page.title }}`\n",
                       &day, &a, &dg);
    html = str_trim(without_marks(html, &a));
    assert_string_equal(
        arena_cstr(&a, html),
        "<h1>My *day* &amp; a_b</h1>\n"
        "<p>2017-05-07</p>\n"
        "<div>My &#42;day&#42; &#38; a&#95;b</div>\n"
        "<p>{{ page.author }} <code>{{ page.title }}</code></p>");
    arena_done(&a);
}

/* Of many that begin, the first to be looked at finds the end. */
static void one_end_for_many_starts(void **state)
{
    static const struct {
        const char *piece, *tail;
    } cases[] = {
        { "\\[\n", "\\]\n" },
        { "\\\\[\n", "\\\\]\n" },
        { "\\[ a\n", "x \\] y \\]\n" },
        { "{{< note >}}\n", "{{< /note >}}\n" },
        { "{% raw %}\n", "{% endraw %}\n" },
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diag dg;
        diag_init(&dg, &a);
        const char *many = repeat(&a, cases[i].piece, 100000);
        str text = arena_printf(&a, "%s%s", many, cases[i].tail);
        assert_true(convert(text.p, &post, &a, &dg).n > 0);
        arena_reset(&a);
    }
    arena_done(&a);
}

/* As many imports as tags that look for theirs. */
static void many_imports_end(void **state)
{
    struct post mdx = { .path = { "a.mdx", 5 }, .body_line = 1 };
    struct buf text = { 0 };
    struct arena a;
    struct diag dg;

    (void)state;
    arena_init(&a);
    diag_init(&dg, &a);
    for (int i = 0; i < 50000; i++)
        buf_printf(&text, "import a%d from './%d.png'\n", i, i);
    buf_putc(&text, '\n');
    for (int i = 0; i < 50000; i++)
        buf_printf(&text, "<img src={a%d} />\n", 49999 - i);
    buf_putc(&text, '\0');
    str html = convert(text.p, &mdx, &a, &dg);
    assert_true(str_find(html, S("src=\"./49999.png\"")) != STR_NONE);
    assert_true(str_find(html, S("src=\"./0.png\"")) != STR_NONE);
    buf_done(&text);
    arena_done(&a);
}

static void unknown_shortcodes_are_reported(void **state)
{
    struct arena a;
    struct diag dg;

    (void)state;
    arena_init(&a);
    diag_init(&dg, &a);
    convert("a\n\n{% one %} {{ two }}\n", &post, &a, &dg);
    assert_non_null(dg.first);
    assert_int_equal(dg.first->code, DIAG_SHORTCODE_KEPT);
    assert_int_equal(dg.first->line, 3);
    assert_null(dg.first->next);
    arena_done(&a);
}

static void mdx_programs_vanish(void **state)
{
    struct post mdx = { .path = { "a.mdx", 5 }, .body_line = 1 };
    struct arena a;
    struct diag dg;

    (void)state;
    arena_init(&a);
    diag_init(&dg, &a);
    str html = convert("import A from './a'\n\nimport taxes\n", &mdx, &a, &dg);
    assert_true(str_find(html, S("import")) == STR_NONE);
    html = convert("import taxes\n", &post, &a, &dg);
    assert_true(str_find(html, S("import taxes")) != STR_NONE);
    arena_done(&a);
}

static int set_up(void **state)
{
    (void)state;
    markdown_init();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples),
        cmocka_unit_test(lines_are_marked),
        cmocka_unit_test(deep_nesting_is_flattened),
        cmocka_unit_test(big_table_is_text),
        cmocka_unit_test(table_stays),
        cmocka_unit_test(giant_line_stays),
        cmocka_unit_test(endless_post_is_capped),
        cmocka_unit_test(pathological_texts_end),
        cmocka_unit_test(pages_speak_of_themselves),
        cmocka_unit_test(one_end_for_many_starts),
        cmocka_unit_test(many_imports_end),
        cmocka_unit_test(unknown_shortcodes_are_reported),
        cmocka_unit_test(mdx_programs_vanish),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
