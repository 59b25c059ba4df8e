/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>

#include "assets/cache.h"
#include "assets/library.h"
#include "base/file.h"
#include "check.h"
#include "fake_web.h"

/* Whole pictures, 3 x 2 and 1 x 1. */
static const char gif_bytes[] = "GIF89a\3\0\2\0\x80\0\0\0\0\0\xff\xff\xff,\0\0"
                                "\0\0\3\0\2\0\0\2\3\x84\x6f\5\0;";
static const char dot_bytes[] = "GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0"
                                "\0\0\1\0\1\0\0\2\2\x44\1\0;";
#define GIF   ((str){ gif_bytes, sizeof gif_bytes - 1 })
#define DOT   ((str){ dot_bytes, sizeof dot_bytes - 1 })
#define A_URL "http://a.example/x.gif"

struct world {
    struct arena arena;
    struct diag diag;
    struct settings set;
    str top, lock;
    volatile sig_atomic_t interrupted;
    struct cache *cache; /* of the last library */
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);

    arena_init(&w->arena);
    diag_init(&w->diag, &w->arena);
    settings_init(&w->set, &w->arena);
    w->top = tempdir_new(&w->arena);
    w->lock = arena_printf(&w->arena, "%s/blog2book.lock", w->top.p);
    w->set.cache_dir = arena_printf(&w->arena, "%s/cache", w->top.p);
    setenv("TMPDIR", w->top.p, 1);
    unsetenv("SOURCE_DATE_EPOCH");
    web_clear();
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    str command = arena_printf(&w->arena, "rm -rf '%s'", w->top.p);

    cache_close(w->cache);
    unsetenv("TMPDIR");
    int failed = system(command.p);
    arena_done(&w->arena);
    free(w);
    return failed;
}

/* Each run has a cache of its own. NULL: reported. */
static struct library *try_library(struct world *w)
{
    cache_close(w->cache);
    w->cache = cache_open(w->set.cache_dir);
    struct library_options o = { .set = &w->set,
                                 .cache = w->cache,
                                 .lock_path = w->lock,
                                 .interrupted = &w->interrupted };
    return library_open_with(&fake_calls, &o, &w->diag);
}

static struct library *open_library(struct world *w)
{
    struct library *lib = try_library(w);

    assert_non_null(lib);
    return lib;
}

static struct web_want want(const char *url)
{
    return (struct web_want){ .url = str_of(url),
                              .referer = S("http://blog.example/post/"),
                              .date = { .year = 2004, .month = 5, .day = 6 } };
}

static struct web_file get(struct world *w, struct library *lib,
                           const char *url)
{
    struct web_want wanted = want(url);
    struct web_file f;

    library_get(lib, &wanted, &w->arena, &f);
    return f;
}

/* What one run of its own gives for URL. */
static struct web_file run(struct world *w, const char *url)
{
    struct library *lib = open_library(w);
    struct web_file f = get(w, lib, url);

    assert_true(library_close(lib, true, &w->diag));
    return f;
}

static void check_file(struct web_file f, enum web_status status, str bytes)
{
    assert_int_equal(f.status, status);
    assert_true(str_eq(f.bytes, bytes));
    check_str(f.why, "");
}

static void check_none(struct web_file f, enum web_status status,
                       const char *why)
{
    assert_int_equal(f.status, status);
    assert_int_equal(f.bytes.n, 0);
    check_str(f.why, why);
}

static const char *lock_text(struct world *w)
{
    str text = { 0 };

    assert_int_equal(file_read(w->lock, 1 << 20, &w->arena, &text), FILE_OK);
    return text.p;
}

static void drop_cache(struct world *w)
{
    str command = arena_printf(&w->arena, "rm -rf '%s'/cache/[ojp]*", w->top.p);
    assert_int_equal(system(command.p), 0);
}

