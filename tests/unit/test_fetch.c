/* SPDX-License-Identifier: MIT */
/* What downloads are made of, without a network: see tests/web for the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <math.h>
#include <sys/stat.h>

#include "assets/curl_library.h"
#include "assets/fetch_address.h"
#include "assets/fetch_body.h"
#include "assets/fetch_plan.h"
#include "assets/fetch_retry.h"
#include "assets/fetch_url.h"
#include "base/file.h"
#include "check.h"
#include "tempdir.h"

/* Each range's first and last address, and its neighbours. */
static void test_address(void **state)
{
    static const struct {
        const char *host;
        const char *what; /* a word of it; NULL: public */
    } cases[] = {
        { "0.0.0.0", "this network" },
        { "0.255.255.255", "this network" },
        { "1.0.0.0", NULL },
        { "9.255.255.255", NULL },
        { "10.0.0.0", "private" },
        { "10.255.255.255", "private" },
        { "11.0.0.0", NULL },
        { "100.63.255.255", NULL },
        { "100.64.0.0", "shared" },
        { "100.127.255.255", "shared" },
        { "100.128.0.0", NULL },
        { "127.0.0.1", "loopback" },
        { "127.255.255.255", "loopback" },
        { "128.0.0.0", NULL },
        { "169.253.255.255", NULL },
        { "169.254.169.254", "link-local" },
        { "169.255.0.0", NULL },
        { "172.15.255.255", NULL },
        { "172.16.0.0", "private" },
        { "172.31.255.255", "private" },
        { "172.32.0.0", NULL },
        { "192.0.0.8", "reserved" },
        { "192.0.1.0", NULL },
        { "192.0.2.7", "documentation" },
        { "192.88.99.1", "reserved" },
        { "192.167.255.255", NULL },
        { "192.168.0.0", "private" },
        { "192.169.0.0", NULL },
        { "198.17.255.255", NULL },
        { "198.18.0.0", "benchmarks" },
        { "198.19.255.255", "benchmarks" },
        { "198.20.0.0", NULL },
        { "198.51.100.1", "documentation" },
        { "203.0.113.255", "documentation" },
        { "203.0.114.0", NULL },
        { "223.255.255.255", NULL },
        { "224.0.0.1", "multicast" },
        { "239.255.255.255", "multicast" },
        { "240.0.0.0", "reserved" },
        { "255.255.255.254", "reserved" },
        { "255.255.255.255", "broadcast" },
        { "[::]", "unspecified" },
        { "[::1]", "loopback" },
        { "::1", "loopback" },
        { "[::2]", "reserved" },
        { "[::127.0.0.1]", "reserved" },
        { "[::ffff:10.0.0.1]", "private" },
        { "[::ffff:8.8.8.8]", NULL },
        { "[::ffff:0:127.0.0.1]", "loopback" },
        { "[64:ff9b::192.168.1.1]", "private" },
        { "[64:ff9b::8.8.8.8]", NULL },
        { "[64:ff9b:1::8.8.8.8]", "reserved" },
        { "[100::1]", "reserved" },
        { "[1fff::1]", "reserved" },
        { "[2000::]", NULL },
        { "[2001::1]", "Teredo" },
        { "[2001:1::1]", "reserved" },
        { "[2001:2::1]", "benchmarks" },
        { "[2001:10::1]", "reserved" },
        { "[2001:1ff::1]", "reserved" },
        { "[2001:200::1]", NULL },
        { "[2001:4860:4860::8888]", NULL },
        { "[2001:db8::1]", "documentation" },
        { "[2002:7f00:1::]", "loopback" },
        { "[2002:c0a8:101::1]", "private" },
        { "[2002:808:808::1]", NULL },
        { "[2400:cb00::1]", NULL },
        { "[3fff:fff::1]", "documentation" },
        { "[3fff:1000::1]", NULL },
        { "[4000::1]", "reserved" },
        { "[5f00::1]", "reserved" },
        { "[fbff::1]", "reserved" },
        { "[fc00::1]", "private" },
        { "[fdff::1]", "private" },
        { "[fe00::1]", "reserved" },
        { "[fe80::1%eth0]", "link-local" },
        { "[febf::1]", "link-local" },
        { "[fec0::1]", "private" },
        { "[ff02::1]", "multicast" },
        { "localhost", "loopback" },
        { "LocalHost.", "loopback" },
        { "a.b.localhost", "loopback" },
        { "notlocalhost", NULL },
        { "localhost.example", NULL },
        { "example.org", NULL },
        { "", NULL },
        { "[", NULL },
        { "[]", NULL },
        { "%", NULL },
        { "1.2.3.4.5", NULL },
        { "1111111111111111111111111111111111111111111111111111", NULL },
    };

    for (size_t i = 0; i < N_OF(cases); i++) {
        const char *got = address_special_host(str_of(cases[i].host));
        if (!got != !cases[i].what || (got && !strstr(got, cases[i].what)))
            fail_msg("%s is %s", cases[i].host, got ? got : "public");
    }
}

