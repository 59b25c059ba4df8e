/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/path.h"
#include "check.h"

static void test_compare(void **state)
{
    static const struct {
        const char *a, *b;
        int order;
        bool same_nocase;
    } cases[] = { { "", "", 0, true },        { "", "a", -1, false },
                  { "a", "", 1, false },      { "a", "B", 1, false },
                  { "ab", "AB", 1, true },    { "ab", "abc", -1, false },
                  { "\xEA", "z", 1, false },  { "é", "É", 1, false },
                  { "same", "same", 0, true } };

    for (size_t i = 0; i < N_OF(cases); i++) {
        str a = str_of(cases[i].a), b = str_of(cases[i].b);
        int c = str_cmp(a, b);
        assert_int_equal((c > 0) - (c < 0), cases[i].order);
        assert_int_equal(str_eq(a, b), cases[i].order == 0);
        assert_int_equal(str_eq_nocase(a, b), cases[i].same_nocase);
    }
    assert_int_equal(str_of(NULL).n, 0);
    assert_true(str_eq((str){ 0 }, S("")));
}

static void test_ends(void **state)
{
    str s = S("Post.MD");

    assert_true(str_starts(s, S("Post")) && str_starts(s, S("")));
    assert_false(str_starts(s, S("post")) || str_starts(s, S("Post.MD.")));
    assert_true(str_ends(s, S(".MD")) && str_ends(s, S("")));
    assert_false(str_ends(s, S(".md")) || str_ends(s, S("a Post.MD")));
    assert_true(str_starts_nocase(s, S("pOST")));
    assert_true(str_ends_nocase(s, S(".md")));
    assert_false(str_ends_nocase(s, S("xPost.MD")));
}

static void test_find(void **state)
{
    str s = S("abcabcABC");

    assert_int_equal(str_find(s, S("ca")), 2);
    assert_int_equal(str_find(s, S("")), 0);
    assert_int_equal(str_find(s, S("abcabcABC")), 0);
    assert_true(str_find(s, S("abcabcABCd")) == STR_NONE);
    assert_true(str_find(s, S("cb")) == STR_NONE);
    assert_true(str_find((str){ 0 }, S("a")) == STR_NONE);
    /* A false start must not hide the real one. */
    assert_int_equal(str_find(S("aaab"), S("aab")), 1);
    assert_int_equal(str_find_nocase(s, S("CAB")), 2);
    assert_true(str_find_nocase(s, S("cc")) == STR_NONE);
    assert_int_equal(str_find_char(s, 'c'), 2);
    assert_int_equal(str_rfind_char(s, 'c'), 5);
    assert_true(str_find_char((str){ 0 }, 'c') == STR_NONE);
    assert_true(str_rfind_char(S("x"), 'c') == STR_NONE);
}

static void test_pieces(void **state)
{
    check_str(str_sub(S("abcd"), 1, 2), "bc");
    check_str(str_sub(S("abcd"), 3, SIZE_MAX), "d");
    check_str(str_sub(S("abcd"), 9, 1), "");
    check_str(str_from(S("abcd"), 4), "");
    assert_null(str_from((str){ 0 }, 3).p);
    check_str(str_trim(S(" \t\r\n\f\v a b \n")), "a b");
    check_str(str_trim(S(" \n ")), "");
    check_str(str_trim_left(S(" a ")), "a ");
    check_str(str_trim_right(S(" a ")), " a");
    /* No-break and ideographic spaces are the author's. */
    check_str(str_trim(S("\xC2\xA0"
                         "a\xE3\x80\x80")),
              "\xC2\xA0"
              "a\xE3\x80\x80");
}

static void test_cut(void **state)
{
    str rest = S("a,,b"), line;

    check_str(str_cut(&rest, ','), "a");
    check_str(str_cut(&rest, ','), "");
    check_str(str_cut(&rest, ','), "b");
    assert_int_equal(rest.n, 0);
    check_str(str_cut(&rest, ','), "");

    rest = S("one\r\ntwo\n\nlast");
    static const char *const lines[] = { "one", "two", "", "last" };
    for (size_t i = 0; i < N_OF(lines); i++) {
        assert_true(str_next_line(&rest, &line));
        check_str(line, lines[i]);
    }
    assert_false(str_next_line(&rest, &line));
}

static void test_uint(void **state)
{
    static const struct {
        const char *in;
        bool ok;
        uint64_t want;
    } cases[] = {
        { "0", true, 0 },
        { "007", true, 7 },
        { "18446744073709551615", true, UINT64_MAX },
        { "18446744073709551616", false, 0 },
        { "99999999999999999999999", false, 0 },
        { "", false, 0 },
        { "-1", false, 0 },
        { "+1", false, 0 },
        { " 1", false, 0 },
        { "1x", false, 0 },
        { "\xD9\xA1", false, 0 }, /* an Arabic digit */
    };

    for (size_t i = 0; i < N_OF(cases); i++) {
        uint64_t got = 0;
        assert_int_equal(str_to_uint(str_of(cases[i].in), &got), cases[i].ok);
        assert_true(got == cases[i].want);
    }
}