static void test_fetched_once_and_kept(void **state)
{
    struct world *w = *state;

    web_add(A_URL, GIF)->final_url = "http://cdn.example/y.gif";
    struct library *lib = open_library(w);
    struct web_file f = get(w, lib, A_URL);
    check_file(f, WEB_FOUND, GIF);
    check_str(f.url, "http://cdn.example/y.gif");
    check_file(get(w, lib, A_URL), WEB_FOUND, GIF);
    assert_true(library_close(lib, true, &w->diag));
    check_str(str_of(web.referer), "http://blog.example/post/");
    assert_int_equal(web.n_asked, 1);

    f = run(w, A_URL);
    check_file(f, WEB_FOUND, GIF);
    check_str(f.url, "http://cdn.example/y.gif");
    w->set.offline = true;
    check_file(run(w, A_URL), WEB_FOUND, GIF);
    assert_int_equal(web.n_asked, 1);
    assert_int_not_equal(access(w->lock.p, F_OK), 0);
    assert_null(w->diag.first);
}

static void test_offline(void **state)
{
    struct world *w = *state;

    w->set.offline = true;
    check_none(run(w, A_URL), WEB_OFFLINE, "it is not kept here");
    assert_int_equal(web.n_open, 0);
}

static void test_dead_is_asked_once_a_run(void **state)
{
    struct world *w = *state;

    web_add_dead(A_URL, 404, "404 Not Found");
    struct library *lib = open_library(w);
    check_none(get(w, lib, A_URL), WEB_DEAD, "404 Not Found");
    check_none(get(w, lib, A_URL), WEB_DEAD, "404 Not Found");
    assert_int_equal(web.n_asked, 1);
    assert_true(library_close(lib, true, &w->diag));
    check_none(run(w, A_URL), WEB_DEAD, "404 Not Found");
    assert_int_equal(web.n_asked, 2);
}

static void test_refused(void **state)
{
    struct world *w = *state;

    web_add_dead(A_URL, 0, "a private address")->status = FETCH_REFUSED;
    w->set.archive_fallback = true;
    check_none(run(w, A_URL), WEB_REFUSED, "a private address");
    assert_int_equal(web.n_asked, 1);
}

static const struct {
    const char *body, *why;
} no_pictures[] = {
    { "<!DOCTYPE html><p>Gone", "a web page, not a picture" },
    { "\xEF\xBB\xBF\n <HTML>", "a web page, not a picture" },
    { "not found", "no picture of a known type" },
    { "GIF89a", "truncated GIF" },
};

static void test_no_picture_is_dead_and_not_kept(void **state)
{
    struct world *w = *state;

    for (size_t i = 0; i < N_OF(no_pictures); i++) {
        web_clear();
        web_add(A_URL, str_of(no_pictures[i].body));
        check_none(run(w, A_URL), WEB_DEAD, no_pictures[i].why);
        check_none(run(w, A_URL), WEB_DEAD, no_pictures[i].why);
        assert_int_equal(web.n_asked, 2);
    }
    str packs = arena_printf(&w->arena, "%s/cache/packs", w->top.p);
    assert_int_not_equal(access(packs.p, F_OK), 0);
}

/* The same address may be a dead picture and live data. */
static void test_data(void **state)
{
    struct world *w = *state;
    struct web_want wanted = want("http://a.example/oembed");
    struct web_file f;

    web_add("http://a.example/oembed", S("{}"))->type = "application/json";
    w->set.lock = true;
    struct library *lib = open_library(w);
    check_none(get(w, lib, "http://a.example/oembed"), WEB_DEAD,
               "no picture of a known type");
    wanted.kind = WEB_DATA;
    library_get(lib, &wanted, &w->arena, &f);
    check_file(f, WEB_FOUND, S("{}"));
    assert_true(library_close(lib, true, &w->diag));
    assert_non_null(strstr(lock_text(w), "status: ok"));
    assert_null(strstr(lock_text(w), "dead"));
    w->set.lock = false;
    check_none(run(w, "http://a.example/oembed"), WEB_DEAD,
               "no picture of a known type");
}

