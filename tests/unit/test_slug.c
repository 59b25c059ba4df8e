/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "convert/slug.h"
#include "spec_file.h"

/* tests/spec/slugs.txt: a heading a line, and the ids they get in this
 * order within one chapter. */
static void run_example(const struct spec_example *x, struct arena *a)
{
    struct map taken;
    str rest = x->input, line, got = S("");

    map_init(&taken, a);
    while (str_next_line(&rest, &line)) {
        str id = slug_unique(slug_of(line, a), &taken, a);

        got = arena_printf(a, "%.*s%.*s\n", STR_ARG(got), STR_ARG(id));
    }
    assert_string_equal(arena_cstr(a, got), arena_cstr(a, x->want));
}

static void test_spec(void **state)
{
    assert_true(spec_run("slugs.txt", run_example) >= 8);
}

static void test_odd(void **state)
{
    static const struct {
        const char *in, *want;
    } odd[] = {
        { "", "section" },
        { " \t\n ", "section" },
        { "e\xCC\x81t\xC3\xA9", "\xC3\xA9t\xC3\xA9" },
        { "\xE1\x84\x80\xE1\x85\xA1", "가" },
        { "\xCC\x81x", "s-\xCC\x81x" },
        { "a\xC2\xA0"
          "b\xE3\x80\x80"
          "c",
          "a-b-c" },
        { "\xEF\xBF\xBD", "section" },
        { "\x01<\"&'>", "section" },
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_string_equal(arena_cstr(&a, slug_of(str_of(odd[i].in), &a)),
                            odd[i].want);
    arena_done(&a);
}

/* 50,000 equal headings take 50,000 steps, not a billion. */
static void test_many(void **state)
{
    struct arena a;
    struct map taken;
    str last = S("");

    arena_init(&a);
    map_init(&taken, &a);
    map_put(&taken, S("x-2"), &taken);
    for (int i = 0; i < 50000; i++)
        last = slug_unique(S("x"), &taken, &a);
    assert_string_equal(arena_cstr(&a, last), "x-50000");
    assert_ptr_equal(map_find(&taken, S("x-2")), &taken);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spec),
        cmocka_unit_test(test_odd),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
