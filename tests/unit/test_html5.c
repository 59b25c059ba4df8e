/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "convert/html5.h"
#include "spec_file.h"

static const struct post post = { .path = { "post.md", 7 }, .body_line = 1 };

static void put_element(struct buf *out, const struct soup *e)
{
    buf_printf(out, "%s%.*s", e->tag == SOUP_UNKNOWN ? "? " : "",
               STR_ARG(e->name));
    for (const struct soup_attr *x = e->attrs; x; x = x->next)
        buf_printf(out, " %.*s=%.*s", STR_ARG(x->name), STR_ARG(x->value));
    if (e->foreign)
        buf_puts(out, " svg");
    if (e->source.n > 0)
        buf_printf(out, " %.*s", STR_ARG(e->source));
    buf_puts(out, e->closed ? " /\n" : "\n");
}

/* The tree of HTML as lines, from A. */
static const char *tree_of(str html, struct arena *a)
{
    struct buf out = { 0 };
    struct diag dg;

    diag_init(&dg, a);
    struct soup *root = html5_parse(html, &post, a, &dg);
    for (const struct soup *e = soup_next(root, root); e;
         e = soup_next(e, root)) {
        buf_printf(&out, "%*s", (int)(e->depth - 1) * 2, "");
        if (e->tag == SOUP_TEXT)
            buf_printf(&out, "\"%.*s\"\n", STR_ARG(e->text));
        else
            put_element(&out, e);
    }
    const char *tree = arena_cstr(a, str_trim(buf_str(&out)));
    buf_done(&out);
    return tree;
}

static void check_example(const struct spec_example *x, struct arena *a)
{
    assert_string_equal(tree_of(str_trim(x->input), a),
                        arena_cstr(a, str_trim(x->want)));
}

static void examples(void **state)
{
    (void)state;
    assert_true(spec_run("html5.txt", check_example) >= 9);
}

static void lines_come_from_marks(void **state)
{
    static const str html = STR_INIT("\33"
                                     "5;<p>a\n<b>b</b></p>\n"
                                     "\33"
                                     "90;<i\n x=y>c</i>\n<u>d</u>");
    static const struct {
        enum soup_tag tag;
        unsigned line;
    } want[] = { { SOUP_P, 5 }, { SOUP_B, 6 }, { SOUP_I, 90 }, { SOUP_U, 92 } };
    struct arena a;
    struct diag dg;
    size_t n = 0;

    (void)state;
    arena_init(&a);
    diag_init(&dg, &a);
    struct soup *root = html5_parse(html, &post, &a, &dg);
    for (const struct soup *e = root; e; e = soup_next(e, root)) {
        for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
            if (e->tag != want[i].tag)
                continue;
            assert_int_equal(e->line, want[i].line);
            n++;
        }
        if (e->tag == SOUP_TEXT)
            assert_true(str_find_char(e->text, HTML5_MARK) == STR_NONE);
    }
    assert_int_equal(n, sizeof want / sizeof *want);
    arena_done(&a);
}

static str repeat(struct arena *a, const char *s, size_t n)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < n; i++)
        buf_puts(&b, s);
    str all = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return all;
}

static bool has_code(const struct diag *dg, enum diag_code code)
{
    for (const struct diag_item *it = dg->first; it; it = it->next)
        if (it->code == code)
            return true;
    return false;
}

static void deep_trees_are_flattened(void **state)
{
    static const char *const tags[] = { "<div>",    "<b>",      "<table>",
                                        "<ul><li>", "<button>", "<svg>",
                                        "<x>",      "<dl><dd>" };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        struct diag dg;
        diag_init(&dg, &a);
        str html = arena_join(&a, repeat(&a, tags[i], 100000), S("the end"));
        struct soup *root = html5_parse(html, &post, &a, &dg);
        for (const struct soup *e = root; e; e = soup_next(e, root))
            assert_true(e->depth <= SOUP_MAX_DEPTH);
        assert_true(str_ends(soup_plain_text(root, &a), S("the end")));
        assert_true(has_code(&dg, DIAG_HTML_TOO_DEEP));
        arena_reset(&a);
    }
    arena_done(&a);
}

/* What nobody closes is no reason to drop anything: real posts do it. */
static void unclosed_paragraphs_are_not_deep(void **state)
{
    static const char *const tags[] = {
        "<p>a",         "<ul><li>a<li>b</ul>",           "<p><span>a</p>",
        "<div>a</div>", "<table><tr><td>a<td>b</table>", "<dl><dt>a<dd>b</dl>"
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        struct diag dg;
        diag_init(&dg, &a);
        html5_parse(repeat(&a, tags[i], 2000), &post, &a, &dg);
        assert_null(dg.first);
        arena_reset(&a);
    }
    arena_done(&a);
}

static void big_tags_are_cut(void **state)
{
    struct buf b = { 0 };
    struct arena a;
    struct diag dg;

    (void)state;
    arena_init(&a);
    diag_init(&dg, &a);
    str html = arena_printf(&a, "<p title=\"%.*s\">text</p>",
                            STR_ARG(repeat(&a, "\xea\xb0\x80", 3500000)));
    struct soup *root = html5_parse(html, &post, &a, &dg);
    str title = soup_attr(root->first, S("title"));
    assert_true(title.n >= 1000000 && title.n <= 1 << 20);
    assert_int_equal(title.n % 3, 0);
    assert_true(has_code(&dg, DIAG_HTML_TOO_BIG));
    assert_true(str_eq(soup_plain_text(root, &a), S("text")));

    diag_init(&dg, &a);
    buf_puts(&b, "<p");
    for (int i = 0; i < 4000; i++)
        buf_printf(&b, " a%d=%d", i, i);
    buf_puts(&b, ">text</p>");
    root = html5_parse(buf_str(&b), &post, &a, &dg);
    assert_true(str_eq(soup_attr(root->first, S("a9")), S("9")));
    assert_true(has_code(&dg, DIAG_HTML_TOO_BIG));
    assert_true(str_eq(soup_plain_text(root, &a), S("text")));
    buf_done(&b);
    arena_done(&a);
}