static void test_path_parts(void **state)
{
    static const struct {
        const char *path, *dir, *base, *stem, *ext;
    } cases[] = {
        { "a/b/c.md", "a/b", "c.md", "c", "md" },
        { "c.MD", "", "c.MD", "c", "MD" },
        { "/c", "/", "c", "c", "" },
        { "a.b/c", "a.b", "c", "c", "" },
        { "a/.hidden", "a", ".hidden", ".hidden", "" },
        { "x.tar.gz", "", "x.tar.gz", "x.tar", "gz" },
        { "dot.", "", "dot.", "dot", "" },
        { "", "", "", "", "" },
    };

    for (size_t i = 0; i < N_OF(cases); i++) {
        str path = str_of(cases[i].path);
        check_str(path_dir(path), cases[i].dir);
        check_str(path_base(path), cases[i].base);
        check_str(path_stem(path), cases[i].stem);
        check_str(path_ext(path), cases[i].ext);
    }
}

static void test_path_normal(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {
        { "a//b/../c/", "a/c" },  { "./a/./b", "a/b" },
        { "../a", "../a" },       { "a/../../b", "../b" },
        { "a/..", "" },           { "/..", "/" },
        { "/../../etc", "/etc" }, { "/a/../..", "/" },
        { "../..", "../.." },     { "", "" },
        { "...", "..." },         { "a/...", "a/..." },
        { "..a/../b", "b" },
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < N_OF(cases); i++)
        check_str(path_normal(&a, str_of(cases[i].in)), cases[i].want);
    arena_done(&a);
}

static void test_path_join(void **state)
{
    static const struct {
        const char *dir, *name, *want;
    } cases[] = {
        { "a", "b", "a/b" }, { "a/", "b", "a/b" }, { "", "b", "b" },
        { ".", "b", "b" },   { "a", "/b", "/b" },  { "/", "b", "/b" },
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < N_OF(cases); i++)
        check_str(path_join(&a, str_of(cases[i].dir), str_of(cases[i].name)),
                  cases[i].want);
    arena_done(&a);
}

static void test_percent(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {
        { "plain", "plain" }, { "%EA%B0%80", "가" },
        { "a%20b", "a b" },   { "%2e%2E/x", "../x" },
        { "100%", "100%" },   { "%4", "%4" },
        { "%zz", "%zz" },     { "%%41", "%A" },
        { "%00", "%00" }, /* a NUL would end the name for the system */
        { "%41", "A" },
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < N_OF(cases); i++)
        check_str(path_percent_decode(&a, str_of(cases[i].in)), cases[i].want);
    arena_done(&a);
}

static void test_words(void **state)
{
    static const struct {
        const char *words, *word;
        bool has;
    } cases[] = {
        { "", "a", false },           { "a", "a", true },
        { "ab a", "a", true },        { " \t b\n a\f", "a", true },
        { "ab ba", "a", false },      { "A", "a", false },
        { "a\302\240b", "a", false },
    };
    str rest = S(" one\r\n two ");

    for (size_t i = 0; i < N_OF(cases); i++)
        assert_int_equal(
            str_has_word(str_of(cases[i].words), str_of(cases[i].word)),
            cases[i].has);
    check_str(str_next_word(&rest), "one");
    check_str(str_next_word(&rest), "two");
    check_str(str_next_word(&rest), "");
    assert_int_equal(rest.n, 0);
}

static void test_among(void **state)
{
    static const str names[] = { STR_INIT("png"), STR_INIT("JPG") };

    assert_true(STR_IS_AMONG(S("png"), names));
    assert_true(STR_IS_AMONG(S("JPG"), names));
    assert_false(STR_IS_AMONG(S("jpg"), names));
    assert_false(STR_IS_AMONG(S(""), names));
    assert_true(STR_IS_AMONG_NOCASE(S("jpg"), names));
    assert_true(STR_IS_AMONG_NOCASE(S("Png"), names));
    assert_false(STR_IS_AMONG_NOCASE(S("jp"), names));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compare),    cmocka_unit_test(test_ends),
        cmocka_unit_test(test_find),       cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_cut),        cmocka_unit_test(test_uint),
        cmocka_unit_test(test_path_parts), cmocka_unit_test(test_path_normal),
        cmocka_unit_test(test_path_join),  cmocka_unit_test(test_percent),
        cmocka_unit_test(test_words),      cmocka_unit_test(test_among),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
