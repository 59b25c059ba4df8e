/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "check.h"

#define BAD "\xEF\xBF\xBD"

/* Every character there is goes to bytes and back, both ways. */
static void test_every_character(void **state)
{
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[4];
        size_t at = 0;
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        str s = { bytes, utf8_encode(c, bytes) };
        uint32_t got = utf8_next(s, &at);
        if (got != c || at != s.n || !utf8_is_valid(s))
            fail_msg("U+%04X became U+%04X", (unsigned)c, (unsigned)got);
        got = utf8_prev(s, &at);
        if (got != c || at != 0)
            fail_msg("U+%04X backwards is U+%04X", (unsigned)c, (unsigned)got);
    }
}

/* Unicode 15, 3.9, table 3-7: what the N bytes at P may be. */
static bool in_table(const unsigned char *p, size_t n)
{
    static const struct {
        unsigned char low[4], high[4];
        size_t n;
    } rows[] = {
        { { 0x00 }, { 0x7F }, 1 },
        { { 0xC2, 0x80 }, { 0xDF, 0xBF }, 2 },
        { { 0xE0, 0xA0, 0x80 }, { 0xE0, 0xBF, 0xBF }, 3 },
        { { 0xE1, 0x80, 0x80 }, { 0xEC, 0xBF, 0xBF }, 3 },
        { { 0xED, 0x80, 0x80 }, { 0xED, 0x9F, 0xBF }, 3 },
        { { 0xEE, 0x80, 0x80 }, { 0xEF, 0xBF, 0xBF }, 3 },
        { { 0xF0, 0x90, 0x80, 0x80 }, { 0xF0, 0xBF, 0xBF, 0xBF }, 4 },
        { { 0xF1, 0x80, 0x80, 0x80 }, { 0xF3, 0xBF, 0xBF, 0xBF }, 4 },
        { { 0xF4, 0x80, 0x80, 0x80 }, { 0xF4, 0x8F, 0xBF, 0xBF }, 4 },
    };

    for (size_t r = 0; r < N_OF(rows); r++) {
        bool ok = rows[r].n == n;
        for (size_t i = 0; ok && i < n; i++)
            ok = p[i] >= rows[r].low[i] && p[i] <= rows[r].high[i];
        if (ok)
            return true;
    }
    return false;
}

static void test_table_of_the_standard(void **state)
{
    static const unsigned char second[] = { 0x00, 0x7F, 0x80, 0x8F, 0x90,
                                            0x9F, 0xA0, 0xBF, 0xC0, 0xFF };

    for (unsigned lead = 0x80; lead < 0x100; lead++)
        for (size_t j = 0; j < N_OF(second); j++)
            for (size_t k = 0; k < N_OF(second); k++)
                for (size_t n = 1; n <= 4; n++) {
                    unsigned char p[] = { (unsigned char)lead, second[j],
                                          second[k], 0xBF };
                    str s = { (const char *)p, n };
                    size_t at = 0;
                    utf8_next(s, &at);
                    bool whole = at == n && in_table(p, n);
                    if (in_table(p, n) && !whole)
                        fail_msg("%02X %02X %02X: %zu of %zu", lead, p[1], p[2],
                                 at, n);
                    if (at == 0 || at > n)
                        fail_msg("%02X: moved by %zu", lead, at);
                }
}

