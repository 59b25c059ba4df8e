/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/syncer.h"

#define MB (1u << 20)

static void test_file(void **state)
{
    FILE *f = tmpfile();

    assert_non_null(f);
    struct syncer *s = syncer_new(fileno(f));
    for (uint64_t n = 0; n <= 100; n++)
        syncer_grown(s, n * MB);
    assert_true(syncer_free(s));
    fclose(f);
}

/* What can't be synced is told of, however soon all ends. */
static void test_failure(void **state)
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    struct syncer *s = syncer_new(ends[1]);
    syncer_grown(s, 100 * MB);
    errno = 0;
    assert_false(syncer_free(s));
    assert_int_not_equal(errno, 0);
    close(ends[0]);
    close(ends[1]);
}

/* A little is left to whoever syncs at the end. */
static void test_little(void **state)
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    struct syncer *s = syncer_new(ends[1]);
    for (uint64_t n = 0; n < 1000; n++)
        syncer_grown(s, n);
    assert_true(syncer_free(s));
    close(ends[0]);
    close(ends[1]);
}

static void test_none(void **state)
{
    assert_true(syncer_free(NULL));
    assert_true(syncer_free(syncer_new(-1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_failure),
        cmocka_unit_test(test_little),
        cmocka_unit_test(test_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
