/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pdf/book.h"
#include "pdf/headstrings.h"
#include "pdf/linknotes.h"

static void test_readable_addresses(void **state)
{
    static const struct {
        str in, want;
    } cases[] = {
        { STR_INIT("https://example.org/a"),
          STR_INIT("https://example.org/a") },
        { STR_INIT("https://example.org/%EA%B0%80%EB%82%98?q=%C3%A9"),
          STR_INIT("https://example.org/\xEA\xB0\x80\xEB\x82\x98?q=\xC3\xA9") },
        /* ASCII, blanks and what is no UTF-8 stay escaped */
        { STR_INIT("http://a/%2F%20%41"), STR_INIT("http://a/%2F%20%41") },
        { STR_INIT("http://a/%EA%B0"), STR_INIT("http://a/%EA%B0") },
        { STR_INIT("http://a/%B0%A1%EA%B0%80"),
          STR_INIT("http://a/%B0%A1\xEA\xB0\x80") },
        { STR_INIT("http://a/%E3%80%80x"), STR_INIT("http://a/%E3%80%80x") },
        { STR_INIT("http://a/100%"), STR_INIT("http://a/100%") },
        { STR_INIT("http://a/%e"), STR_INIT("http://a/%e") },
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str got = linknotes_readable(cases[i].in, &a);
        if (!str_eq(got, cases[i].want))
            fail_msg("%.*s: %.*s", STR_ARG(cases[i].in), STR_ARG(got));
    }
    arena_done(&a);
}

struct bench {
    struct arena a;
    struct diag dg;
    struct sheet *sheet;
    struct chapter c;
    struct layout ly;
};

static struct node *link_to(struct bench *b, const char *url, const char *text)
{
    struct node *p = book_node(b->c.root, TAG_P, (str){ 0 }, &b->a);
    struct node *a = book_line(p, TAG_A, (str){ 0 }, str_of(text), &b->a);

    node_set(a, &b->a, ATTR_HREF, str_of(url));
    return a;
}

static void start(struct bench *b, const char *css)
{
    *b = (struct bench){ 0 };
    arena_init(&b->a);
    diag_init(&b->dg, &b->a);
    b->sheet = sheet_new(&b->a);
    sheet_add(b->sheet, str_of(css), S("test.css"), SHEET_USER, &b->dg);
    sheet_finish(b->sheet, 0, 0, &b->dg);
    b->c.lang_tag = S("en");
    b->c.root = book_node(NULL, TAG_SECTION, S("chapter"), &b->a);
    b->ly.arena = &b->a;
    b->ly.chapter = &b->c;
}

static void settle(struct bench *b)
{
    chapter_number(&b->c);
    b->ly.styles = cascade_chapter(b->sheet, &b->c, &b->a);
}

static void test_link_numbers(void **state)
{
    struct bench b;

    start(&b, "");
    struct node *first = link_to(&b, "https://a.example/", "here");
    struct node *second = link_to(&b, "https://b.example/", "there");
    struct node *again = link_to(&b, "https://a.example/", "again");
    struct node *bare = link_to(&b, "https://www.a.example/x/", "a.example/x");
    struct node *mail = link_to(&b, "mailto:me@a.example", "me");
    struct node *picture = link_to(&b, "https://c.example/", " ");
    settle(&b);
    linknotes_find(&b.ly, b.sheet);
    assert_int_equal(linknotes_number(&b.ly, first), 1);
    assert_int_equal(linknotes_number(&b.ly, second), 2);
    assert_int_equal(linknotes_number(&b.ly, again), 1);
    assert_int_equal(linknotes_number(&b.ly, bare), 0);
    assert_int_equal(linknotes_number(&b.ly, mail), 0);
    assert_int_equal(linknotes_number(&b.ly, picture), 0);
    arena_done(&b.a);
}

static void test_hidden_link_list(void **state)
{
    struct bench b;

    start(&b, ".links { display: none }");
    struct node *link = link_to(&b, "https://a.example/", "here");
    settle(&b);
    linknotes_find(&b.ly, b.sheet);
    assert_int_equal(linknotes_number(&b.ly, link), 0);
    arena_done(&b.a);
}

