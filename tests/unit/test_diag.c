/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/diag.h"
#include "check.h"

/* What diag_print() writes of the newest item. */
static str printed(struct diag *dg, bool color)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);

    diag_print(dg->last, color, f);
    fclose(f);
    str copy = arena_dup(dg->arena, (str){ text, n });
    free(text);
    return copy;
}

static void test_print(void **state)
{
    static const struct {
        const char *path;
        unsigned line;
        const char *text, *want;
    } cases[] = {
        { "a/b.md", 7, "no", "a/b.md:7: warning: no [image-missing]\n" },
        { "a b.md", 0, "no", "a b.md: warning: no [image-missing]\n" },
        { "", 0, "no", "blog2book: warning: no [image-missing]\n" },
        { "글.md", 1, "그림", "글.md:1: warning: 그림 [image-missing]\n" },
        /* Nothing drives a terminal: C0, DEL, C1, line feeds in names. */
        { "x\n.md", 1,
          "\033[2J\x7f\xC2\x9B"
          "5m\t\r",
          "x\\x0A.md:1: warning: \\x1B[2J\\x7F\\x9B5m\\x09\\x0D "
          "[image-missing]\n" },
        /* Bytes that are no UTF-8, and the sign for them. */
        { "caf\xE9.md", 1, "\xEF\xBF \xEF\xBF\xBD",
          "caf\\xE9.md:1: warning: \\xEF\\xBF \xEF\xBF\xBD [image-missing]\n" },
    };
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    for (size_t i = 0; i < N_OF(cases); i++) {
        diag_add(&dg, DIAG_IMAGE_MISSING, str_of(cases[i].path), cases[i].line,
                 "%s", cases[i].text);
        check_str(printed(&dg, false), cases[i].want);
    }
    diag_add(&dg, DIAG_IMAGE_MISSING, S("p"), 1, "t");
    check_str(printed(&dg, true),
              "p:1: \033[33mwarning:\033[0m t [image-missing]\n");
    arena_done(&a);
}

static void test_order(void **state)
{
    struct arena a;
    struct diag dg;
    unsigned line = 0;

    arena_init(&a);
    diag_init(&dg, &a);
    assert_null(dg.first);
    for (unsigned i = 1; i <= 100; i++)
        diag_add(&dg, DIAG_LINK_BROKEN, S("p"), i, "%u", i);
    for (const struct diag_item *it = dg.first; it; it = it->next)
        assert_int_equal(it->line, ++line);
    assert_int_equal(line, 100);
    arena_done(&a);
}

/* Codes are what scripts match: words, each its own; errors lose something. */
static void test_kinds(void **state)
{
    for (enum diag_code c = 0; c < DIAG_COUNT; c++) {
        const char *name = diag_name(c);
        assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-"),
                         strlen(name));
        assert_true(strlen(diag_group(c, 1)) > 0 &&
                    strlen(diag_group(c, 2)) > 0);
        for (enum diag_code d = 0; d < c; d++)
            assert_string_not_equal(name, diag_name(d));
        if (diag_effect(c) == FAILED)
            assert_int_equal(diag_severity(c), SEV_ERROR);
        if (diag_effect(c) == LOST)
            assert_int_not_equal(diag_severity(c), SEV_INFO);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_print),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_kinds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
