/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>

#include "assets/cache.h"
#include "assets/fit.h"
#include "assets/made.h"
#include "base/hash.h"
#include "check.h"
#include "tempdir.h"

struct world {
    struct arena arena;
    str dir;
    struct cache *cache;
    struct made *made;
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);

    arena_init(&w->arena);
    w->dir = tempdir_new(&w->arena);
    w->cache = cache_open(w->dir);
    w->made = made_open(w->cache);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    str command = arena_printf(&w->arena, "rm -rf '%s'", w->dir.p);

    made_close(w->made);
    cache_close(w->cache);
    int failed = system(command.p);
    arena_done(&w->arena);
    free(w);
    return failed;
}

static str key(struct world *w, const char *what, const char *of)
{
    str part = str_of(of);

    return made_key(w->made, what, &part, 1, &w->arena);
}

static void parts_come_back(void **state)
{
    struct world *w = *state;
    const str kept[] = { S("\r\n12\n"), { 0 }, { "a\0b", 3 } };
    str got[3];

    made_keep(w->made, key(w, "thing", "x"), kept, 3);
    assert_true(made_recall(w->made, key(w, "thing", "x"), &w->arena, got, 3));
    for (int i = 0; i < 3; i++)
        assert_true(str_eq(got[i], kept[i]));
}

static void keys_differ(void **state)
{
    struct world *w = *state;
    const str ab[] = { S("a"), S("b") }, joined[] = { S("ab"), S("") };
    str x = made_key(w->made, "thing", ab, 2, &w->arena);
    str y = made_key(w->made, "thing", joined, 2, &w->arena);

    assert_false(str_eq(x, y));
    assert_false(str_eq(key(w, "thing", "x"), key(w, "other", "x")));
    assert_true(str_eq(key(w, "thing", "x"), key(w, "thing", "x")));
}

static void what_is_not_kept_is_not_found(void **state)
{
    struct world *w = *state;
    const str one = S("one");
    str got[2];

    assert_false(made_recall(w->made, key(w, "thing", "x"), &w->arena, got, 1));
    made_keep(w->made, key(w, "thing", "x"), &one, 1);
    assert_false(made_recall(w->made, key(w, "thing", "y"), &w->arena, got, 1));
    assert_false(made_recall(w->made, key(w, "thing", "x"), &w->arena, got, 2));
    assert_true(made_recall(w->made, key(w, "thing", "x"), &w->arena, got, 1));
}

static void damage_is_not_believed(void **state)
{
    struct world *w = *state;
    const str one = S("the one");
    str got[1];

    made_keep(w->made, key(w, "thing", "x"), &one, 1);
    str command = arena_printf(
        &w->arena, "find '%s/packs' -type f -exec sed -i 's/one/two/' {} +",
        w->dir.p);
    assert_int_equal(system(command.p), 0);
    assert_false(made_recall(w->made, key(w, "thing", "x"), &w->arena, got, 1));
}

static off_t packed(struct world *w)
{
    str pack = arena_join(&w->arena, w->dir, S("/packs/1"));
    struct stat st;

    assert_int_equal(stat(arena_cstr(&w->arena, pack), &st), 0);
    return st.st_size;
}

/* Beside the name of the file that it is about; where that is in no cache, as
 * a file of its own. */
static void lines_need_no_file(void **state)
{
    static const char *const names[] = { "kept", "unknown" };
    struct world *w = *state;
    const str line = S("2 200 100");
    uint8_t hash[2][SHA256_SIZE];
    str got[3];

    assert_true(cache_keep(w->cache, S("a picture"), hash[0]));
    hash_sha256(S("another"), hash[1]);
    off_t before = packed(w);
    made_keep_line(w->made, key(w, "thing", names[0]), hash[0], line, 3);
    assert_int_equal(packed(w), before);
    made_keep_line(w->made, key(w, "thing", names[1]), hash[1], line, 3);
    assert_true(packed(w) > before);
    for (int i = 0; i < 2; i++) {
        str name = key(w, "thing", names[i]);
        assert_true(made_recall(w->made, name, &w->arena, got, 3));
        assert_true(str_eq(got[0], line));
        assert_int_equal(got[1].n + got[2].n, 0);
    }
    made_keep_line(NULL, S("thing:x"), hash[0], line, 3);
}

static void nowhere_is_silent(void **state)
{
    struct world *w = *state;
    const str one = S("one");
    str got[1];

    assert_int_equal(made_key(NULL, "thing", &one, 1, &w->arena).n, 0);
    made_keep(NULL, S("thing:x"), &one, 1);
    assert_false(made_recall(NULL, S("thing:x"), &w->arena, got, 1));
    made_close(NULL);
}

/* A file that is no longer than the pixels it claims, so that only what was
 * kept can be what comes. */
static void fit_believes_what_is_kept(void **state)
{
    struct world *w = *state;
    str bytes = { arena_alloc(&w->arena, 100000), 100000 };
    uint8_t digest[SHA256_SIZE];
    struct fit_limits limits = { 0 };
    struct image im = { .type = IMAGE_JPEG,
                        .bytes = bytes,
                        .width = 4000,
                        .height = 3000,
                        .digest = { (const char *)digest, SHA256_SIZE } };
    struct fit fit;

    hash_sha256(bytes, digest);
    fit_kept(w->made, &im, &limits, &w->arena, &fit);
    assert_non_null(fit.wrong);
    const str of[] = { im.digest, S("0 0 0 0") };
    const str kept[] = { S("1 1600 1200 0 0"), S("reduced"), S("picture") };
    made_keep(w->made, made_key(w->made, "fit", of, 2, &w->arena), kept, 3);
    fit_kept(w->made, &im, &limits, &w->arena, &fit);
    assert_null(fit.wrong);
    assert_int_equal(fit.width, 1600);
    assert_true(str_eq(fit.bytes, S("picture")));
    assert_true(str_eq(fit.did, S("reduced")));
    limits.quality = 50;
    fit_kept(w->made, &im, &limits, &w->arena, &fit);
    assert_non_null(fit.wrong);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(parts_come_back, setup, teardown),
        cmocka_unit_test_setup_teardown(keys_differ, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_not_kept_is_not_found, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(damage_is_not_believed, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(lines_need_no_file, setup, teardown),
        cmocka_unit_test_setup_teardown(nowhere_is_silent, setup, teardown),
        cmocka_unit_test_setup_teardown(fit_believes_what_is_kept, setup,
                                        teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
