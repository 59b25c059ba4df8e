/* SPDX-License-Identifier: MIT */
/* Trees, the words of a language, and dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check.h"
#include "doc/place.h"
#include "doc/words.h"
#include "sapling.h"

/* Every pointer of the tree agrees with its neighbours'. */
static void check_links(const struct node *root)
{
    for (const struct node *n = root; n; n = node_next(n, root)) {
        const struct node *prev = NULL;
        for (const struct node *c = n->first; c; c = c->next) {
            assert_ptr_equal(c->parent, n);
            assert_ptr_equal(c->prev, prev);
            prev = c;
        }
        assert_ptr_equal(n->last, prev);
    }
}

/* The tree in brackets: "div(p("a") hr)". */
static void put_tree(const struct node *n, struct buf *out)
{
    if (n->tag == TAG_TEXT)
        buf_printf(out, "\"%.*s\"", STR_ARG(n->text));
    else
        buf_put(out, tag_name(n->tag));
    if (!n->first)
        return;
    for (const struct node *c = n->first; c; c = c->next) {
        buf_putc(out, c->prev ? ' ' : '(');
        put_tree(c, out);
    }
    buf_putc(out, ')');
}

static void check_tree(const struct node *root, const char *want)
{
    struct buf out = { 0 };

    check_links(root);
    put_tree(root, &out);
    check_str(buf_str(&out), want);
    buf_done(&out);
}

static void test_moves(void **state)
{
    struct arena a;

    arena_init(&a);
    struct node *root = node_new(&a, TAG_DIV, 1);
    struct node *p = node_new(&a, TAG_P, 2), *hr = node_new(&a, TAG_HR, 3);
    check_tree(root, "div");
    node_append(root, p);
    node_append(root, hr);
    node_append(p, node_text(&a, S("b"), 2));
    node_prepend(p, node_text(&a, S("a"), 2));
    check_tree(root, "div(p(\"a\" \"b\") hr)");
    node_insert_before(hr, node_new(&a, TAG_UL, 3));
    node_insert_after(hr, node_new(&a, TAG_OL, 3));
    node_insert_before(p, node_new(&a, TAG_PRE, 3));
    check_tree(root, "div(pre p(\"a\" \"b\") ul hr ol)");
    node_remove(hr);
    node_remove(hr); /* already out: nothing happens */
    assert_null(hr->parent);
    check_tree(root, "div(pre p(\"a\" \"b\") ul ol)");
    node_unwrap(p);
    check_tree(root, "div(pre \"a\" \"b\" ul ol)");
    node_unwrap(root->first);
    check_tree(root, "div(\"a\" \"b\" ul ol)");
    node_replace(root->last, hr);
    check_tree(root, "div(\"a\" \"b\" ul hr)");
    struct node *to = node_new(&a, TAG_SECTION, 1);
    node_append(to, node_new(&a, TAG_H2, 1));
    node_move_children(root, to);
    check_tree(root, "div");
    check_tree(to, "section(h2 \"a\" \"b\" ul hr)");
    while (to->first)
        node_remove(to->last);
    check_tree(to, "section");
    arena_done(&a);
}

static void test_copy(void **state)
{
    struct arena a;

    arena_init(&a);
    struct node *root = sapling(
        &a, "(div (p \"a\" (em (b \"b\"))) (hr) (ul (li \"c\")))");
    struct node *copy = node_copy(root->first->next, &a);
    check_tree(copy, "hr");
    copy = node_copy(root, &a);
    check_tree(copy, "div(p(\"a\" em(b(\"b\"))) hr ul(li(\"c\")))");
    node_remove(copy->first);
    check_tree(copy, "div(hr ul(li(\"c\")))");
    check_tree(root, "div(p(\"a\" em(b(\"b\"))) hr ul(li(\"c\")))");
    arena_done(&a);
}

/* Pictures that turn out to be none leave labelled places, in a copy. */
static void test_unshown(void **state)
{
    static const char *const why[] = { NULL, "damaged PNG", "TIFF too large" };
    struct arena a;
    struct chapter c = { .lang = LANG_EN };
    struct buf before = { 0 }, after = { 0 }, got = { 0 };

    arena_init(&a);
    c.root = sapling(
        &a, "(section (p (img asset=0 alt=whole)) (p (img asset=1 alt=sea))"
            "(p \"a\" (img asset=2)) (a href=\"http://x.kr\" (img asset=2))"
            "(figure (p.embed-picture (img asset=1))))");
    for (int i = 0; i < 3; i++)
        vec_push(&c.images, &a)->path = S("/blog/100% sea.png");
    c.images.v[2].path = S("https://www.example.org/a.tif");
    chapter_dump(&c, &before);
    const struct chapter *shown = place_unshown(&c, why, &a);
    chapter_dump(&c, &after);
    assert_true(str_eq(buf_str(&before), buf_str(&after)));
    chapter_dump(shown, &got);
    assert_string_equal(
        arena_cstr(&a, buf_str(&got)),
        "section @1\n"
        "  p @1\n"
        "    img asset=\"0\" alt=\"whole\" @1\n"
        "  p @1\n"
        "    span.missing-image title=\"sea\" data-why=\"damaged PNG\" @1\n"
        "      \"Picture that can't be shown: 100% sea.png\"\n"
        "  p @1\n"
        "    \"a\"\n"
        "    span.missing-image.in-line "
        "data-src=\"https://www.example.org/a.tif\" data-why=\"TIFF too "
        "large\" @1\n"
        "      a href=\"https://www.example.org/a.tif\" @1\n"
        "        \"example.org\"\n"
        "  a href=\"http://x.kr\" @1\n"
        "    span.missing-image.in-line "
        "data-src=\"https://www.example.org/a.tif\" data-why=\"TIFF too "
        "large\" @1\n"
        "      \"example.org\"\n"
        "  figure @1\n");
    assert_true(shown->has_links);
    buf_done(&before);
    buf_done(&after);
    buf_done(&got);
    arena_done(&a);
}

