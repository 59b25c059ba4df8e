/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "pump.h"

#define ITEMS  3000
#define NOBODY UINT32_MAX

struct run {
    uint32_t stop_at; /* commit of this item ends the run */
    uint32_t committed;
    uint32_t *slots; /* the item in each, or NOBODY */
    atomic_uint busy[16], prepared;
    atomic_bool wrong;
};

/* Some items take longer than others, so that they overtake each other. */
static void dawdle(uint32_t item)
{
    if (item % 97 == 0)
        nanosleep(&(struct timespec){ .tv_nsec = 200000 }, NULL);
}

static void prepare(void *context, unsigned worker, uint32_t item,
                    unsigned slot)
{
    struct run *r = context;

    if (atomic_fetch_add(&r->busy[worker], 1) || r->slots[slot] != NOBODY)
        atomic_store(&r->wrong, true);
    dawdle(item);
    r->slots[slot] = item;
    atomic_fetch_add(&r->prepared, 1);
    atomic_fetch_sub(&r->busy[worker], 1);
}

static bool commit(void *context, uint32_t item, unsigned slot)
{
    struct run *r = context;

    if (item != r->committed++ || r->slots[slot] != item)
        atomic_store(&r->wrong, true);
    r->slots[slot] = NOBODY;
    return item != r->stop_at;
}

static bool pump_with(struct run *r, unsigned n_workers, uint32_t n)
{
    unsigned n_slots = pump_slots(n_workers);

    r->slots = malloc(n_slots * sizeof *r->slots);
    assert_non_null(r->slots);
    memset(r->slots, 0xFF, n_slots * sizeof *r->slots);
    bool ok = pump_run(&(struct pump){ .n = n,
                                       .n_workers = n_workers,
                                       .context = r,
                                       .prepare = prepare,
                                       .commit = commit });
    free(r->slots);
    assert_false(r->wrong);
    return ok;
}

static const unsigned workers[] = { 1, 2, 4, 7 };

static void test_order(void **state)
{
    for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
        struct run r = { .stop_at = NOBODY };
        assert_true(pump_with(&r, workers[i], ITEMS));
        assert_int_equal(r.committed, ITEMS);
        assert_int_equal(r.prepared, ITEMS);
    }
}

static void test_few(void **state)
{
    for (size_t i = 0; i < sizeof workers / sizeof *workers; i++)
        for (uint32_t n = 0; n < 4; n++) {
            struct run r = { .stop_at = NOBODY };
            assert_true(pump_with(&r, workers[i], n));
            assert_int_equal(r.committed, n);
        }
}

/* A commit that says no is the last; little was prepared in vain. */
static void test_stop(void **state)
{
    for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
        struct run r = { .stop_at = 100 };
        assert_false(pump_with(&r, workers[i], ITEMS));
        assert_int_equal(r.committed, 101);
        assert_true(r.prepared >= 101 &&
                    r.prepared <= 101 + pump_slots(workers[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_few),
        cmocka_unit_test(test_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