static void test_lost_file_is_fetched_again(void **state)
{
    struct world *w = *state;

    web_add(A_URL, GIF);
    struct library *lib = open_library(w);
    check_file(get(w, lib, A_URL), WEB_FOUND, GIF);
    drop_cache(w);
    check_file(get(w, lib, A_URL), WEB_FOUND, GIF);
    assert_int_equal(web.n_asked, 2);
    assert_true(library_close(lib, true, &w->diag));
}

static void test_damaged_file_is_fetched_again(void **state)
{
    struct world *w = *state;

    web_add(A_URL, GIF);
    check_file(run(w, A_URL), WEB_FOUND, GIF);
    str command = arena_printf(&w->arena,
                               "for f in '%s'/cache/packs/*; do "
                               "echo damage >\"$f\"; done",
                               w->top.p);
    assert_int_equal(system(command.p), 0);
    check_file(run(w, A_URL), WEB_FOUND, GIF);
    assert_int_equal(web.n_asked, 2);
    check_file(run(w, A_URL), WEB_FOUND, GIF);
    assert_int_equal(web.n_asked, 2);
}

static void test_full_disk(void **state)
{
    struct world *w = *state;

    web_add(A_URL, GIF);
    web_add("http://a.example/y.gif", DOT);
    web.disk_full = true;
    struct library *lib = open_library(w);
    check_file(get(w, lib, A_URL), WEB_FOUND, GIF);
    check_file(get(w, lib, "http://a.example/y.gif"), WEB_FOUND, DOT);
    check_file(get(w, lib, A_URL), WEB_FOUND, GIF);
    assert_true(library_close(lib, true, &w->diag));
    assert_int_equal(w->diag.first->code, DIAG_CACHE_UNUSABLE);
    assert_null(w->diag.first->next);
}

/* ---- the lock */

static void lock(struct world *w, const char *url)
{
    w->set.lock = true;
    run(w, url);
    w->set.lock = false;
}

static void test_lock_says_all(void **state)
{
    struct world *w = *state;

    setenv("SOURCE_DATE_EPOCH", "86400", 1);
    web_add(A_URL, GIF)->final_url = "http://cdn.example/y.gif";
    web_add_dead("http://b.example/", 410, "410 Gone");
    web_add("http://c.example/", DOT);
    w->set.lock = true;
    struct library *lib = open_library(w);
    struct web_want unasked = want("http://c.example/");
    library_want(lib, &unasked);
    get(w, lib, "http://b.example/");
    get(w, lib, A_URL);
    assert_true(library_close(lib, true, &w->diag));
    check_str(
        str_of(lock_text(w)),
        "# What the web gave to this book. Keep this file with the posts; "
        "--lock renews it.\n"
        "version: 1\n"
        "files:\n"
        "- url: http://a.example/x.gif\n"
        "  final: http://cdn.example/y.gif\n"
        "  status: ok\n"
        "  sha256: "
        "6b2ab53e914ac0b15958e29db36543caf68ab772f635d14e1e6e45611812cad3\n"
        "  type: image/gif\n"
        "  size: 36\n"
        "  pixels: 3x2\n"
        "  date: 1970-01-02\n"
        "- url: http://b.example/\n"
        "  status: dead\n"
        "  reason: 410 Gone\n"
        "  date: 1970-01-02\n");
}

static void test_lock_is_obeyed_from_the_cache(void **state)
{
    struct world *w = *state;
    struct site *s = web_add(A_URL, GIF);

    lock(w, A_URL);
    s->body = DOT;
    w->set.frozen = w->set.offline = true;
    check_file(run(w, A_URL), WEB_FOUND, GIF);
    assert_int_equal(web.n_asked, 1);
    assert_null(w->diag.first);
}

static void test_lock_is_obeyed_by_the_web(void **state)
{
    struct world *w = *state;

    web_add(A_URL, GIF);
    lock(w, A_URL);
    drop_cache(w);
    check_file(run(w, A_URL), WEB_FOUND, GIF);
    drop_cache(w);
    w->set.frozen = true;
    check_file(run(w, A_URL), WEB_FOUND, GIF);
    assert_int_equal(web.n_asked, 3);
    assert_null(w->diag.first);
}