static void test_walk(void **state)
{
    struct arena a;

    arena_init(&a);
    struct node *root = node_new(&a, TAG_DIV, 0);
    struct node *outside = node_new(&a, TAG_SECTION, 0);
    struct node *p = node_new(&a, TAG_P, 0), *hr = node_new(&a, TAG_HR, 0);
    node_append(outside, root);
    node_append(outside, node_new(&a, TAG_FOOTER, 0));
    node_append(root, p);
    node_append(p, node_text(&a, S("x"), 0));
    node_append(root, hr);
    assert_ptr_equal(node_next(root, root), p);
    assert_ptr_equal(node_next(p, root), p->first);
    assert_ptr_equal(node_next(p->first, root), hr);
    assert_ptr_equal(node_skip(p, root), hr);
    assert_null(node_next(hr, root)); /* not out into the footer */
    assert_null(node_skip(root, root));
    assert_null(node_next(p->first, p));
    arena_done(&a);
}

/* Very deep: nothing here may use the stack for it. */
static void test_deep(void **state)
{
    enum { DEPTH = 100000 };
    struct arena a;
    struct chapter c = { 0 };

    arena_init(&a);
    c.root = node_new(&a, TAG_DIV, 0);
    struct node *n = c.root;
    for (int i = 1; i < DEPTH; i++) {
        struct node *child = node_new(&a, TAG_DIV, 0);
        node_append(n, child);
        n = child;
    }
    node_append(n, node_text(&a, S("end"), 0));
    chapter_number(&c);
    assert_int_equal(c.n_nodes, DEPTH + 1);
    assert_int_equal(n->first->id, DEPTH);
    check_str(node_plain_text(c.root, &a), "end");
    arena_done(&a);
}

static void test_attributes(void **state)
{
    struct arena a;

    arena_init(&a);
    struct node *n = node_new(&a, TAG_A, 1);
    assert_null(node_attr(n, ATTR_HREF).p);
    assert_false(node_has(n, ATTR_HREF));
    node_set(n, &a, ATTR_HREF, S("x"));
    node_set(n, &a, ATTR_TITLE, (str){ 0 });
    node_set(n, &a, ATTR_HREF, S("y"));
    assert_int_equal(n->attrs->name, ATTR_HREF); /* order of setting */
    check_str(node_attr(n, ATTR_HREF), "y");
    assert_true(node_has(n, ATTR_TITLE));
    assert_non_null(node_attr(n, ATTR_TITLE).p);
    node_unset(n, ATTR_HREF);
    node_unset(n, ATTR_HREF);
    assert_false(node_has(n, ATTR_HREF));
    assert_true(node_has(n, ATTR_TITLE));
    arena_done(&a);
}

static void test_classes(void **state)
{
    struct arena a;

    arena_init(&a);
    struct node *n = node_new(&a, TAG_P, 1);
    assert_false(node_has_class(n, S("a")));
    node_add_class(n, &a, S("a"));
    node_add_class(n, &a, S("bc"));
    node_add_class(n, &a, S("a"));
    check_str(node_attr(n, ATTR_CLASS), "a bc");
    assert_true(node_has_class(n, S("bc")));
    assert_false(node_has_class(n, S("b")) || node_has_class(n, S("")));
    node_set(n, &a, ATTR_CLASS, S(" x\ty\n\nz "));
    assert_true(node_has_class(n, S("x")) && node_has_class(n, S("y")) &&
                node_has_class(n, S("z")));
    assert_false(node_has_class(n, S("")));
    arena_done(&a);
}

