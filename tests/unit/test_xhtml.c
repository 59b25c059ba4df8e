/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "book/post.h"
#include "epub/xhtml.h"
#include "epub/xml.h"
#include "sapling.h"

static void assert_str(str got, str want)
{
    if (!str_eq(got, want))
        fail_msg("got:  %.*s\nwant: %.*s", STR_ARG(got), STR_ARG(want));
}

static const struct {
    str in, text, attr;
} escapes[] = {
    { STR_INIT(""), STR_INIT(""), STR_INIT("") },
    { STR_INIT("a<b>&\"'"), STR_INIT("a&lt;b&gt;&amp;\"'"),
      STR_INIT("a&lt;b&gt;&amp;&#34;'") },
    { STR_INIT("x\ty\nz"), STR_INIT("x\ty\nz"), STR_INIT("x&#9;y&#10;z") },
    { STR_INIT("a\0b\x01\x1f\rc"), STR_INIT("abc"), STR_INIT("abc") },
    { STR_INIT("가！나"), STR_INIT("가！나"), STR_INIT("가！나") },
    { STR_INIT("a\xef\xbf\xbe\xef\xbf\xbf"
               "b\xef\xbf\xbd"),
      STR_INIT("ab\xef\xbf\xbd"), STR_INIT("ab\xef\xbf\xbd") },
    { STR_INIT("]]>"), STR_INIT("]]&gt;"), STR_INIT("]]&gt;") },
};

static void test_escapes(void **state)
{
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        struct buf b = { 0 };
        xml_text(&b, escapes[i].in);
        assert_str(buf_str(&b), escapes[i].text);
        buf_reset(&b);
        xml_attr(&b, escapes[i].in);
        assert_str(buf_str(&b), escapes[i].attr);
        buf_done(&b);
    }
}

/* A tree and the XHTML that has to be somewhere in its document. */
static const struct {
    const char *tree, *want;
} trees[] = {
    { "(section.chapter (p \"a < b\"))",
      "<section class=\"chapter\" epub:type=\"chapter\" role=\"doc-chapter\""
      " aria-label=\"T &amp; &#34;U&#34;\"><p>a &lt; b</p>\n</section>\n" },
    { "(section.chapter (header (h1 id=top \"T\")))",
      "role=\"doc-chapter\" aria-labelledby=\"top\">" },
    { "(section (p (a post=other frag=소개 \"x\")))",
      "<a href=\"other.xhtml#소개\">x</a>" },
    { "(section (p (a post=other \"x\")))", "<a href=\"other.xhtml\">x</a>" },
    { "(section (p (a post=me frag=n1 \"x\")))", "<a href=\"#n1\">x</a>" },
    { "(section (p (a frag=n1 \"x\")))", "<a href=\"#n1\">x</a>" },
    { "(section (p (a post=me \"x\")))", "<a href=\"me.xhtml\">x</a>" },
    { "(section (p (a post=me frag=\"a b%\" \"x\")))",
      "<a href=\"#a%20b%25\">x</a>" },
    { "(section (p (a href=\"http://e.org/?a=1&b=2\" \"x\")))",
      "<a href=\"http://e.org/?a=1&amp;b=2\">x</a>" },
    { "(section (p (img asset=1 alt=\"a sea\")))",
      "<img src=\"../images/bb.png\" alt=\"a sea\"/>" },
    { "(section (p (img asset=0)))",
      "<img src=\"../images/aa.jpg\" alt=\"\"/>" },
    { "(section (p lang=ja \"x\"))", "<p lang=\"ja\" xml:lang=\"ja\">x" },
    { "(section (ol reversed=\"\" start=5 (li \"x\")))",
      "<ol reversed=\"reversed\" start=\"5\"><li>x</li>\n</ol>\n" },
    { "(section (details open=\"\" (summary \"s\")))",
      "<details open=\"open\"><summary>s</summary>\n</details>\n" },
    { "(section (details (summary \"s\")))",
      "<details open=\"open\"><summary>s</summary>\n</details>\n" },
    { "(section (p \"a\" (br) \"b\" (em) (ruby \"漢\" (rt \"かん\"))))",
      "<p>a<br/>b<em></em><ruby>漢<rt>かん</rt></ruby></p>\n" },
    { "(section (figure.embed data-kind=video"
      " data-src=\"https://e.org/v\" (p \"v\")))",
      "<figure class=\"embed\" data-kind=\"video\""
      " data-src=\"https://e.org/v\"><p>v</p>\n</figure>\n" },
    { "(section (p (a epub:type=noteref role=doc-noteref frag=f1 \"1\")))",
      "<a epub:type=\"noteref\" role=\"doc-noteref\" href=\"#f1\">1</a>" },
    { "(section (table (colgroup (col)) (tr (td) (td \"x\"))))",
      "<table><colgroup><col/></colgroup>\n<tr><td></td>\n<td>x</td>\n</tr>\n"
      "</table>\n" },
    { "(section)", "aria-label=\"T &amp; &#34;U&#34;\"></section>\n</body>" },
};