/* Unicode 15, 3.9: one U+FFFD for a maximal subpart. */
static void test_maximal_subparts(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {
        /* table 3-8 */
        { "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82"
          "A",
          BAD BAD BAD BAD BAD BAD BAD BAD "A" },
        /* table 3-9: surrogates */
        { "\xED\xA0\x80\xED\xBF\xBF\xED\xAF"
          "A",
          BAD BAD BAD BAD BAD BAD BAD BAD "A" },
        /* table 3-10: out of range */
        { "\xF4\x91\x92\x93\xFF"
          "A\x80\xBF"
          "B",
          BAD BAD BAD BAD BAD "A" BAD BAD "B" },
        /* table 3-11: truncated */
        { "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF"
          "A",
          BAD BAD BAD BAD "A" },
        { "\x80", BAD },
        { "\xF0\x9F\x98", BAD },
        { "\xEA\xB0", BAD },
        { "가\xEA\xB0나", "가" BAD "나" },
        { "plain and long enough for words of eight bytes \xFF.",
          "plain and long enough for words of eight bytes " BAD "." },
        { BAD, BAD },
    };
    struct arena a;
    struct utf8_report r;

    arena_init(&a);
    for (size_t i = 0; i < N_OF(cases); i++) {
        str in = str_of(cases[i].in);
        check_str(utf8_clean(in, &a, &r), cases[i].want);
        bool damaged = strcmp(cases[i].in, cases[i].want) != 0;
        assert_int_equal(r.n_bad > 0, damaged);
        assert_int_equal(utf8_is_valid(in), !damaged);
        /* utf8_next() sees the same characters. */
        struct buf out = { 0 };
        for (size_t at = 0; at < in.n;)
            buf_put_codepoint(&out, utf8_next(in, &at));
        check_str(buf_str(&out), cases[i].want);
        buf_done(&out);
    }
    arena_done(&a);
}

static void test_clean(void **state)
{
    static const struct {
        str in;
        const char *want;
        size_t n_bad, n_nul;
        unsigned bad_line, nul_line;
    } cases[] = {
        { STR_INIT(""), "", 0, 0, 0, 0 },
        { STR_INIT("\xEF\xBB\xBF"
                   "a"),
          "a", 0, 0, 0, 0 },
        { STR_INIT("a\r\nb\rc\r\r\n"), "a\nb\nc\n\n", 0, 0, 0, 0 },
        { STR_INIT("tab\tstays"), "tab\tstays", 0, 0, 0, 0 },
        { STR_INIT("a\x01\x1B[2J\x7F"
                   "b"),
          "a[2Jb", 0, 0, 0, 0 },
        { STR_INIT("a\n\nb\0c\n\0"), "a\n\nbc\n", 0, 2, 0, 3 },
        { STR_INIT("a\r\n\xFF\n\xFF"), "a\n" BAD "\n" BAD, 2, 0, 2, 0 },
        /* Controls hide at every place of a word of eight bytes. */
        { STR_INIT("01234567890123456789\x02"
                   "x"),
          "01234567890123456789x", 0, 0, 0, 0 },
        { STR_INIT("가나다라마바사\x7F"), "가나다라마바사", 0, 0, 0, 0 },
    };
    struct arena a;
    struct utf8_report r;

    arena_init(&a);
    for (size_t i = 0; i < N_OF(cases); i++) {
        check_str(utf8_clean(cases[i].in, &a, &r), cases[i].want);
        assert_int_equal(r.n_bad, cases[i].n_bad);
        assert_int_equal(r.n_nul, cases[i].n_nul);
        assert_int_equal(r.bad_line, cases[i].bad_line);
        assert_int_equal(r.nul_line, cases[i].nul_line);
    }
    /* Nothing to do: nothing is copied. */
    str clean = S("한글과 English\n");
    assert_ptr_equal(utf8_clean(clean, &a, &r).p, clean.p);
    arena_done(&a);
}

/* A control or a broken byte at each place of a longer text is found. */
static void test_clean_finds_all(void **state)
{
    static const char bytes[] = "\0\x01\x0B\x1F\x7F\r\x80\xFF";
    struct arena a;
    struct utf8_report r;

    arena_init(&a);
    for (size_t length = 1; length < 40; length++)
        for (size_t at = 0; at < length; at++)
            for (size_t b = 0; b < sizeof bytes - 1; b++) {
                char text[40];
                memset(text, 'x', sizeof text);
                text[at] = bytes[b];
                str got = utf8_clean((str){ text, length }, &a, &r);
                assert_true(str_find_char(got, bytes[b]) == STR_NONE);
                assert_true(utf8_is_valid(got));
            }
    arena_done(&a);
}

