/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "pdf/canvas.h"
#include "tempdir.h"

static const struct {
    int64_t mp;
    const char *want;
} numbers[] = {
    { 0, "0" },          { 4, "0" },           { 5, "0.01" },
    { -4, "0" },         { -5, "-0.01" },      { 10, "0.01" },
    { 100, "0.1" },      { 990, "0.99" },      { 995, "1" },
    { 1000, "1" },       { 12340, "12.34" },   { -12300, "-12.3" },
    { -1000, "-1" },     { 595276, "595.28" }, { 32767000, "32767" },
    { -10050, "-10.05" }
};

static void writes_numbers(void **state)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        buf_reset(&b);
        canvas_put_mp(&b, numbers[i].mp);
        buf_putc(&b, 0);
        assert_string_equal(b.p, numbers[i].want);
    }
    buf_done(&b);
}

static const struct {
    const char *in, *text, *bytes;
} strings[] = {
    { "", "()", "()" },
    { "Title", "(Title)", "(Title)" },
    { "a(b)c\\d", "(a\\(b\\)c\\\\d)", "(a\\(b\\)c\\\\d)" },
    { "\xEA\xB0\x80", "<FEFFAC00>", "(\\352\\260\\200)" },
    { "\xF0\x9F\x98\x80", "<FEFFD83DDE00>", "(\\360\\237\\230\\200)" },
    { "a\nb", "<FEFF0061000A0062>", "(a\\012b)" },
};

static void writes_strings(void **state)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        buf_reset(&b);
        canvas_put_text(&b, str_of(strings[i].in));
        buf_putc(&b, 0);
        assert_string_equal(b.p, strings[i].text);
        buf_reset(&b);
        canvas_put_bytes(&b, str_of(strings[i].in));
        buf_putc(&b, 0);
        assert_string_equal(b.p, strings[i].bytes);
    }
    buf_done(&b);
}

/* One page with a stream; enough for a reader. */
static struct canvas *small_file(void)
{
    struct canvas *cv = canvas_new(S(""));
    struct buf b = { 0 };
    uint32_t pages = canvas_reserve(cv);
    uint32_t content = canvas_stream(cv, S("/Mark 1"), S("0 0 9 9 re f\n"),
                                     CANVAS_PLAIN);

    buf_printf(&b, "/Type/Page/MediaBox[0 0 9 9]/Parent %u 0 R/Contents %u 0 R",
               pages, content);
    uint32_t page = canvas_add(cv, buf_str(&b));
    buf_reset(&b);
    buf_printf(&b, "/Type/Pages/Count 1/Kids[%u 0 R]", page);
    canvas_set(cv, pages, buf_str(&b));
    buf_reset(&b);
    buf_printf(&b, "/Pages %u 0 R", pages);
    canvas_catalog(cv, buf_str(&b));
    canvas_info(cv, S("/Title(Small)"));
    canvas_file_id(cv, (const uint8_t *)"0123456789abcdef");
    buf_done(&b);
    return cv;
}

static bool has(str s, const char *part)
{
    return str_find(s, str_of(part)) != STR_NONE;
}

static void saves_objects(void **state)
{
    struct arena a;
    struct diag dg;
    str bytes[2];

    arena_init(&a);
    diag_init(&dg, &a);
    str dir = tempdir_new(&a);
    str path = arena_printf(&a, "%s/a.pdf", dir.p);
    for (int i = 0; i < 2; i++) {
        struct canvas *cv = small_file();
        assert_true(canvas_save(cv, path.p, path, &dg));
        canvas_free(cv);
        assert_int_equal(file_read(path, 1 << 20, &a, &bytes[i]), FILE_OK);
    }
    assert_true(str_eq(bytes[0], bytes[1]));
    assert_true(str_starts(bytes[0], S("%PDF-1.7")));
    assert_true(has(bytes[0], "/Title(Small)"));
    assert_false(has(bytes[0], "Haru"));
    assert_true(has(bytes[0], "0 0 9 9 re f"));
    assert_true(has(bytes[0], "/Mark 1"));
    assert_true(has(bytes[0], "<30313233343536373839616263646566>"));
    assert_null(dg.first);
    tempdir_sweep(dir, true);
    arena_done(&a);
}

static void finds_a_full_disk(void **state)
{
    struct arena a;
    struct diag dg;
    struct canvas *cv = small_file();

    arena_init(&a);
    diag_init(&dg, &a);
    if (access("/dev/full", W_OK) != 0)
        skip();
    assert_false(canvas_save(cv, "/dev/full", S("book.pdf"), &dg));
    assert_non_null(dg.first);
    assert_int_equal(dg.first->code, DIAG_OUTPUT_FAILED);
    canvas_free(cv);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_numbers),
        cmocka_unit_test(writes_strings),
        cmocka_unit_test(saves_objects),
        cmocka_unit_test(finds_a_full_disk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
