/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "pdf/canvas.h"
#include "pdf/xref.h"
#include "pdf_objects.h"
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

static const uint8_t id[] = "0123456789abcdef";

struct desk {
    struct arena a;
    struct diag dg;
    struct flate *flate;
    str dir, path;
};

static int desk_init(void **state)
{
    struct desk *d = calloc(1, sizeof *d);

    arena_init(&d->a);
    diag_init(&d->dg, &d->a);
    d->flate = flate_new();
    d->dir = tempdir_new(&d->a);
    d->path = arena_printf(&d->a, "%s/a.pdf", d->dir.p);
    *state = d;
    return 0;
}

static int desk_done(void **state)
{
    struct desk *d = *state;

    flate_free(d->flate);
    tempdir_sweep(d->dir, true);
    arena_done(&d->a);
    free(d);
    return 0;
}

/* One page with a stream; enough for a reader. */
static struct canvas *small_file(const struct desk *d, const char *path)
{
    struct canvas *cv = canvas_new(path, d->flate);
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
    buf_done(&b);
    return cv;
}

static bool has(str s, const char *part)
{
    return str_find(s, str_of(part)) != STR_NONE;
}

/* The file that CV, which goes away, was writing. */
static str finish(struct desk *d, struct canvas *cv)
{
    str bytes = { 0 };

    assert_true(canvas_close(cv, id, d->path, &d->dg));
    canvas_free(cv);
    assert_null(d->dg.first);
    assert_int_equal(file_read(d->path, 1 << 24, &d->a, &bytes), FILE_OK);
    return bytes;
}

static void begin(const struct desk *d)
{
    fclose(fopen(d->path.p, "w"));
}

static void saves_objects(void **state)
{
    struct desk *d = *state;
    str bytes[2];

    for (int i = 0; i < 2; i++) {
        begin(d);
        bytes[i] = finish(d, small_file(d, d->path.p));
    }
    assert_true(str_eq(bytes[0], bytes[1]));
    str all = with_objects(bytes[0], &d->a);
    assert_true(str_starts(all, S("%PDF-1.7")));
    assert_true(str_ends(bytes[0], S("%%EOF\n")));
    assert_false(has(bytes[0], "/Title"));
    assert_true(has(all, "<</Title(Small)>>"));
    assert_false(has(all, "Haru"));
    assert_true(has(all, "0 0 9 9 re f"));
    assert_true(has(all, "/Length 13\n/Mark 1>>"));
    assert_true(has(all, "<30313233343536373839616263646566>"));
}

/* The entry of OBJECT in the rows of a table with offsets of N bytes. */
static const uint8_t *entry_of(uint8_t *rows, uint32_t object, unsigned n)
{
    /* Rows differ from those above; these are whole from here on. */
    for (uint32_t i = 1; i <= object; i++)
        for (unsigned k = 1; k < n + 4; k++)
            rows[i * (n + 4) + k] += rows[(i - 1) * (n + 4) + k];
    return rows + object * (n + 4) + 1;
}

/* More objects than one object stream holds, and a large one. */
static void fills_object_streams(void **state)
{
    struct desk *d = *state;
    struct buf table = { 0 }, text = { 0 };

    begin(d);
    struct canvas *cv = small_file(d, d->path.p);
    for (int i = 0; i < 450; i++) {
        buf_reset(&text);
        buf_printf(&text, "/Number %d", i);
        canvas_add(cv, buf_str(&text));
    }
    for (int i = 0; i < 100000; i++)
        buf_puts(&text, "/N 1");
    canvas_add(cv, buf_str(&text));
    canvas_set_apart(cv, canvas_reserve(cv), S("/Apart 1"));
    uint32_t nothing = canvas_reserve(cv);
    str pdf = finish(d, cv);
    str all = with_objects(pdf, &d->a);
    assert_true(has(all, "/Type/ObjStm/N 200/"));
    assert_true(has(all, "<</Number 0>><</Number 1>>"));
    assert_true(has(all, "<</Number 449>>"));
    assert_true(has(all, " 0 <</Apart 1>>"));
    size_t at = str_find(pdf, S("/Type/XRef"));
    put_inflated(&table, stream_bytes(pdf, at));
    assert_true(has(str_from(pdf, at), "/W[1 2 2]"));
    /* Each row begins with the filter's number. */
    assert_int_equal(table.n % 6, 0);
    assert_memory_equal(entry_of((uint8_t *)table.p, nothing, 2), "\0\0\0\0\0",
                        5);
    buf_done(&table);
    buf_done(&text);
}

static void tells_places(void **state)
{
    struct xref x = { 0 };
    struct buf rows = { 0 }, dict = { 0 };

    for (uint32_t i = 1; i <= 5; i++)
        assert_int_equal(xref_reserve(&x), i);
    xref_set_offset(&x, 1, 0x0102030405);
    xref_set_packed(&x, 2, 9, 300);
    xref_set_packed(&x, 3, 9, 301);
    xref_set_packed(&x, 4, 9, 302);
    xref_set_offset(&x, 5, 0x56);
    xref_put_rows(&x, &rows, &dict);
    buf_putc(&dict, 0);
    assert_string_equal(dict.p, "/Size 6/W[1 5 2]/DecodeParms<</Predictor 12/"
                                "Columns 8>>");
    assert_int_equal(rows.n, 6 * 9);
    const uint8_t *first = (const uint8_t *)rows.p + 9;
    assert_memory_equal(rows.p, "\2\0\0\0\0\0\0\0\0", 9);
    assert_memory_equal(first, "\2\1\1\2\3\4\5\0\0", 9);
    assert_memory_equal(first + 9, "\2\1\xFF\xFE\xFD\xFC\4\1\x2C", 9);
    assert_memory_equal(first + 18, "\2\0\0\0\0\0\0\0\1", 9);
    assert_memory_equal(first + 36, "\2\xFF\0\0\0\0\x4D\xFF\xD2", 9);
    xref_done(&x);
    buf_done(&rows);
    buf_done(&dict);
}

static void finds_a_full_disk(void **state)
{
    struct desk *d = *state;

    if (access("/dev/full", W_OK) != 0)
        skip();
    struct canvas *cv = small_file(d, "/dev/full");
    assert_false(canvas_close(cv, id, S("book.pdf"), &d->dg));
    assert_non_null(d->dg.first);
    assert_int_equal(d->dg.first->code, DIAG_OUTPUT_FAILED);
    canvas_free(cv);
}

static void reports_a_file_that_is_not_there(void **state)
{
    struct desk *d = *state;
    struct canvas *cv = small_file(d, d->path.p);

    assert_false(canvas_close(cv, id, S("book.pdf"), &d->dg));
    assert_int_equal(d->dg.first->code, DIAG_OUTPUT_FAILED);
    canvas_free(cv);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_init, desk_done)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_numbers),
        cmocka_unit_test(writes_strings),
        cmocka_unit_test(tells_places),
        TEST(saves_objects),
        TEST(fills_object_streams),
        TEST(finds_a_full_disk),
        TEST(reports_a_file_that_is_not_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
