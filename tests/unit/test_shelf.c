/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/shelf.h"

#define THREADS 8
#define ROUNDS  2000

static atomic_uint n_made, n_freed;

struct thing {
    char key;
    int from;
};

static void *make(str key, const void *from)
{
    struct thing *t = malloc(sizeof *t);

    /* Long enough for others to ask meanwhile. */
    nanosleep(&(struct timespec){ .tv_nsec = 100000 }, NULL);
    *t = (struct thing){ key.p[0], from ? *(const int *)from : 0 };
    atomic_fetch_add(&n_made, 1);
    return t;
}

static void destroy(void *thing)
{
    memset(thing, '?', sizeof(struct thing));
    free(thing);
    atomic_fetch_add(&n_freed, 1);
}

static const struct shelf_kind kind = { make, destroy, 2 };

static int set_up(void **state)
{
    atomic_store(&n_made, 0);
    atomic_store(&n_freed, 0);
    *state = shelf_new(&kind);
    return 0;
}

static int tear_down(void **state)
{
    shelf_free(*state);
    return atomic_load(&n_made) != atomic_load(&n_freed);
}

static void test_same_key(void **state)
{
    int first = 1, second = 2;
    struct thing *x = shelf_take(*state, S("a"), &first);
    struct thing *y = shelf_take(*state, S("a"), &second);

    assert_ptr_equal(x, y);
    assert_int_equal(y->from, 1);
    assert_ptr_not_equal(shelf_take(*state, S("ab"), NULL), x);
    assert_int_equal(atomic_load(&n_made), 2);
}

/* What nobody has stays, but no more than two of such; what somebody has stays
 * in any case. */
static void test_keep(void **state)
{
    static const str keys[] = { STR_INIT("a"), STR_INIT("b"), STR_INIT("c"),
                                STR_INIT("d") };
    struct thing *v[4];

    for (int i = 0; i < 4; i++)
        v[i] = shelf_take(*state, keys[i], NULL);
    assert_ptr_equal(shelf_take(*state, keys[0], NULL), v[0]);
    for (int i = 0; i < 4; i++)
        shelf_give_back(*state, v[i]); /* one still has a */
    assert_int_equal(atomic_load(&n_freed), 1);
    assert_int_equal(v[0]->key, 'a');
    assert_ptr_equal(shelf_take(*state, keys[2], NULL), v[2]);
    assert_ptr_equal(shelf_take(*state, keys[3], NULL), v[3]);
    assert_int_equal(atomic_load(&n_made), 4);
    shelf_take(*state, keys[1], NULL);
    assert_int_equal(atomic_load(&n_made), 5);
    shelf_give_back(*state, NULL);
}

struct borrower {
    struct shelf *shelf;
    unsigned seed;
    bool wrong;
    pthread_t thread;
};

static void *borrow(void *context)
{
    struct borrower *b = context;

    for (unsigned i = 0; i < ROUNDS; i++) {
        char key = (char)('a' + (b->seed * 7 + i * i) % 5);
        struct thing *t = shelf_take(b->shelf, (str){ &key, 1 }, NULL);
        b->wrong |= t->key != key;
        if (i % 3 == 0)
            sched_yield();
        b->wrong |= t->key != key;
        shelf_give_back(b->shelf, t);
    }
    return NULL;
}

static void test_threads(void **state)
{
    struct borrower v[THREADS] = { { .shelf = NULL } };

    for (unsigned i = 0; i < THREADS; i++) {
        v[i] = (struct borrower){ .shelf = *state, .seed = i };
        assert_int_equal(pthread_create(&v[i].thread, NULL, borrow, &v[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(v[i].thread, NULL);
        assert_false(v[i].wrong);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_same_key),
        TEST(test_keep),
        TEST(test_threads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