static void test_web_differs_from_the_lock(void **state)
{
    struct world *w = *state;
    struct site *s = web_add(A_URL, GIF);

    lock(w, A_URL);
    drop_cache(w);
    s->body = DOT;
    const char *before = lock_text(w);
    check_none(run(w, A_URL), WEB_DEAD,
               "another file than the one in blog2book.lock");
    assert_int_equal(w->diag.first->code, DIAG_LOCK_DIFFERS);
    assert_int_equal(w->diag.first->line, 4);
    assert_null(w->diag.first->next);
    w->set.frozen = true;
    drop_cache(w);
    check_none(run(w, A_URL), WEB_UNLOCKED,
               "another file than the one in blog2book.lock");
    check_str(str_of(lock_text(w)), before);
    w->set.frozen = false;
    lock(w, A_URL);
    assert_string_not_equal(lock_text(w), before);
    check_file(run(w, A_URL), WEB_FOUND, DOT);
}

/* The cache's own idea of an address is older or newer than the lock's. */
static void test_lock_before_cache(void **state)
{
    struct world *w = *state;
    struct site *s = web_add(A_URL, GIF);

    lock(w, A_URL);
    drop_cache(w);
    s->body = DOT;
    run(w, A_URL); /* the cache now has the dot */
    s->body = GIF;
    check_file(run(w, A_URL), WEB_FOUND, GIF);
}

static void test_frozen(void **state)
{
    struct world *w = *state;

    web_add(A_URL, GIF);
    web_add("http://b.example/", GIF);
    w->set.frozen = true;
    check_none(run(w, A_URL), WEB_UNLOCKED, "there is no blog2book.lock");
    w->set.frozen = false;
    lock(w, A_URL);
    w->set.frozen = true;
    web.n_asked = 0;
    check_none(run(w, "http://b.example/"), WEB_UNLOCKED,
               "blog2book.lock does not have it");
    assert_int_equal(web.n_asked, 0);
    drop_cache(w);
    w->set.offline = true;
    check_none(run(w, A_URL), WEB_UNLOCKED, "it is not kept here");
    w->set.offline = false;
    web_clear();
    check_none(run(w, A_URL), WEB_UNLOCKED, "no such host");
    /* --lock does not melt what --frozen froze. */
    const char *before = lock_text(w);
    w->set.lock = true;
    check_none(run(w, A_URL), WEB_UNLOCKED, "no such host");
    check_str(str_of(lock_text(w)), before);
}

/* A lock that was written offline says what the book did without. */
static void test_offline_is_locked(void **state)
{
    struct world *w = *state;

    web_add(A_URL, GIF);
    w->set.lock = w->set.offline = true;
    check_none(run(w, A_URL), WEB_OFFLINE, "it is not kept here");
    assert_true(str_find(str_of(lock_text(w)), S("status: offline")) !=
                STR_NONE);
    w->set.lock = w->set.offline = false;
    w->set.frozen = true;
    check_none(run(w, A_URL), WEB_OFFLINE, "it is not kept here");
    assert_int_equal(web.n_asked, 0);
    /* Without --frozen it is as if the lock did not have it. */
    w->set.frozen = false;
    check_file(run(w, A_URL), WEB_FOUND, GIF);
    lock(w, A_URL);
    assert_true(str_find(str_of(lock_text(w)), S("offline")) == STR_NONE);
    w->set.frozen = true;
    check_file(run(w, A_URL), WEB_FOUND, GIF);
}

static void test_dead_stays_dead(void **state)
{
    struct world *w = *state;

    web_add_dead(A_URL, 404, "404 Not Found");
    web_add_dead("http://b.example/", 0, "a private address")->status =
        FETCH_REFUSED;
    w->set.lock = true;
    struct library *lib = open_library(w);
    get(w, lib, A_URL);
    get(w, lib, "http://b.example/");
    assert_true(library_close(lib, true, &w->diag));
    w->set.lock = false;
    web_clear();
    web_add(A_URL, GIF);
    check_none(run(w, A_URL), WEB_DEAD, "404 Not Found");
    w->set.frozen = true;
    check_none(run(w, A_URL), WEB_DEAD, "404 Not Found");
    check_none(run(w, "http://b.example/"), WEB_REFUSED, "a private address");
    assert_int_equal(web.n_asked, 0);
    w->set.frozen = false;
    lock(w, A_URL);
    check_file(run(w, A_URL), WEB_FOUND, GIF);
}

