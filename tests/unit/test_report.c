/* SPDX-License-Identifier: MIT */
/* What is said when, by settings. Standard error is a file here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/buf.h"
#include "check.h"
#include "report.h"
#include "tempdir.h"

struct stage {
    struct arena arena;
    struct settings set;
    FILE *said;
    int own_stderr;
};

static int setup(void **state)
{
    struct stage *s = calloc(1, sizeof *s);

    if (!s)
        return -1;
    arena_init(&s->arena);
    settings_init(&s->set, &s->arena);
    s->said = tmpfile();
    fflush(stderr);
    s->own_stderr = dup(STDERR_FILENO);
    dup2(fileno(s->said), STDERR_FILENO);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    struct stage *s = *state;

    dup2(s->own_stderr, STDERR_FILENO);
    close(s->own_stderr);
    fclose(s->said);
    arena_done(&s->arena);
    free(s);
    return 0;
}

/* What was said since the last call. */
static str heard(struct stage *s)
{
    struct buf b = { 0 };
    int c;

    fflush(stderr);
    rewind(s->said);
    while ((c = getc(s->said)) != EOF)
        buf_putc(&b, (char)c);
    rewind(s->said);
    if (ftruncate(fileno(s->said), 0))
        abort();
    str copy = arena_dup(&s->arena, buf_str(&b));
    buf_done(&b);
    return copy;
}

static void add(struct stage *s, struct report *r, enum diag_code code,
                unsigned n)
{
    struct diag dg;

    diag_init(&dg, &s->arena);
    for (unsigned i = 0; i < n; i++)
        diag_add(&dg, code, S("p.md"), i + 1, "text");
    report_add(r, &dg);
}

#define WARNING_1 "p.md:1: warning: text [image-missing]\n"
#define ERROR_1   "p.md:1: error: text [file-unreadable]\n"
#define INFO_1    "p.md:1: info: text [ad-dropped]\n"

/* What is said at once of one error, one warning, one info, and at the end. */
static void test_levels(void **state)
{
    struct stage *s = *state;
    static const struct {
        bool quiet, verbose, strict;
        const char *at_once, *at_end;
    } cases[] = {
        { false, false, false, ERROR_1, WARNING_1 },
        { true, false, false, ERROR_1, "" },
        { false, true, false, ERROR_1 WARNING_1 INFO_1, "" },
        { false, false, true, ERROR_1 WARNING_1, "" },
        { true, false, true, ERROR_1 WARNING_1, "" },
    };

    for (size_t i = 0; i < N_OF(cases); i++) {
        s->set.quiet = cases[i].quiet;
        s->set.verbose = cases[i].verbose;
        s->set.strict = cases[i].strict;
        struct report *r = report_new(&s->set, stderr);
        add(s, r, DIAG_FILE_UNREADABLE, 1);
        add(s, r, DIAG_IMAGE_MISSING, 1);
        add(s, r, DIAG_AD_DROPPED, 1);
        check_str(heard(s), cases[i].at_once);
        report_summary(r);
        check_str(heard(s), cases[i].at_end);
        assert_int_equal(report_count(r, SEV_WARNING), 1);
        assert_int_equal(report_count(r, SEV_ERROR), 1);
        assert_int_equal(report_effect(r), LOST);
        report_free(r);
    }
}

static void test_many_are_counted(void **state)
{
    struct stage *s = *state;
    struct report *r = report_new(&s->set, stderr);

    add(s, r, DIAG_IMAGE_MISSING, 1);
    add(s, r, DIAG_HEADER_REPAIRED, 22);
    add(s, r, DIAG_AD_DROPPED, 50);
    report_summary(r);
    str said = heard(s);
    assert_true(str_find(said, S("23 warnings")) != STR_NONE);
    assert_true(str_find(said, S("22 repaired headers")) != STR_NONE);
    assert_true(str_find(said, S("50")) == STR_NONE);
    assert_int_equal(str_find_char(said, '\n'), said.n - 1);
    report_free(r);
}

static void test_effects(void **state)
{
    struct stage *s = *state;
    struct report *r = report_new(&s->set, stderr);

    assert_int_equal(report_effect(r), KEPT);
    add(s, r, DIAG_TITLE_MISSING, 1);
    assert_int_equal(report_effect(r), KEPT);
    add(s, r, DIAG_IMAGE_MISSING, 1);
    assert_int_equal(report_effect(r), LOST);
    add(s, r, DIAG_OUTPUT_FAILED, 1);
    add(s, r, DIAG_IMAGE_MISSING, 1);
    assert_int_equal(report_effect(r), FAILED);
    report_free(r);
    report_free(NULL);
}

static void test_colors(void **state)
{
    struct stage *s = *state;
    static const struct {
        enum color_when color;
        bool want;
    } cases[] = {
        { COLOR_AUTO, false }, /* a file is no terminal */
        { COLOR_NEVER, false },
        { COLOR_ALWAYS, true },
    };

    for (size_t i = 0; i < N_OF(cases); i++) {
        s->set.color = cases[i].color;
        struct report *r = report_new(&s->set, stderr);
        add(s, r, DIAG_FILE_UNREADABLE, 1);
        bool got = str_find_char(heard(s), '\033') != STR_NONE;
        assert_int_equal(got, cases[i].want);
        report_free(r);
    }
}

#define STAGED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAGED(test_levels),
        STAGED(test_many_are_counted),
        STAGED(test_effects),
        STAGED(test_colors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
