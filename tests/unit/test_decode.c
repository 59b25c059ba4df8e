/* SPDX-License-Identifier: MIT */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/decode.h"
#include "base/transcode.h"

#define KOREAN                                                                                  \
    "제목: 봄 산책\n\n강가를 걷다가 작은 배를 보았다.\n비가 와서 일찍 " \
    "돌아왔다.\n"
#define JAPAN                                                                  \
    "題: 春の散歩\n\n川のそばを歩いて、小さな船を見た。\nソースは表にある。\n"
#define SIMPLIFIED                                                             \
    "题: 春天散步\n\n我们在河边走，看见一只小船。\n下雨了，所以早回家。\n"
#define TRADITIONAL                                                            \
    "題: "                                                                    \
    "春天散步\n\n我們在河邊走，看見一隻小船。\n下雨了，所以早回家。功能。\n"
#define FRENCH                                                                   \
    "Une promenade d’été\n\nNous avons marché près de la forêt.\nDéjà " \
    "l’été.\n"

static struct arena a;

static str encode(str text, const char *to)
{
    iconv_t cd = iconv_open(to, "UTF-8");
    char *out = arena_bytes(&a, text.n * 4 + 16), *at = out;
    char *in = (char *)text.p;
    size_t left = text.n, room = text.n * 4 + 16;

    assert_true(cd != (iconv_t)-1);
    assert_int_equal(iconv(cd, &in, &left, &at, &room), 0);
    iconv(cd, NULL, NULL, &at, &room);
    iconv_close(cd);
    return (str){ out, (size_t)(at - out) };
}

static void check_str(str got, str want)
{
    assert_int_equal(got.n, want.n);
    assert_memory_equal(got.p, want.p, want.n);
}

static struct decoded decode(str raw, const char *given, str language, str *out)
{
    struct decode_hints hints = { NULL, language };
    struct decoded found;

    if (given)
        hints.given = encoding_of_label(str_of(given));
    *out = decode_text(raw, &hints, &a, &found);
    return found;
}

static void encodings_are_found(void **state)
{
    static const struct {
        str text;
        const char *iconv, *name;
    } cases[] = {
        { STR_INIT(KOREAN), "EUC-KR", "CP949" },
        { STR_INIT(KOREAN "똠방 펲시 뷁\n"), "CP949", "CP949" },
        { STR_INIT(JAPAN), "SHIFT_JIS", "Shift_JIS" },
        { STR_INIT(JAPAN), "EUC-JP", "EUC-JP" },
        { STR_INIT(JAPAN), "ISO-2022-JP", "ISO-2022-JP" },
        { STR_INIT(SIMPLIFIED), "GB2312", "GB18030" },
        { STR_INIT(SIMPLIFIED), "GB18030", "GB18030" },
        { STR_INIT(TRADITIONAL), "BIG5", "Big5" },
        { STR_INIT(FRENCH), "CP1252", "Windows-1252" },
        { STR_INIT(KOREAN), "UTF-16LE", "UTF-16LE" },
        { STR_INIT(JAPAN), "UTF-16BE", "UTF-16BE" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str out;
        struct decoded found = decode(encode(cases[i].text, cases[i].iconv),
                                      NULL, S(""), &out);
        assert_non_null(found.encoding);
        check_str(found.encoding->name, str_of(cases[i].name));
        check_str(out, cases[i].text);
        assert_int_equal(found.line, 1);
        assert_int_equal(found.utf8.n_bad, 0);
    }
}

static void utf8_stays(void **state)
{
    static const str cases[] = { STR_INIT(KOREAN), STR_INIT(JAPAN),
                                 STR_INIT(FRENCH), STR_INIT("plain\n"),
                                 STR_INIT("") };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str out;
        struct decoded found = decode(cases[i], "euc-kr", S("ko"), &out);
        assert_null(found.encoding);
        assert_ptr_equal(out.p, cases[i].p);
        assert_true(decode_is_certain(cases[i]) || str_eq(cases[i], S(FRENCH)));
    }
}