static void test_locking_again_changes_nothing(void **state)
{
    struct world *w = *state;

    web_add(A_URL, GIF);
    setenv("SOURCE_DATE_EPOCH", "86400", 1);
    w->set.lock = true;
    for (int i = 0; i < 3; i++) {
        struct library *lib = open_library(w);
        get(w, lib, "http://nobody.example/");
        get(w, lib, A_URL);
        assert_true(library_close(lib, true, &w->diag));
        const char *now = lock_text(w);
        assert_non_null(strstr(now, "1970-01-02"));
        assert_null(strstr(now, "1970-01-03"));
        setenv("SOURCE_DATE_EPOCH", "172800", 1);
        if (i == 1)
            drop_cache(w);
    }
}

/* A server that is away for a day must not unlock what was locked. */
static void test_a_bad_day_unlocks_nothing(void **state)
{
    struct world *w = *state;

    web_add(A_URL, GIF);
    lock(w, A_URL);
    const char *before = lock_text(w);
    drop_cache(w);
    web_clear();
    lock(w, A_URL); /* no such host */
    check_str(str_of(lock_text(w)), before);
    w->set.offline = true;
    lock(w, A_URL);
    check_str(str_of(lock_text(w)), before);
    w->set.offline = false;
    web_add_dead(A_URL, 404, "404 Not Found");
    lock(w, A_URL);
    assert_non_null(strstr(lock_text(w), "reason: 404 Not Found"));
}

static void test_unpublished_run_locks_nothing(void **state)
{
    struct world *w = *state;

    web_add(A_URL, GIF);
    w->set.lock = true;
    struct library *lib = open_library(w);
    get(w, lib, A_URL);
    assert_true(library_close(lib, false, &w->diag));
    assert_int_not_equal(access(w->lock.p, F_OK), 0);
}

/* A book of one year does not unlock the other years. */
static void test_a_part_of_the_posts(void **state)
{
    struct world *w = *state;

    web_add(A_URL, GIF);
    web_add("http://b.example/", GIF);
    lock(w, "http://b.example/");
    w->set.since.year = 2020;
    lock(w, A_URL);
    assert_non_null(strstr(lock_text(w), "- url: " A_URL));
    assert_non_null(strstr(lock_text(w), "- url: http://b.example/"));
    w->set.since.year = 0;
    lock(w, A_URL);
    assert_null(strstr(lock_text(w), "- url: http://b.example/"));
}

static void test_bad_lock_opens_nothing(void **state)
{
    struct world *w = *state;

    write_file(w->lock.p, S("version: 1\nfiles:\n- nonsense\n"));
    assert_null(try_library(w));
    assert_int_equal(w->diag.first->code, DIAG_LOCK_BAD);
    assert_int_equal(w->diag.first->line, 3);
}

/* ---- the archive */

#define QUERY                                                                  \
    "http://arch.example/wayback/available?url=http%3A%2F%2Fa.example%2Fx."    \
    "gif&timestamp=20040506"
#define COPY "http://arch.example/web/20040507010203id_/http://a.example/x.gif"
#define ANSWER                                                                 \
    "{\"archived_snapshots\":{\"closest\":{\"available\":true,\"url\":"        \
    "\"http://web.archive.org/web/20040507010203/http://a.example/x.gif\"}}}"

static void with_archive(struct world *w)
{
    w->set.archive_fallback = true;
    w->set.archive_url = S("http://arch.example");
    web_add_dead(A_URL, 404, "404 Not Found");
    web_add(QUERY, S(ANSWER));
    web_add(COPY, GIF);
}

