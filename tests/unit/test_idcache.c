/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "book/post.h"
#include "convert/idcache.h"
#include "doc/node.h"

#define N_POSTS   50
#define N_THREADS 4

static struct post posts[N_POSTS];

/* The chapter of a post has the ids "intro", "ÜBER" and the post's name; its
 * author wrote "a b" where "a-b" is. */
static void make(void *context, const struct post *post, struct idset *ids)
{
    static const char *const written[] = { "intro", "\u00dcBER", "a b" };
    struct arena *a = ids->arena;
    struct node *root = node_new(a, TAG_SECTION, 1);
    unsigned *n_made = context;

    if (n_made)
        ++*n_made;
    node_set(root, a, ATTR_ID, idset_claim(ids, post->name));
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        struct node *p = node_new(a, TAG_P, 1);
        node_set(p, a, ATTR_ID, idset_claim(ids, str_of(written[i])));
        node_append(root, p);
    }
    idset_collect(ids, root);
}

static const struct {
    const char *fragment, *want; /* NULL: no such id */
} lookups[] = {
    { "intro", "intro" },
    { "Intro", "intro" },
    { "missing", NULL },
    { "", NULL },
    { "\u00fcber", "\u00dcBER" },
    { "%C3%9CBER", "\u00dcBER" },
    { "a b", "a-b" },
    { "a%20b", "a-b" },
    { "A-B", "a-b" },
    { "introduction", NULL },
};

static void check(const struct idset *ids, struct arena *a)
{
    for (size_t i = 0; i < sizeof lookups / sizeof *lookups; i++) {
        str id = S("");
        bool found = idset_find(ids, str_of(lookups[i].fragment), a, &id);

        assert_int_equal(found, lookups[i].want != NULL);
        if (found)
            assert_string_equal(arena_cstr(a, id), lookups[i].want);
    }
}

static void ids_are_found(void **state)
{
    struct idcache *cache = idcache_new();
    struct arena a;
    unsigned n_made = 0;

    (void)state;
    arena_init(&a);
    const struct idset *ids = idcache_get(cache, &posts[0], make, &n_made);
    check(ids, &a);
    assert_ptr_equal(idcache_get(cache, &posts[0], make, &n_made), ids);
    assert_int_equal(n_made, 1);
    arena_done(&a);
    idcache_free(cache);
}

struct worker {
    pthread_t thread;
    struct idcache *cache;
    const struct idset *seen[N_POSTS];
    unsigned n_wrong, start;
};

/* Every post, each worker from another one on, twice. */
static void *work(void *context)
{
    struct worker *w = context;
    struct arena a;

    arena_init(&a);
    for (unsigned k = 0; k < 2 * N_POSTS; k++) {
        unsigned i = (w->start + k) % N_POSTS;
        const struct idset *ids = idcache_get(w->cache, &posts[i], make, NULL);
        str own = S(""), other = S("");

        w->n_wrong += k >= N_POSTS && w->seen[i] != ids;
        w->seen[i] = ids;
        w->n_wrong += !idset_find(ids, posts[i].name, &a, &own);
        w->n_wrong += idset_find(ids, posts[(i + 1) % N_POSTS].name, &a,
                                 &other);
    }
    arena_done(&a);
    return NULL;
}

static void threads_share_it(void **state)
{
    struct worker workers[N_THREADS] = { 0 };
    struct idcache *cache = idcache_new();

    (void)state;
    for (unsigned i = 0; i < N_THREADS; i++) {
        workers[i].cache = cache;
        workers[i].start = i * 7;
        assert_int_equal(
            pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (unsigned i = 0; i < N_THREADS; i++)
        pthread_join(workers[i].thread, NULL);
    for (unsigned i = 0; i < N_THREADS; i++) {
        assert_int_equal(workers[i].n_wrong, 0);
        for (unsigned k = 0; k < N_POSTS; k++)
            assert_ptr_equal(workers[i].seen[k], workers[0].seen[k]);
    }
    idcache_free(cache);
}

static int set_up(void **state)
{
    struct arena *a = test_malloc(sizeof *a);

    arena_init(a);
    *state = a;
    for (unsigned i = 0; i < N_POSTS; i++)
        posts[i].name = arena_printf(a, "post-%u", i);
    return 0;
}

static int tear_down(void **state)
{
    arena_done(*state);
    test_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_found),
        cmocka_unit_test(threads_share_it),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