/* A line of an old editor in a text in UTF-8, and a damaged one. */
static void lines_are_read_apart(void **state)
{
    str old = encode(S("이 줄은 오래된 편집기로 썼다.\n"), "EUC-KR"), out;
    str raw = arena_join(&a, S("여기는 새 글이다.\n여기는 깨\xEC졌다.\n"), old);
    struct decoded found = decode(raw, NULL, S(""), &out);

    check_str(out, S("여기는 새 글이다.\n여기는 깨\xEF\xBF\xBD졌다.\n"
                     "이 줄은 오래된 편집기로 썼다.\n"));
    check_str(found.encoding->name, S("CP949"));
    assert_int_equal(found.line, 3);
    assert_int_equal(found.utf8.n_bad, 1);
    assert_int_equal(found.utf8.bad_line, 2);
}

static void european_lines_are_read_apart(void **state)
{
    str raw = S("d\xC3\xA9j\xC3\xA0 vu\nl'\xC3\xA9t\xC3\xA9\nun caf\xE9\n"),
        out;
    struct decoded found = decode(raw, NULL, S(""), &out);

    check_str(out, S("déjà vu\nl'été\nun café\n"));
    assert_int_equal(found.line, 3);
}

static void files_name_their_encoding(void **state)
{
    str text = S("<meta charset=\"KOI8-R\">\n<p>Привет, мир</p>\n"), out;
    struct decoded found = decode(encode(text, "KOI8-R"), NULL, S(""), &out);

    check_str(out, text);
    check_str(found.encoding->name, S("KOI8-R"));
    assert_ptr_equal(encoding_declared(S("<!-- -*- coding: euc_jp -*- -->")),
                     encoding_of_name(S("EUC-JP")));
    assert_null(encoding_declared(S("charset=utf-8, coding: the fun of it")));
}

/* "神社" of EUC-JP is two frequent letters of CP949: only a hint can tell. */
static void hints_decide(void **state)
{
    str raw = encode(S("神社\n"), "EUC-JP"), out;

    decode(raw, NULL, S("ko"), &out);
    check_str(out, S("오소\n"));
    decode(raw, NULL, S("ja"), &out);
    check_str(out, S("神社\n"));
    decode(raw, "euc-jp", S("ko"), &out);
    check_str(out, S("神社\n"));
}

static void what_is_no_text_is_damaged(void **state)
{
    struct buf all = { 0 };
    str out;

    for (unsigned i = 0; i < 4096; i++)
        buf_putc(&all, (char)(i * 167 + i / 7));
    struct decoded found = decode(buf_str(&all), NULL, S(""), &out);
    assert_null(found.encoding);
    assert_true(found.utf8.n_bad > 0);
    assert_true(utf8_is_valid(out));
    buf_done(&all);
}

static void a_beginning_is_certain(void **state)
{
    assert_true(decode_is_certain(S("title: x\n")));
    assert_true(decode_is_certain(S("title: 봄\n")));
    assert_false(decode_is_certain(S("title: \xBA\xBD\n")));
    assert_false(decode_is_certain(S("title: \x1B$B=U\x1B(B\n")));
    assert_false(decode_is_certain(S("t\0i\0")));
    /* Two bytes may be a syllable of EUC-KR. */
    assert_false(decode_is_certain(S("title: \xC2\xA6\n")));
}

static void every_label_has_its_encoding(void **state)
{
    static const char *const labels[] = {
#define ENCODING(name, iconv, language, frequent)
#define LABEL(label, name) label,
#include "base/encodings.def"
#undef ENCODING
#undef LABEL
    };

    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        assert_non_null(encoding_of_label(str_of(labels[i])));
    assert_ptr_equal(encoding_of_label(S("KS_C_5601-1987")),
                     encoding_of_name(S("CP949")));
    assert_null(encoding_of_label(S("klingon")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings_are_found),
        cmocka_unit_test(utf8_stays),
        cmocka_unit_test(lines_are_read_apart),
        cmocka_unit_test(european_lines_are_read_apart),
        cmocka_unit_test(files_name_their_encoding),
        cmocka_unit_test(hints_decide),
        cmocka_unit_test(what_is_no_text_is_damaged),
        cmocka_unit_test(a_beginning_is_certain),
        cmocka_unit_test(every_label_has_its_encoding),
    };

    arena_init(&a);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&a);
    return failed;
}