static void test_retry(void **state)
{
    static const struct {
        struct attempt attempt;
        unsigned tries;
    } cases[] = {
        { { FAULT_STATUS, 404, 0 }, 1 },   { { FAULT_STATUS, 403, 0 }, 1 },
        { { FAULT_STATUS, 410, 0 }, 1 },   { { FAULT_STATUS, 429, 0 }, 3 },
        { { FAULT_STATUS, 503, 60 }, 3 },  { { FAULT_STATUS, 503, 61 }, 1 },
        { { FAULT_STATUS, 999, 0 }, 1 },   { { FAULT_NO_HOST, 0, 0 }, 1 },
        { { FAULT_NO_CONNECT, 0, 0 }, 2 }, { { FAULT_CUT, 200, 0 }, 3 },
        { { FAULT_STALL, 200, 0 }, 3 },    { { FAULT_TLS, 0, 0 }, 1 },
        { { FAULT_LOCAL, 200, 0 }, 1 },    { { FAULT_UNWANTED, 0, 0 }, 1 },
        { { FAULT_PROTOCOL, 200, 0 }, 1 },
    };

    for (size_t i = 0; i < N_OF(cases); i++) {
        unsigned done = 1;
        while (retry_pause(&cases[i].attempt, done, S("http://a/"), 0.5) >= 0)
            done++;
        if (done != cases[i].tries)
            fail_msg("case %zu: %u tries", i, done);
    }
    assert_string_equal(retry_phrase(404), "Not Found");
    assert_string_equal(retry_phrase(999), "");
}

static void test_retry_pause(void **state)
{
    const struct attempt cut = { FAULT_CUT, 200, 0 };
    const struct attempt busy = { FAULT_STATUS, 429, 7 };
    double least = 9, most = 0;

    for (char c = 'a'; c <= 'z'; c++) {
        str url = { &c, 1 };
        double first = retry_pause(&cut, 1, url, 0.5);
        double second = retry_pause(&cut, 2, url, 0.5);
        assert_true(first >= 0.5 && first <= 0.625);
        assert_true(second >= 2 && second <= 2.5);
        assert_true(first == retry_pause(&cut, 1, url, 0.5));
        assert_true(retry_pause(&busy, 1, url, 0.5) == 7);
        least = first < least ? first : least;
        most = first > most ? first : most;
    }
    assert_true(most - least > 0.05);
}

static struct plan_item *put(struct plan *p, struct plan_item *it,
                             const char *host, double due)
{
    plan_put(p, it, plan_find_host(p, str_of(host)), due);
    return it;
}