static void write_chapter(const struct node *root, struct buf *out,
                          struct xhtml_seen *seen)
{
    struct arena a;
    struct post post = { .title = S("T & \"U\""), .name = S("me") };
    struct chapter c = { .post = &post, .root = (struct node *)root };

    arena_init(&a);
    *vec_push(&c.images, &a) = (struct image){ .type = IMAGE_JPEG,
                                               .name = S("aa.jpg") };
    *vec_push(&c.images, &a) = (struct image){ .type = IMAGE_PNG,
                                               .name = S("bb.png") };
    /* One that could not be made fit. */
    vec_push(&c.images, &a)->name = S("cc.tiff");
    xhtml_chapter(out, &c, S("ko"), false, seen);
    arena_done(&a);
}

static void test_trees(void **state)
{
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
        struct arena a;
        struct buf b = { 0 };
        struct xhtml_seen seen = { 0 };
        arena_init(&a);
        write_chapter(sapling(&a, trees[i].tree), &b, &seen);
        if (str_find(buf_str(&b), str_of(trees[i].want)) == STR_NONE)
            fail_msg("no %s\nin %.*s", trees[i].want, STR_ARG(buf_str(&b)));
        buf_done(&b);
        arena_done(&a);
    }
}

static void test_document(void **state)
{
    struct arena a;
    struct buf b = { 0 };
    struct xhtml_seen seen = { 0 };

    arena_init(&a);
    write_chapter(sapling(&a, "(section (p \"x\"))"), &b, &seen);
    assert_str(buf_str(&b),
               S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<!DOCTYPE html>\n"
                 "<html xmlns=\"http://www.w3.org/1999/xhtml\""
                 " xmlns:epub=\"http://www.idpf.org/2007/ops\""
                 " lang=\"ko\" xml:lang=\"ko\">\n"
                 "<head>\n<meta charset=\"UTF-8\"/>\n"
                 "<title>T &amp; \"U\"</title>\n"
                 "<link rel=\"stylesheet\" type=\"text/css\""
                 " href=\"../styles/book.css\"/>\n"
                 "<link rel=\"stylesheet\" type=\"text/css\""
                 " href=\"../styles/epub.css\"/>\n"
                 "</head>\n<body epub:type=\"bodymatter\">\n"
                 "<section epub:type=\"chapter\" role=\"doc-chapter\""
                 " aria-label=\"T &amp; &#34;U&#34;\"><p>x</p>\n"
                 "</section>\n</body>\n</html>\n"));
    buf_done(&b);
    arena_done(&a);
}

static void test_right_to_left(void **state)
{
    struct arena a;
    struct buf b = { 0 };
    struct xhtml_seen seen = { 0 };
    struct post post = { .title = S("T"), .name = S("me") };
    struct chapter c = { .post = &post };

    arena_init(&a);
    c.root = sapling(&a, "(section (pre (code \"x\")) (p \"y\"))");
    xhtml_chapter(&b, &c, S("fa-IR"), false, &seen);
    str got = buf_str(&b);
    assert_true(str_find(got, S("xml:lang=\"fa-IR\" dir=\"rtl\">")) !=
                STR_NONE);
    assert_true(str_find(got, S("<pre dir=\"ltr\"><code dir=\"ltr\">x")) !=
                STR_NONE);
    assert_true(str_find(got, S("<p>y</p>")) != STR_NONE);
    buf_done(&b);
    arena_done(&a);
}

static void test_pictures_are_counted(void **state)
{
    struct arena a;
    struct buf b = { 0 };
    struct xhtml_seen seen = { 0 };

    arena_init(&a);
    write_chapter(sapling(&a, "(section (img asset=0 alt=x) (img asset=0)"
                              " (img asset=1 alt=\" \"))"),
                  &b, &seen);
    assert_int_equal(seen.pictures, 3);
    assert_int_equal(seen.described, 1);
    buf_done(&b);
    arena_done(&a);
}

static void test_depth(void **state)
{
    struct arena a;
    struct buf b = { 0 };
    struct xhtml_seen seen = { 0 };

    arena_init(&a);
    struct node *root = node_new(&a, TAG_SECTION, 1), *n = root;
    for (int i = 0; i < 200000; i++) {
        struct node *child = node_new(&a, TAG_DIV, 1);
        node_append(n, child);
        n = child;
    }
    write_chapter(root, &b, &seen);
    assert_true(b.n > 200000 * strlen("<div></div>\n"));
    buf_done(&b);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_trees),
        cmocka_unit_test(test_document),
        cmocka_unit_test(test_right_to_left),
        cmocka_unit_test(test_pictures_are_counted),
        cmocka_unit_test(test_depth),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