static void test_strings(void **state)
{
    struct bench b;
    struct laid_chapter lc = { 0 };
    struct galley g;
    uint32_t n;

    start(&b, "h2 { string-set: section content(), mark '*' attr(id) }"
              "em { string-set: section 'In a line' }");
    galley_init(&g, &b.a);
    for (int i = 0; i < 2; i++) {
        struct node *h = book_line(b.c.root, TAG_H2, (str){ 0 },
                                   i ? S("Two") : S("One"), &b.a);
        node_set(h, &b.a, ATTR_ID, i ? S("two") : S("one"));
        galley_row(&g, (struct row){ .height = 9 });
        galley_mark(&g, h);
        galley_row(&g, (struct row){ .height = 9, .space = true });
        galley_row(&g, (struct row){ .height = 9 });
    }
    book_node(b.c.root, TAG_EM, (str){ 0 }, &b.a);
    settle(&b);
    /* The second page begins with the second heading, behind white space. */
    for (int i = 0; i < 2; i++)
        vec_push(&lc.pages, &b.a)->end_row = i ? 6 : 4;
    b.ly.out = &lc;
    const struct book_string *s = headstrings_find(&b.ly, &g, &b.a, &n);
    static const struct {
        str name, value;
        uint32_t page;
        bool at_top;
    } want[] = {
        { STR_INIT("section"), STR_INIT("One"), 0, false },
        { STR_INIT("mark"), STR_INIT("*one"), 0, false },
        { STR_INIT("section"), STR_INIT("Two"), 1, true },
        { STR_INIT("mark"), STR_INIT("*two"), 1, true },
        { STR_INIT("section"), STR_INIT("In a line"), 1, false },
    };
    assert_int_equal(n, 5);
    for (uint32_t i = 0; i < n; i++) {
        assert_true(str_eq(s[i].name, want[i].name));
        assert_true(str_eq(s[i].value, want[i].value));
        assert_int_equal(s[i].page, want[i].page);
        assert_int_equal(s[i].at_top, want[i].at_top);
    }
    arena_done(&b.a);
}

/* Two chapters: the first has three pages, the second begins on the last of
 * them. */
static void test_strings_on_pages(void **state)
{
    static const struct book_string one[] = {
        { STR_INIT("title"), STR_INIT("A"), 0, true },
        { STR_INIT("section"), STR_INIT("A1"), 1, false },
        { STR_INIT("section"), STR_INIT("A2"), 1, false },
        { STR_INIT("section"), STR_INIT("A3"), 2, true },
    };
    static const struct book_string two[] = {
        { STR_INIT("title"), STR_INIT("B"), 0, true },
    };
    static const struct book_page pages[] = {
        { .chapter = 0, .opened = 0, .last = 0, .first = true },
        { .chapter = 0, .opened = UINT32_MAX, .last = 0 },
        { .chapter = 0, .opened = 1, .last = 1 },
        { .chapter = 1, .opened = UINT32_MAX, .last = 1 },
        { .opened = UINT32_MAX, .blank = true },
        { .chapter = 1, .opened = UINT32_MAX, .last = 1 },
    };
    /* start, first, last, first-except; of title, then of section */
    static const char *const want[][8] = {
        { "A", "A", "A", "", "", "", "", "" },
        { "A", "A", "A", "A", "", "A1", "A2", "" },
        { "A", "B", "B", "", "A3", "A3", "", "" },
        { "B", "B", "B", "B", "", "", "", "" },
        { "B", "B", "B", "B", "", "", "", "" },
        { "B", "B", "B", "B", "", "", "", "" },
    };
    static const enum string_when when[] = { STRING_START, STRING_FIRST,
                                             STRING_LAST, STRING_EXCEPT };
    struct pdf_book b = { 0 };
    struct headstrings hs;

    arena_init(&b.arena);
    *vec_push(&b.chapters, &b.arena) = (struct book_chapter){ .strings = one,
                                                              .n_strings = 4,
                                                              .page = 0 };
    *vec_push(&b.chapters, &b.arena) = (struct book_chapter){ .strings = two,
                                                              .n_strings = 1,
                                                              .page = 2 };
    headstrings_init(&hs, &b, &b.arena);
    for (uint32_t i = 0; i < 6; i++)
        *vec_push(&b.pages, &b.arena) = pages[i];
    for (uint32_t i = 0; i < 6; i++) {
        headstrings_turn(&hs, i);
        for (int k = 0; k < 8; k++) {
            str got = headstrings_value(&hs, k < 4 ? S("title") : S("section"),
                                        when[k % 4]);
            if (!str_eq(got, str_of(want[i][k])))
                fail_msg("page %u, %d: %.*s", i, k, STR_ARG(got));
        }
    }
    arena_done(&b.arena);
}

static void test_phrases(void **state)
{
    struct arena a;

    arena_init(&a);
    assert_true(
        str_eq(book_number(WORD_POSTS, LANG_EN, 970, &a), S("970 posts")));
    assert_true(str_eq(book_text(WORD_BY, LANG_EN, S("Kim"), &a), S("by Kim")));
    assert_true(str_eq(book_text(WORD_TAGS, LANG_EN, S("x"), &a), S("Tags")));
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readable_addresses),
        cmocka_unit_test(test_link_numbers),
        cmocka_unit_test(test_hidden_link_list),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_strings_on_pages),
        cmocka_unit_test(test_phrases),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