static void test_plan_takes_turns(void **state)
{
    struct plan *p = plan_new(5, 2);
    struct plan_item a[4], b[2];

    for (int i = 0; i < 4; i++)
        put(p, &a[i], "a", 0);
    for (int i = 0; i < 2; i++)
        put(p, &b[i], "b", 0);
    assert_int_equal(plan_waiting(p), 6);
    assert_ptr_equal(plan_take(p, 1), &a[0]);
    assert_ptr_equal(plan_take(p, 1), &b[0]);
    assert_ptr_equal(plan_take(p, 1), &a[1]);
    assert_ptr_equal(plan_take(p, 1), &b[1]);
    assert_null(plan_take(p, 1)); /* two of a are under way */
    assert_int_equal(plan_running(p), 4);
    plan_end(p, &a[1]);
    assert_ptr_equal(plan_take(p, 1), &a[2]);
    plan_end(p, &a[0]);
    plan_end(p, &b[0]);
    assert_ptr_equal(plan_take(p, 1), &a[3]);
    assert_null(plan_take(p, 1));
    assert_int_equal(plan_waiting(p), 0);
    assert_true(isinf(plan_due(p)));
    plan_free(p);
}

static void test_plan_total(void **state)
{
    struct plan *p = plan_new(3, 2);
    struct plan_item items[20];
    char name[2] = "a";
    int n = 0;

    for (int i = 0; i < 20; i++, name[0]++)
        put(p, &items[i], name, 0);
    while (plan_take(p, 1))
        n++;
    assert_int_equal(n, 3);
    plan_free(p);
}

static void test_plan_waits(void **state)
{
    struct plan *p = plan_new(9, 9);
    struct plan_host *h = plan_find_host(p, S("a"));
    struct plan_item a, b, c, d;

    put(p, &a, "a", 10);
    put(p, &b, "a", 0);
    assert_true(plan_due(p) == 10);
    assert_ptr_equal(plan_take(p, 1), &b);
    assert_null(plan_take(p, 9.9));
    put(p, &c, "a", 0);
    plan_pause(p, h, 20);
    assert_null(plan_take(p, 15));
    assert_true(plan_due(p) > 15 && plan_due(p) <= 20);
    put(p, &d, "b", 0); /* another host is not concerned */
    assert_ptr_equal(plan_take(p, 15), &d);
    assert_ptr_equal(plan_take(p, 20.1), &a); /* it has waited once already */
    assert_ptr_equal(plan_take(p, 20.1), &c);
    assert_null(plan_take(p, 99));
    plan_free(p);
}

static void test_plan_gives_up(void **state)
{
    struct plan *p = plan_new(9, 1);
    struct plan_host *h = plan_find_host(p, S("a"));
    struct plan_item a, b, c;

    plan_failed(h, "first");
    plan_answered(h);
    plan_failed(h, "second");
    assert_null(plan_given_up(h));
    put(p, &a, "a", 0);
    put(p, &b, "a", 50);
    put(p, &c, "a", 0);
    plan_failed(h, "third");
    assert_string_equal(plan_given_up(h), "third");
    plan_failed(h, "fourth");
    assert_string_equal(plan_given_up(h), "third");
    assert_ptr_equal(plan_drain(p, h), &a);
    assert_ptr_equal(plan_drain(p, h), &c);
    assert_ptr_equal(plan_drain(p, h), &b);
    assert_null(plan_drain(p, h));
    assert_null(plan_take(p, 99));
    assert_int_equal(plan_waiting(p), 0);
    plan_free(p);
}

/* Many hosts, much to retry: each is handed out once. */
static void test_plan_many(void **state)
{
    enum { N = 20000 };
    struct plan *p = plan_new(24, 4);
    struct plan_item *items = calloc(N, sizeof *items);
    struct arena a;
    int taken = 0;

    arena_init(&a);
    for (int i = 0; i < N; i++)
        put(p, &items[i], arena_printf(&a, "h%d", i % 700).p,
            i % 3 ? 0 : 1 + i * 0.001);
    for (double now = 0; plan_waiting(p) > 0; now += 0.01) {
        struct plan_item *it;
        assert_true(now < 1000);
        while ((it = plan_take(p, now))) {
            assert_true(it->due <= now);
            taken++;
            plan_end(p, it);
        }
    }
    assert_int_equal(taken, N);
    arena_done(&a);
    free(items);
    plan_free(p);
}