/* Every paragraph would repeat all of them. */
static void open_formatting_is_bounded(void **state)
{
    struct buf b = { 0 };
    struct arena a;
    struct diag dg;
    size_t n = 0;

    (void)state;
    arena_init(&a);
    diag_init(&dg, &a);
    for (int i = 0; i < 5000; i++)
        buf_printf(&b, "<p><b id=%d>x</p>", i);
    struct soup *root = html5_parse(buf_str(&b), &post, &a, &dg);
    for (const struct soup *e = root; e; e = soup_next(e, root))
        n++;
    assert_true(n < 1000000);
    assert_int_equal(soup_plain_text(root, &a).n, 5000);
    assert_true(has_code(&dg, DIAG_HTML_TOO_DEEP));
    buf_done(&b);
    arena_done(&a);
}

static void long_texts_come_back(void **state)
{
    struct arena a;
    struct diag dg;

    (void)state;
    arena_init(&a);
    diag_init(&dg, &a);
    str text = repeat(&a, "word\n", 20000);
    str html = arena_printf(&a, "<p>%.*s&amp;%.*s<b>x</b></p>", STR_ARG(text),
                            STR_ARG(text));
    struct soup *root = html5_parse(html, &post, &a, &dg);
    struct soup *p = root->first;
    assert_int_equal(p->first->tag, SOUP_TEXT);
    assert_int_equal(p->first->text.n, 2 * text.n + 1);
    assert_int_equal(p->first->text.p[text.n], '&');
    assert_int_equal(p->last->tag, SOUP_B);
    assert_int_equal(p->last->line, 40001);
    arena_done(&a);
}

/* Tag soup of the kinds that treat text in ways of their own. */
static str random_soup(struct arena *a, uint64_t *seed)
{
    static const char *const pieces[] = {
        "A text that is long enough to be held. ",
        "\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4 \xec\x83\x88 \xea\xb8\x80 ",
        " a &quot;quoted&quot; word &lt;of&gt; R&amp;D and it&#39;s ",
        "&copy; 2007 &notit; &#x41; &ampersands &; and & more",
        "\n",
        "   ",
        "short",
        "<p>",
        "</p>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "</td>",
        "<colgroup>",
        "<pre>\n",
        "</pre>",
        "<b>",
        "</b>",
        "<a href=x>",
        "</a>",
        "<div title=\"A title that is long, too\">",
        "</div>",
        "<select>",
        "<option>",
        "</select>",
        "<svg>",
        "</svg>",
        "<![CDATA[ inside of something > else ",
        "]]>",
        "<!doctype some words of it",
        ">",
        "<?php echo 'something'; ?",
        "</ nothing that ends here",
        "<!-- a comment of some length -->",
        "<!--",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
        "<textarea>\n",
        "</textarea>",
        "<plaintext>",
        "<math>",
        "<li>",
        "<ul>",
        "</ul>",
        "<",
        "\33"
        "77;",
        "<i class='never closed",
    };
    struct buf b = { 0 };

    for (int i = 0; i < 24; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        buf_puts(&b, pieces[(*seed >> 33) % (sizeof pieces / sizeof *pieces)]);
    }
    str soup = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return soup;
}

/* Where the author uses the characters that stand for texts, none is held. */
static void held_texts_change_nothing(void **state)
{
    static const char own[] = "\xf4\x80\x80\x80", other[] = "same";
    uint64_t seed = 1;

    (void)state;
    for (int i = 0; i < 4000; i++) {
        struct arena a;
        arena_init(&a);
        str soup = random_soup(&a, &seed);
        str seen = arena_printf(&a, "%.*s<wbr title=%s>", STR_ARG(soup), own);
        str held = arena_printf(&a, "%.*s<wbr title=%s>", STR_ARG(soup), other);
        char *want = (char *)tree_of(seen, &a), *p;
        while ((p = strstr(want, own)))
            memcpy(p, other, strlen(other));
        assert_string_equal(tree_of(held, &a), want);
        arena_done(&a);
    }
}

/* They could be mistaken for stand-ins. */
static void private_characters_stay(void **state)
{
    static const char *const texts[] = {
        "<p>the first text of them all <b>&#x100000;</b>",
        "<p>the first text of them all <b>&#X0010fffd;</b>",
        "<p>the first text of them all <b>&#1048576;</b>",
        "<p>the first text of them all <b>\xf4\x80\x80\x80</b>",
        "<p>the first text of them all <b>&#x10000</b>",
        "<p>the first text of them all <b>&#</b>",
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *tree = tree_of(str_of(texts[i]), &a);
        assert_non_null(strstr(tree, "\"the first text of them all \""));
        assert_null(strstr(strstr(tree, "all"), "first"));
    }
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples),
        cmocka_unit_test(lines_come_from_marks),
        cmocka_unit_test(deep_trees_are_flattened),
        cmocka_unit_test(unclosed_paragraphs_are_not_deep),
        cmocka_unit_test(big_tags_are_cut),
        cmocka_unit_test(open_formatting_is_bounded),
        cmocka_unit_test(long_texts_come_back),
        cmocka_unit_test(held_texts_change_nothing),
        cmocka_unit_test(private_characters_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
