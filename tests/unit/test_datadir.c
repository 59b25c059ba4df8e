/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/datadir.h"
#include "tempdir.h"

/* A test runs from the build folder, so the source folder's files count. */
static void test_build_folder(void **state)
{
    struct arena a;
    struct diag dg;
    str css;

    arena_init(&a);
    diag_init(&dg, &a);
    unsetenv("BLOG2BOOK_DATADIR");
    assert_true(data_read(S("styles/book.css"), &a, &css, &dg));
    assert_true(css.n > 0);
    assert_null(dg.first);
    arena_done(&a);
}

/* The environment's folder is the only one that counts. */
static void test_environment(void **state)
{
    struct arena a;
    struct diag dg;
    str text;

    arena_init(&a);
    diag_init(&dg, &a);
    str dir = tempdir_new(&a);
    write_file(arena_printf(&a, "%s/note", dir.p).p, S("here"));
    setenv("BLOG2BOOK_DATADIR", dir.p, 1);
    assert_true(data_read(S("note"), &a, &text, &dg));
    assert_true(str_eq(text, S("here")));
    assert_int_equal(data_find(S("styles/book.css"), &a).n, 0);
    assert_false(data_read(S("styles/book.css"), &a, &text, &dg));
    assert_int_equal(dg.first->code, DIAG_DATA_MISSING);
    assert_true(str_find(dg.first->text, dir) != STR_NONE);
    tempdir_sweep(dir, true);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_build_folder),
        cmocka_unit_test(test_environment),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
