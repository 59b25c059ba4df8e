/* SPDX-License-Identifier: MIT */
/* Arenas, growing bytes and arrays, maps; and how running out ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "check.h"

static void test_arena(void **state)
{
    struct arena a;

    arena_init(&a);
    for (size_t n = 0; n < 3000; n++) {
        char *text = arena_bytes(&a, n % 7);
        memset(text, 'x', n % 7);
        unsigned char *p = arena_alloc(&a, n);
        assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xFF, n);
    }
    /* Larger than any chunk. */
    char *big = arena_alloc(&a, 20u << 20);
    big[(20u << 20) - 1] = 1;
    arena_done(&a);
    assert_null(a.chunk);
}

static void test_arena_reset(void **state)
{
    struct arena a;

    arena_init(&a);
    arena_reset(&a);
    char *first = arena_bytes(&a, 10);
    arena_reset(&a);
    assert_ptr_equal(arena_bytes(&a, 10), first); /* its chunk was kept */
    unsigned char *p = arena_alloc(&a, 1000);
    memset(p, 0xFF, 1000);
    arena_reset(&a);
    arena_bytes(&a, 10);
    p = arena_alloc(&a, 1000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(p[i], 0); /* zeroed again */
    arena_bytes(&a, 100u << 20);
    arena_reset(&a);
    assert_null(a.chunk); /* one huge post does not stay in memory */
    arena_done(&a);
}

static void test_arena_text(void **state)
{
    struct arena a;

    arena_init(&a);
    str copy = arena_dup(&a, S("text"));
    assert_string_equal(copy.p, "text");
    assert_string_equal(arena_cstr(&a, str_sub(copy, 1, 2)), "ex");
    assert_string_equal(arena_dup(&a, (str){ 0 }).p, "");
    check_str(arena_printf(&a, "%s-%d", "x", 7), "x-7");
    check_str(arena_join(&a, S("a"), S("b")), "ab");
    check_str(arena_join(&a, (str){ 0 }, (str){ 0 }), "");
    arena_done(&a);
}

/* Runs BREAK_IT in a child; true when that ended with status 3 and a
 * message. */
static bool dies(void (*break_it)(struct arena *a))
{
    int end[2], status;
    char said[200] = "";

    if (pipe(end))
        abort();
    pid_t child = fork();
    if (child == 0) {
        struct arena a;
        dup2(end[1], STDERR_FILENO);
        arena_init(&a);
        break_it(&a);
        _exit(0);
    }
    close(end[1]);
    ssize_t n = read(end[0], said, sizeof said - 1);
    close(end[0]);
    waitpid(child, &status, 0);
    return n > 0 && strstr(said, "blog2book: out of memory") &&
           WIFEXITED(status) && WEXITSTATUS(status) == 3;
}

static void ask_for_all(struct arena *a)
{
    arena_alloc_raw(a, SIZE_MAX - 5);
}

static void ask_for_all_bytes(struct arena *a)
{
    arena_bytes(a, SIZE_MAX);
}

static void overflow_array(struct arena *a)
{
    arena_alloc_array(a, 16, SIZE_MAX / 8);
}

static void overflow_buf(struct arena *a)
{
    struct buf b = { 0 };

    buf_putc(&b, 'x');
    buf_reserve(&b, SIZE_MAX - 1);
}

static void test_limits(void **state)
{
    assert_true(dies(ask_for_all));
    assert_true(dies(ask_for_all_bytes));
    assert_true(dies(overflow_array));
    assert_true(dies(overflow_buf));
}

static void test_buf(void **state)
{
    struct buf b = { 0 };

    buf_put(&b, (str){ 0 });
    assert_int_equal(b.n, 0);
    buf_puts(&b, "a");
    buf_put(&b, S("bc"));
    buf_putc(&b, 'd');
    buf_put_codepoint(&b, 0x1F600);
    buf_printf(&b, "%03d", 7);
    check_str(buf_str(&b), "abcd😀007");
    buf_reset(&b);
    assert_int_equal(buf_str(&b).n, 0);
    for (int i = 0; i < 100000; i++)
        buf_putc(&b, (char)('a' + i % 26));
    assert_int_equal(b.n, 100000);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(b.p[i], 'a' + i % 26);
    buf_done(&b);
    assert_null(b.p);
}

static void test_vec(void **state)
{
    struct arena a;
    VEC(int) numbers = { 0 };

    arena_init(&a);
    for (int i = 0; i < 1000; i++) {
        int *at = vec_push(&numbers, &a);
        assert_int_equal(*at, 0);
        *at = i;
    }
    assert_int_equal(numbers.n, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers.v[i], i);
    arena_done(&a);
}

static void test_map(void **state)
{
    struct arena a;
    struct map m;
    int values[5000];

    arena_init(&a);
    map_init(&m, &a);
    assert_null(map_find(&m, S("nothing")));
    for (int i = 0; i < 5000; i++)
        map_put(&m, arena_printf(&a, "key %d", i), &values[i]);
    map_put(&m, S(""), &values[0]);
    assert_int_equal(m.n, 5001);
    for (int i = 0; i < 5000; i++) {
        str key = arena_printf(&a, "key %d", i);
        assert_ptr_equal(map_find(&m, key), &values[i]);
        /* in the order in which they came */
        assert_true(str_eq(m.entries[i].key, key));
    }
    assert_ptr_equal(map_find(&m, S("")), &values[0]);
    assert_null(map_find(&m, S("key")));

    map_put(&m, S("key 7"), &values[8]);
    assert_int_equal(m.n, 5001);
    assert_ptr_equal(map_find(&m, S("key 7")), &values[8]);
    void **place = map_at(&m, S("new"));
    assert_null(*place);
    *place = &values[1];
    assert_ptr_equal(map_find(&m, S("new")), &values[1]);
    arena_done(&a);
}

/* FIPS 180-2, and RFC 9562's appendix A.4 for the form of a UUIDv5. */
/* How many values the low byte of 256 hashes has. */
static int count_low(const uint64_t *hashes)
{
    bool seen[256] = { false };
    int n = 0;

    for (int i = 0; i < 256; i++)
        seen[hashes[i] & 255] = true;
    for (int i = 0; i < 256; i++)
        n += seen[i];
    return n;
}

/* Keys that differ in any one place are spread over the low bits, which tables
 * use: a random function has 162 values of 256 there. */
static void spreads_keys(void)
{
    for (int place = 0; place < 24; place++) {
        char key[] = "abcdefghijklmnopqrstuvwx";
        uint64_t texts[256], objects[256];
        for (int c = 0; c < 256; c++) {
            key[place] = (char)c;
            texts[c] = hash_bytes((str){ key, 23 + place / 23 });
            objects[c] = hash_object(key, 24);
        }
        assert_true(count_low(texts) > 128);
        assert_true(count_low(objects) > 128);
    }
}

static void test_digests(void **state)
{
    static const struct {
        const char *in, *want;
    } cases[] = {
        { "",
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc",
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
    };
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < N_OF(cases); i++) {
        str in = str_of(cases[i].in);
        check_str(hash_hex(in, 64, &a), cases[i].want);
        check_str(hash_hex(in, 12, &a),
                  arena_cstr(&a, str_sub(str_of(cases[i].want), 0, 12)));
    }
    check_str(hash_hex(S("abc"), 0, &a), "");
    /* as Python's uuid.uuid5(uuid.NAMESPACE_URL, ...) gives them */
    check_str(hash_uuid5_url(S("http://www.example.com/"), &a),
              "urn:uuid:fcde3c85-2270-590f-9e7c-ee003d65e0e2");
    check_str(hash_uuid5_url(S(""), &a),
              "urn:uuid:1b4db7eb-4057-5ddf-91e0-36dec72071f5");
    assert_true(hash_bytes(S("a")) != hash_bytes(S("b")));
    assert_true(hash_bytes((str){ 0 }) == hash_bytes(S("")));
    /* Words of eight, and what is left of one. */
    const str alike[] = { S("12345678"), S("12345678\0"), S("12345679"),
                          S("1234567"),  S("\0"),         S("\0\0") };
    for (size_t i = 0; i < N_OF(alike); i++)
        for (size_t k = 0; k < i; k++)
            assert_true(hash_bytes(alike[i]) != hash_bytes(alike[k]));
    assert_true(hash_object("12345678abcdefgh", 16) !=
                hash_object("12345678abcdefgi", 16));
    spreads_keys();
    /* FNV-1a's test vectors (draft-eastlake-fnv), the upper half on the lower
     * one. */
    assert_true(hash_fnv(S("")) == (0xcbf29ce484222325u ^ 0xcbf29ce4u));
    assert_true(hash_fnv(S("foobar")) == (0x85944171f73967e8u ^ 0x85944171u));
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena),      cmocka_unit_test(test_arena_reset),
        cmocka_unit_test(test_arena_text), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_buf),        cmocka_unit_test(test_vec),
        cmocka_unit_test(test_map),        cmocka_unit_test(test_digests),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