static void test_plain_text(void **state)
{
    struct arena a;

    arena_init(&a);
    struct node *root = node_new(&a, TAG_DIV, 0);
    const struct {
        enum tag tag;
        str text;
    } parts[] = {
        { TAG_P, STR_INIT("  one\n\ttwo ") }, { TAG_EM, STR_INIT("th") },
        { TAG_STRONG, STR_INIT("ree") },      { TAG_BR, { 0 } },
        { TAG_SPAN, STR_INIT("four") },       { TAG_H2, STR_INIT("five") },
        { TAG_EM, STR_INIT("  ") },
    };
    for (size_t i = 0; i < N_OF(parts); i++) {
        struct node *n = node_new(&a, parts[i].tag, 0);
        node_append(root, n);
        if (parts[i].text.n)
            node_append(n, node_text(&a, parts[i].text, 0));
    }
    check_str(node_plain_text(root, &a), "one two three four five");
    check_str(node_plain_text(node_new(&a, TAG_P, 0), &a), "");
    arena_done(&a);
}

static void test_tags(void **state)
{
    for (enum tag t = TAG_TEXT + 1; t < TAG_COUNT; t++)
        assert_int_equal(tag_find(tag_name(t)), t);
    assert_int_equal(tag_find(S("script")), TAG_COUNT);
    assert_int_equal(tag_find(S("P")), TAG_COUNT);
    assert_int_equal(tag_find(S("#text")), TAG_COUNT);
    assert_true(tag_is_heading(TAG_H1) && tag_is_heading(TAG_H6));
    assert_false(tag_is_heading(TAG_P) || tag_is_heading(TAG_DETAILS));
    assert_true(tag_is_block(TAG_TD) && tag_is_block(TAG_HR));
    assert_false(tag_is_block(TAG_RT) || tag_is_block(TAG_A));
}

static void test_languages(void **state)
{
    static const struct {
        const char *tag;
        enum lang want;
    } cases[] = {
        { "ko", LANG_KO },
        { "ko-KR", LANG_KO },
        { "KO_kr", LANG_KO },
        { "ja-JP", LANG_JA },
        { "en-US", LANG_EN },
        { "zh", LANG_ZH_HANS },
        { "zh-CN", LANG_ZH_HANS },
        { "zh-TW", LANG_ZH_HANT },
        { "zh_HK", LANG_ZH_HANT },
        { "zh-Hant", LANG_ZH_HANT },
        { "zh-Hans-TW", LANG_ZH_HANS },
        { "zh-hant-CN", LANG_ZH_HANT },
        { "zh_Hant_TW", LANG_ZH_HANT },
        { "zh-MO", LANG_ZH_HANT },
        { "fr", LANG_OTHER },
        { "", LANG_OTHER },
        { "kor", LANG_OTHER },
        { "eng", LANG_OTHER },
        { "und", LANG_OTHER },
    };

    for (size_t i = 0; i < N_OF(cases); i++)
        if (lang_of_tag(str_of(cases[i].tag)) != cases[i].want)
            fail_msg("%s: %d", cases[i].tag,
                     (int)lang_of_tag(str_of(cases[i].tag)));
    for (enum lang l = LANG_OTHER; l < LANG_COUNT; l++)
        assert_int_equal(lang_of_tag(lang_tag(l)), l);
}

static void test_dates(void **state)
{
    static const char *const want[LANG_COUNT] = {
        [LANG_OTHER] = "2018-08-09",     [LANG_KO] = "2018년 8월 9일",
        [LANG_JA] = "2018年8月9日",      [LANG_EN] = "9 August 2018",
        [LANG_ZH_HANS] = "2018年8月9日", [LANG_ZH_HANT] = "2018年8月9日",
    };
    struct arena a;

    arena_init(&a);
    for (enum lang l = LANG_OTHER; l < LANG_COUNT; l++)
        check_str(word_date(2018, 8, 9, l, &a), want[l]);
    check_str(word_date(7, 12, 31, LANG_OTHER, &a), "0007-12-31");
    check_str(word_date(2020, 12, 31, LANG_EN, &a), "31 December 2020");
    arena_done(&a);
}

/* The n-th conversion of a printf format, or '\0'. */
static char conversion(const char *format, unsigned n)
{
    for (; *format; format++)
        if (*format == '%' && *++format != '%' && n-- == 0)
            return *format;
    return '\0';
}

/* A translation must ask for the arguments that English asks for. */
static void test_words(void **state)
{
    for (enum word w = 0; w < WORD_COUNT; w++)
        for (enum lang l = LANG_OTHER; l < LANG_COUNT; l++) {
            const char *text = word_text(w, l);
            assert_non_null(text);
            assert_true(*text);
            for (unsigned n = 0; n < 3; n++)
                assert_int_equal(conversion(text, n),
                                 conversion(word_text(w, LANG_EN), n));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves),   cmocka_unit_test(test_walk),
        cmocka_unit_test(test_copy),    cmocka_unit_test(test_unshown),
        cmocka_unit_test(test_deep),    cmocka_unit_test(test_attributes),
        cmocka_unit_test(test_classes), cmocka_unit_test(test_plain_text),
        cmocka_unit_test(test_tags),    cmocka_unit_test(test_languages),
        cmocka_unit_test(test_dates),   cmocka_unit_test(test_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