static void test_archive(void **state)
{
    struct world *w = *state;

    with_archive(w);
    struct web_file f = run(w, A_URL);
    check_file(f, WEB_ARCHIVED, GIF);
    check_str(f.url, COPY);
    f = run(w, A_URL);
    check_file(f, WEB_ARCHIVED, GIF);
    check_str(f.url, COPY);
    assert_int_equal(web.n_asked, 3);
    w->set.archive_fallback = false;
    check_none(run(w, A_URL), WEB_DEAD, "404 Not Found");
}

static void test_archived_is_locked(void **state)
{
    struct world *w = *state;

    with_archive(w);
    lock(w, A_URL);
    assert_non_null(strstr(lock_text(w), "status: archived"));
    assert_non_null(strstr(lock_text(w), "final: " COPY));
    w->set.frozen = true;
    w->set.archive_fallback = false;
    check_file(run(w, A_URL), WEB_ARCHIVED, GIF);
    drop_cache(w);
    web_clear();
    web_add(COPY, GIF);
    check_file(run(w, A_URL), WEB_ARCHIVED, GIF);
}

static void test_no_archive_answer(void **state)
{
    struct world *w = *state;

    with_archive(w);
    web.sites[2].status = FETCH_DEAD;
    web.sites[2].why = "no connection";
    check_none(run(w, A_URL), WEB_DEAD,
               "404 Not Found; in the Internet Archive: no connection");
    web.sites[1].body = S("{\"archived_snapshots\":{}}");
    check_none(run(w, A_URL), WEB_DEAD,
               "404 Not Found; in the Internet Archive: no copy");
    web.sites[1].status = FETCH_DEAD;
    web.sites[1].why = "503 Service Unavailable";
    check_none(
        run(w, A_URL), WEB_DEAD,
        "404 Not Found; in the Internet Archive: 503 Service Unavailable");
}

/* The author's own address comes before what the archive has of a better. */
static void test_archive_is_not_asked_for_guesses(void **state)
{
    struct world *w = *state;
    struct web_want wanted = want(A_URL);
    struct web_file f;

    with_archive(w);
    wanted.guess = true;
    struct library *lib = open_library(w);
    library_get(lib, &wanted, &w->arena, &f);
    check_none(f, WEB_DEAD, "404 Not Found");
    check_file(get(w, lib, A_URL), WEB_ARCHIVED, GIF);
    library_get(lib, &wanted, &w->arena, &f);
    check_none(f, WEB_DEAD, "404 Not Found");
    assert_true(library_close(lib, true, &w->diag));
}

/* A parked domain answers with a page. */
static void test_archive_instead_of_a_page(void **state)
{
    struct world *w = *state;

    with_archive(w);
    web.sites[0].status = FETCH_OK;
    web.sites[0].body = S("<html>Buy this domain");
    check_file(run(w, A_URL), WEB_ARCHIVED, GIF);
}

/* The locked bytes, from the archive: the address itself is dead. */
static void test_archive_gives_what_was_locked(void **state)
{
    struct world *w = *state;

    web_add(A_URL, GIF);
    lock(w, A_URL);
    drop_cache(w);
    web_clear();
    with_archive(w);
    check_file(run(w, A_URL), WEB_FOUND, GIF);
    drop_cache(w);
    web.sites[2].body = DOT;
    assert_int_equal(run(w, A_URL).status, WEB_DEAD);
    assert_null(w->diag.first);
}

/* ---- several threads */

static const char *many_url(struct arena *a, unsigned i)
{
    return arena_printf(a, "http://%u.example/", i).p;
}

#define N_MANY 40

struct asker {
    struct library *lib;
    pthread_t thread;
    unsigned seed, n_found, n_dead;
};

static void *ask_all(void *data)
{
    struct asker *me = data;
    struct arena a;

    arena_init(&a);
    for (unsigned i = 0; i < N_MANY; i++) {
        struct web_want wanted = want(many_url(&a, (i * me->seed) % N_MANY));
        struct web_file f;
        if (i % 3 == 0)
            library_want(me->lib, &wanted);
        library_get(me->lib, &wanted, &a, &f);
        me->n_found += f.status == WEB_FOUND && str_eq(f.bytes, GIF);
        me->n_dead += f.status == WEB_DEAD;
    }
    arena_done(&a);
    return NULL;
}