static void test_utf16(void **state)
{
    static const struct {
        str in;
        const char *want;
        size_t n_bad;
        unsigned bad_line;
    } cases[] = {
        { STR_INIT("\xFF\xFE"), "", 0, 0 },
        { STR_INIT("\xFF\xFE"
                   "a\0\r\0\n\0\x00\xAC"),
          "a\n가", 0, 0 },
        { STR_INIT("\xFE\xFF"
                   "\0a\0\n\xAC\0"),
          "a\n가", 0, 0 },
        { STR_INIT("\xFF\xFE\x3D\xD8\x00\xDE"), "😀", 0, 0 },
        { STR_INIT("\xFE\xFF\xD8\x3D\xDE\x00"), "😀", 0, 0 },
        /* a low surrogate alone, a high one before a letter, at the end,
         * before another */
        { STR_INIT("\xFE\xFF\0\n\xDE\x00\0a"), "\n" BAD "a", 1, 2 },
        { STR_INIT("\xFE\xFF\xD8\x3D\0a"), BAD "a", 1, 1 },
        { STR_INIT("\xFE\xFF\0a\xD8\x3D"), "a" BAD, 1, 1 },
        { STR_INIT("\xFE\xFF\xD8\x3D\xD8\x3D\xDE\x00"), BAD "😀", 1, 1 },
        /* half a unit at the end */
        { STR_INIT("\xFE\xFF\0a\0"), "a" BAD, 1, 1 },
    };
    struct arena a;
    struct utf8_report r;

    arena_init(&a);
    for (size_t i = 0; i < N_OF(cases); i++) {
        check_str(utf8_clean(cases[i].in, &a, &r), cases[i].want);
        assert_int_equal(r.n_bad, cases[i].n_bad);
        assert_int_equal(r.bad_line, cases[i].bad_line);
    }
    arena_done(&a);
}

static void test_forms(void **state)
{
    struct arena a;

    arena_init(&a);
    /* NFD, as macOS names files, to NFC. */
    check_str(utf8_nfc(S("\xE1\x84\x80\xE1\x85\xA1"), &a), "가");
    check_str(utf8_nfc(S("cafe\xCC\x81"), &a), "café");
    str ascii = S("plain");
    assert_ptr_equal(utf8_nfc(ascii, &a).p, ascii.p);
    check_str(utf8_fold(S("STRASSE Straße"), &a), "strasse strasse");
    check_str(utf8_fold(S("ΣΊΣΥΦΟΣ"), &a), "σίσυφοσ");
    check_str(utf8_fold(S(""), &a), "");
    assert_int_equal(utf8_length(S("a가😀")), 3);
    assert_int_equal(utf8_length(S("\xFF\xFF")), 2);
    arena_done(&a);
}

static void test_compose(void **state)
{
    static const struct {
        str in;
        const char *want;
    } cases[] = {
        /* jamo: two, three, and a final one behind a whole syllable */
        { STR_INIT("\u1100\u1161"), "가" },
        { STR_INIT("x\u1112\u1161\u11AB글"), "x한글" },
        { STR_INIT("하\u11AB \u1100\u1161"), "한 가" },
        /* two marks; one that there is no character for */
        { STR_INIT("Vi\u1EC7t a\u0302\u0301"), "Vi\u1EC7t \u1EA5" },
        { STR_INIT("q\u0301"), "q\u0301" },
        { STR_INIT("か\u3099ハ\u309A"), "がパ" },
        /* NFC makes another letter of this one */
        { STR_INIT("\uF900\u1100\u1161"), "\uF900가" },
        { STR_INIT("\u0301"), "\u0301" },
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_str(utf8_compose(cases[i].in, &a), cases[i].want);
    str whole = S("한글 が é");
    assert_ptr_equal(utf8_compose(whole, &a).p, whole.p);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_character),
        cmocka_unit_test(test_table_of_the_standard),
        cmocka_unit_test(test_maximal_subparts),
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_clean_finds_all),
        cmocka_unit_test(test_compose),
        cmocka_unit_test(test_utf16),
        cmocka_unit_test(test_forms),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