static void test_body(void **state)
{
    struct arena a;
    struct stat st;
    str text;

    arena_init(&a);
    str dir = tempdir_new(&a), path = arena_printf(&a, "%s/x", dir.p);
    struct body_limits limits = { .file_max = 10, .total_max = 25 };
    struct body b = { .path = path.p, .limits = &limits };

    assert_true(body_end(&b, true)); /* nothing came, nothing is there */
    assert_int_equal(tempdir_sweep(dir, false), 0);
    assert_true(body_write(&b, S("12345")));
    assert_true(body_write(&b, S("67890")));
    assert_true(body_end(&b, true));
    assert_int_equal(b.size, 10);
    assert_int_equal(stat(path.p, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(file_read(path, 99, &a, &text), FILE_OK);
    check_str(text, "1234567890");

    assert_false(body_write(&b, S("x"))); /* it is not new any more */
    assert_int_equal(b.fault, BODY_NOT_WRITTEN);
    assert_int_equal(b.error, EEXIST);
    assert_false(body_end(&b, false));
    assert_int_equal(tempdir_sweep(dir, false), 1);
    unlink(path.p);

    b = (struct body){ .path = path.p, .limits = &limits };
    assert_true(body_write(&b, S("1234567890")));
    assert_false(body_write(&b, S("1")));
    assert_int_equal(b.fault, BODY_TOO_LARGE);
    assert_false(body_end(&b, true));
    assert_int_equal(tempdir_sweep(dir, false), 0);

    b = (struct body){ .path = path.p, .limits = &limits };
    assert_true(body_write(&b, S("1234")));
    assert_false(body_write(&b, S("1"))); /* 25 were enough */
    assert_int_equal(b.fault, BODY_TOO_MUCH);
    assert_false(body_end(&b, true));
    tempdir_sweep(dir, true);
    arena_done(&a);
}

static void test_url(void **state)
{
    static const struct {
        const char *in, *url, *host, *place; /* url NULL: unreadable */
    } cases[] = {
        { "http://Example.org/a%20b?c=d#e", "http://Example.org/a%20b?c=d",
          "example.org", "http://example.org:80" },
        { "HTTPS://a.example:8443", "https://a.example:8443/", "a.example",
          "https://a.example:8443" },
        { "http://0x7f.1/", "http://127.0.0.1/", "127.0.0.1",
          "http://127.0.0.1:80" },
        { "http://017700000001/", "http://127.0.0.1/", "127.0.0.1",
          "http://127.0.0.1:80" },
        { "http://[::1]:81/x", "http://[::1]:81/x", "[::1]",
          "http://[::1]:81" },
        { "http://user:pw@a.example/", "http://user:pw@a.example/", "a.example",
          "http://a.example:80" },
        { "http://a.example\\@127.0.0.1/", "http://a.example\\@127.0.0.1/",
          "127.0.0.1", "http://127.0.0.1:80" },
        { "http://", NULL, NULL, NULL },
        { "", NULL, NULL, NULL },
        { "/x", NULL, NULL, NULL },
        { "http://a b/", NULL, NULL, NULL },
        { "http://a.example:99999/", NULL, NULL, NULL },
    };
    struct fetch_url u = { 0 };
    struct curl_library c;

    assert_true(curl_library_load(&c));

    for (size_t i = 0; i < N_OF(cases); i++) {
        bool ok = fetch_url_parse(&c, str_of(cases[i].in), &u);
        if (ok != !!cases[i].url)
            fail_msg("%s", cases[i].in);
        if (!ok)
            continue;
        check_str(buf_str(&u.url), cases[i].url);
        check_str(buf_str(&u.host), cases[i].host);
        check_str(buf_str(&u.place), cases[i].place);
    }
    assert_false(fetch_url_parse(&c, S("http://a\0b/"), &u));
    fetch_url_done(&u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_address),
        cmocka_unit_test(test_retry),
        cmocka_unit_test(test_retry_pause),
        cmocka_unit_test(test_plan_takes_turns),
        cmocka_unit_test(test_plan_total),
        cmocka_unit_test(test_plan_waits),
        cmocka_unit_test(test_plan_gives_up),
        cmocka_unit_test(test_plan_many),
        cmocka_unit_test(test_body),
        cmocka_unit_test(test_url),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