static void test_threads_get_the_same(void **state)
{
    struct world *w = *state;
    struct asker askers[6] = { 0 };
    static const unsigned seeds[6] = { 1, 3, 7, 9, 11, 13 };

    web.delay = 2;
    for (unsigned i = 0; i < N_MANY; i++)
        if (i % 4)
            web_add(many_url(&w->arena, i), GIF);
    struct library *lib = open_library(w);
    for (size_t i = 0; i < N_OF(askers); i++) {
        askers[i] = (struct asker){ .lib = lib, .seed = seeds[i] };
        assert_int_equal(
            pthread_create(&askers[i].thread, NULL, ask_all, &askers[i]), 0);
    }
    for (size_t i = 0; i < N_OF(askers); i++) {
        pthread_join(askers[i].thread, NULL);
        assert_int_equal(askers[i].n_found, N_MANY / 4 * 3);
        assert_int_equal(askers[i].n_dead, N_MANY / 4);
    }
    assert_int_equal(web.n_asked, N_MANY);
    assert_true(library_close(lib, true, &w->diag));
}

static void *wait_for_need(void *data)
{
    return library_wait_for_need(data) ? data : NULL;
}

static void test_need(void **state)
{
    struct world *w = *state;
    pthread_t thread;
    void *needed;

    web_add(A_URL, GIF);
    for (int i = 0; i < 2; i++) {
        struct library *lib = open_library(w);
        assert_int_equal(pthread_create(&thread, NULL, wait_for_need, lib), 0);
        get(w, lib, A_URL); /* the second time from the cache */
        if (i == 1)
            library_settle(lib);
        pthread_join(thread, &needed);
        assert_true((needed != NULL) == (i == 0));
        assert_true(library_close(lib, true, &w->diag));
    }
}

static void test_waiting(void **state)
{
    struct world *w = *state;
    struct web_want first = want("http://me@slow.example:8080/a");
    struct web_want second = want(A_URL);
    str host;

    web.delay = 300;
    struct library *lib = open_library(w);
    assert_int_equal(library_waiting(lib, &w->arena, &host), 0);
    library_want(lib, &first);
    library_want(lib, &second);
    assert_int_equal(library_waiting(lib, &w->arena, &host), 2);
    check_str(host, "slow.example");
    get(w, lib, A_URL);
    get(w, lib, "http://me@slow.example:8080/a");
    assert_int_equal(library_waiting(lib, &w->arena, &host), 0);
    assert_true(library_close(lib, true, &w->diag));
}

/* What was wanted and came is kept, even when nobody asked for it in the end:
 * an interrupted run need not begin at nothing. */
static void test_what_came_is_kept(void **state)
{
    struct world *w = *state;
    struct web_want wanted = want(A_URL);
    struct timespec t = { .tv_nsec = 1000000 };
    str host;

    web_add(A_URL, GIF);
    struct library *lib = open_library(w);
    library_want(lib, &wanted);
    while (library_waiting(lib, &w->arena, &host) > 0)
        nanosleep(&t, NULL);
    assert_true(library_close(lib, false, &w->diag));
    w->set.offline = true;
    check_file(run(w, A_URL), WEB_FOUND, GIF);
}

/* Dead pictures that nobody waits for yet are on their way to the archive. */
static void test_archive_ahead(void **state)
{
    struct world *w = *state;
    struct web_want wanted = want(A_URL);
    struct timespec t = { .tv_nsec = 1000000 };
    str host;

    with_archive(w);
    struct library *lib = open_library(w);
    library_claim(lib, &wanted);
    library_want(lib, &wanted);
    while (library_waiting(lib, &w->arena, &host) > 0)
        nanosleep(&t, NULL);
    assert_int_equal(web.n_asked, 3);
    check_file(get(w, lib, A_URL), WEB_ARCHIVED, GIF);
    assert_int_equal(web.n_asked, 3);
    assert_true(library_close(lib, true, &w->diag));
}

