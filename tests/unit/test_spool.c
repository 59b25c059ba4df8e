/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/spool.h"
#include "tempdir.h"

struct world {
    struct arena arena;
    struct diag diag;
    str dir, output;
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);

    arena_init(&w->arena);
    diag_init(&w->diag, &w->arena);
    w->dir = tempdir_new(&w->arena);
    w->output = arena_printf(&w->arena, "%s/book.epub", w->dir.p);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;

    tempdir_sweep(w->dir, true);
    arena_done(&w->arena);
    free(w);
    return 0;
}

/* Piece I: its length and bytes depend on I alone; some are longer than what
 * the spool gathers. */
static str piece(struct arena *a, unsigned i)
{
    size_t n = i % 7 == 3 ? 400000 + i : i * 37 % 9000;
    char *p = arena_bytes(a, n + 1);

    for (size_t k = 0; k < n; k++)
        p[k] = (char)(k * 31 + i);
    return (str){ p, n };
}

static void assert_span(struct spool *sp, struct span span, str want)
{
    char got[5000];
    size_t at = 0;

    assert_int_equal(span.len, want.n);
    while (at < want.n) {
        size_t room = want.n - at < sizeof got ? want.n - at : sizeof got;
        int64_t n = spool_read(sp, span.off + at, got, room);
        assert_true(n > 0);
        assert_memory_equal(got, want.p + at, (size_t)n);
        at += (size_t)n;
    }
}

static void test_pieces_come_back(void **state)
{
    struct world *w = *state;
    struct spool *sp = spool_new(w->output, &w->diag);
    struct span spans[60];

    assert_non_null(sp);
    for (unsigned i = 0; i < 60; i++)
        assert_true(spool_put(sp, piece(&w->arena, i), &spans[i], &w->diag));
    for (unsigned i = 60; i-- > 0;)
        assert_span(sp, spans[i], piece(&w->arena, i));
    spool_free(sp);
    assert_null(w->diag.first);
}

static void test_has_no_name(void **state)
{
    struct world *w = *state;
    struct spool *sp = spool_new(w->output, &w->diag);
    struct span span;

    assert_true(spool_put(sp, piece(&w->arena, 3), &span, &w->diag));
    assert_int_equal(tempdir_sweep(w->dir, false), 0);
    spool_free(sp);
}

static void test_full_disk(void **state)
{
    struct world *w = *state;
    struct spool *sp = spool_new(w->output, &w->diag);
    struct span span;
    bool ok = true;

    disk_is_full_at(1000000);
    for (unsigned i = 0; i < 10 && ok; i++)
        ok = spool_put(sp, piece(&w->arena, 3), &span, &w->diag);
    disk_is_full_at(RLIM_INFINITY);
    assert_false(ok);
    assert_int_equal(w->diag.first->code, DIAG_OUTPUT_FAILED);
    assert_null(w->diag.first->next);
    spool_free(sp);
}

static void test_no_folder(void **state)
{
    struct world *w = *state;
    str nowhere = arena_printf(&w->arena, "%s/no/book.epub", w->dir.p);

    assert_null(spool_new(nowhere, &w->diag));
    assert_int_equal(w->diag.first->code, DIAG_OUTPUT_FAILED);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(test_pieces_come_back),
        IN_A_FOLDER(test_has_no_name),
        IN_A_FOLDER(test_full_disk),
        IN_A_FOLDER(test_no_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