/* The archive waits for all posts before the one that wants a picture; of all
 * their dates the first one's counts. */
static void test_archive_date(void **state)
{
    struct world *w = *state;
    struct web_want second = want(A_URL), first = want(A_URL);
    struct timespec t = { .tv_nsec = 1000000 };
    str host;

    with_archive(w);
    second.order = 2;
    second.date.year = 2020; /* of which the web has nothing */
    first.order = 1;
    struct library *lib = open_library(w);
    library_claim(lib, &second);
    library_told(lib, 2);
    library_want(lib, &second);
    while (library_waiting(lib, &w->arena, &host) > 0)
        nanosleep(&t, NULL);
    assert_int_equal(web.n_asked, 1);
    library_told(lib, 0);
    library_claim(lib, &first);
    library_told(lib, 1);
    struct web_file f;
    library_get(lib, &second, &w->arena, &f);
    check_file(f, WEB_ARCHIVED, GIF);
    assert_int_equal(web.n_asked, 3);
    assert_true(library_close(lib, true, &w->diag));
}

static void test_lock_path(void **state)
{
    struct world *w = *state;
    str blog = arena_printf(&w->arena, "%s/blog", w->top.p);
    str post = arena_printf(&w->arena, "%s/a.md", w->top.p);

    assert_int_equal(mkdir(blog.p, 0700), 0);
    write_file(post.p, S("x"));
    *vec_push(&w->set.paths, &w->arena) = post;
    check_str(library_lock_path(&w->set, &w->arena), w->lock.p);
    *vec_push(&w->set.paths, &w->arena) = blog;
    check_str(library_lock_path(&w->set, &w->arena),
              arena_printf(&w->arena, "%s/blog/blog2book.lock", w->top.p).p);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(test_fetched_once_and_kept),
        IN_A_FOLDER(test_offline),
        IN_A_FOLDER(test_dead_is_asked_once_a_run),
        IN_A_FOLDER(test_refused),
        IN_A_FOLDER(test_no_picture_is_dead_and_not_kept),
        IN_A_FOLDER(test_data),
        IN_A_FOLDER(test_lost_file_is_fetched_again),
        IN_A_FOLDER(test_damaged_file_is_fetched_again),
        IN_A_FOLDER(test_full_disk),
        IN_A_FOLDER(test_lock_says_all),
        IN_A_FOLDER(test_lock_is_obeyed_from_the_cache),
        IN_A_FOLDER(test_lock_is_obeyed_by_the_web),
        IN_A_FOLDER(test_web_differs_from_the_lock),
        IN_A_FOLDER(test_lock_before_cache),
        IN_A_FOLDER(test_frozen),
        IN_A_FOLDER(test_offline_is_locked),
        IN_A_FOLDER(test_dead_stays_dead),
        IN_A_FOLDER(test_locking_again_changes_nothing),
        IN_A_FOLDER(test_a_bad_day_unlocks_nothing),
        IN_A_FOLDER(test_unpublished_run_locks_nothing),
        IN_A_FOLDER(test_a_part_of_the_posts),
        IN_A_FOLDER(test_bad_lock_opens_nothing),
        IN_A_FOLDER(test_archive),
        IN_A_FOLDER(test_archived_is_locked),
        IN_A_FOLDER(test_no_archive_answer),
        IN_A_FOLDER(test_archive_is_not_asked_for_guesses),
        IN_A_FOLDER(test_archive_instead_of_a_page),
        IN_A_FOLDER(test_archive_gives_what_was_locked),
        IN_A_FOLDER(test_threads_get_the_same),
        IN_A_FOLDER(test_need),
        IN_A_FOLDER(test_waiting),
        IN_A_FOLDER(test_what_came_is_kept),
        IN_A_FOLDER(test_archive_ahead),
        IN_A_FOLDER(test_archive_date),
        IN_A_FOLDER(test_lock_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
