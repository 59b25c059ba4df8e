/* SPDX-License-Identifier: MIT */
/* The lock file, and the archive's addresses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>

#include "assets/archive.h"
#include "assets/lock.h"
#include "base/buf.h"
#include "base/file.h"
#include "check.h"
#include "tempdir.h"

struct world {
    struct arena arena;
    struct diag diag;
    str dir, path;
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);

    arena_init(&w->arena);
    diag_init(&w->diag, &w->arena);
    w->dir = tempdir_new(&w->arena);
    w->path = arena_printf(&w->arena, "%s/blog2book.lock", w->dir.p);
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

#define A_HASH                                                                 \
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

static const char text[] =
    "# What the web gave to this book. Keep this file with the posts; --lock "
    "renews it.\n"
    "version: 1\n"
    "files:\n"
    "- url: http://a.example/%EA%B0%80.png?x=1&y=2:3\n"
    "  final: https://cdn.example/b.png\n"
    "  status: archived\n"
    "  sha256: " A_HASH "\n"
    "  type: image/png\n"
    "  size: 20481\n"
    "  pixels: 640x480\n"
    "  date: 2026-11-22\n"
    "- url: http://b.example/\n"
    "  status: dead\n"
    "  reason: \"404: \\\"Not\\x01 # Found\\\"\"\n"
    "  date: 2026-11-21\n"
    "- url: \"http://c.example/#a:\"\n"
    "  status: refused\n"
    "  reason: a private address\n"
    "- url: http://d.example/x\n"
    "  status: ok\n"
    "  sha256: " A_HASH "\n"
    "  size: 0\n"
    "  date: 2026-11-22\n";

static void test_comes_back_byte_by_byte(void **state)
{
    struct world *w = *state;
    struct lock l;
    struct lock_entry entries[4];
    str got;

    write_file(w->path.p, str_of(text));
    assert_true(lock_read(&l, w->path, &w->arena, &w->diag));
    assert_int_equal(l.entries.n, 4);
    /* Whatever their order was. */
    for (size_t i = 0; i < 4; i++)
        entries[i] = *(struct lock_entry *)l.entries.entries[3 - i].value;
    assert_true(lock_write(entries, 4, w->path, &w->diag));
    assert_int_equal(file_read(w->path, 10000, &w->arena, &got), FILE_OK);
    check_str(got, text);
    assert_null(w->diag.first);
}

static void test_fields(void **state)
{
    struct world *w = *state;
    struct lock l;

    write_file(w->path.p, str_of(text));
    assert_true(lock_read(&l, w->path, &w->arena, &w->diag));
    assert_true(l.exists);
    const struct lock_entry *e = lock_find(
        &l, S("http://a.example/%EA%B0%80.png?x=1&y=2:3"));
    assert_non_null(e);
    assert_int_equal(e->status, LOCK_ARCHIVED);
    assert_int_equal(e->line, 4);
    assert_int_equal(e->size, 20481);
    assert_int_equal(e->width, 640);
    assert_int_equal(e->height, 480);
    check_str(e->final_url, "https://cdn.example/b.png");
    e = lock_find(&l, S("http://b.example/"));
    assert_int_equal(e->status, LOCK_DEAD);
    check_str(e->reason, "404: \"Not\x01 # Found\"");
    assert_null(lock_find(&l, S("http://b.example")));
}

static void test_no_file_is_empty(void **state)
{
    struct world *w = *state;
    struct lock l;

    assert_true(lock_read(&l, w->path, &w->arena, &w->diag));
    assert_false(l.exists);
    assert_null(lock_find(&l, S("http://b.example/")));
    assert_true(lock_write(NULL, 0, w->path, &w->diag));
    assert_true(lock_read(&l, w->path, &w->arena, &w->diag));
    assert_true(l.exists);
}

/* Of a picture and a card that ask for the same address. */
static void test_a_file_wins(void **state)
{
    struct world *w = *state;
    struct lock l;
    struct lock_entry entries[] = {
        { .url = STR_INIT("http://a.example/"), .status = LOCK_DEAD },
        { .url = STR_INIT("http://a.example/"), .status = LOCK_OK, .size = 5 },
    };

    assert_true(lock_write(entries, 2, w->path, &w->diag));
    assert_true(lock_read(&l, w->path, &w->arena, &w->diag));
    assert_int_equal(l.entries.n, 1);
    assert_int_equal(lock_find(&l, S("http://a.example/"))->status, LOCK_OK);
}

#define HEAD  "version: 1\nfiles:\n"
#define ENTRY "- url: http://a.example/\n  status: ok\n"
#define GOOD  ENTRY "  sha256: " A_HASH "\n  size: 1\n"

static const struct {
    const char *text;
    unsigned line;
} bad[] = {
    { "", 1 },
    { "\n\n", 1 },
    { "version: 2\nfiles:\n", 1 },
    { "- url: x\n", 1 },
    { "{", 2 },
    { HEAD "- \n", 3 },
    { HEAD "- []\n", 3 },
    { HEAD "- {}\n", 3 },
    { HEAD "- url: [a, b]\n  status: ok\n", 3 },
    { HEAD "- url: http://a.example/\n", 3 },
    { HEAD "- url: http://a.example/\n  status: lost\n", 3 },
    { HEAD ENTRY, 3 },
    { HEAD ENTRY "  sha256: 12\n  size: 1\n", 3 },
    { HEAD ENTRY "  sha256: " A_HASH "\n  size: -1\n", 3 },
    { HEAD ENTRY "  sha256: " A_HASH "\n  size: 1\n  pixels: 3\n", 3 },
    { HEAD ENTRY "  sha256: " A_HASH "\n  size: 1\n  date: today\n", 3 },
    { HEAD GOOD GOOD, 7 },
    { HEAD GOOD "<<<<<<< HEAD\n" GOOD, 8 },
    { HEAD "- url: http://a.example/\n  status: ok\n  sha256: [\n", 6 },
    { HEAD "- url: \xFF\xFE\n  status: dead\n", 3 },
};

static void test_bad_files_are_told(void **state)
{
    struct world *w = *state;
    struct lock l;

    for (size_t i = 0; i < N_OF(bad); i++) {
        diag_init(&w->diag, &w->arena);
        write_file(w->path.p, str_of(bad[i].text));
        if (lock_read(&l, w->path, &w->arena, &w->diag))
            fail_msg("read: %s", bad[i].text);
        assert_non_null(w->diag.first);
        assert_null(w->diag.first->next);
        assert_int_equal(w->diag.first->code, DIAG_LOCK_BAD);
        if (w->diag.first->line != bad[i].line)
            fail_msg("line %u: %s", w->diag.first->line, bad[i].text);
    }
}

static void check_hostile(struct world *w, str bytes)
{
    struct lock l;

    diag_init(&w->diag, &w->arena);
    write_file(w->path.p, bytes);
    assert_false(lock_read(&l, w->path, &w->arena, &w->diag));
    assert_int_equal(w->diag.first->code, DIAG_LOCK_BAD);
}

/* Each would take gigabytes or hours of a careless reader. */
static void test_hostile_files(void **state)
{
    struct world *w = *state;
    struct buf b = { 0 };

    buf_puts(&b, HEAD "- url: http://a.example/\n");
    for (int i = 0; i < 300000; i++)
        buf_puts(&b, "  a: b\n");
    check_hostile(w, buf_str(&b));
    buf_reset(&b);
    buf_puts(&b, HEAD "- ");
    for (int i = 0; i < 300000; i++)
        buf_putc(&b, '[');
    check_hostile(w, buf_str(&b));
    buf_reset(&b);
    buf_puts(&b, HEAD);
    for (int i = 0; i < 1000000; i++)
        buf_puts(&b, "- \n");
    check_hostile(w, buf_str(&b));
    buf_reset(&b);
    buf_puts(&b, HEAD "- a: &a [x, x, x, x, x, x, x, x]\n");
    for (char c = 'b'; c < 'z'; c++)
        buf_printf(&b, "  %c: &%c [*%c, *%c, *%c, *%c, *%c, *%c]\n", c, c,
                   c - 1, c - 1, c - 1, c - 1, c - 1, c - 1);
    check_hostile(w, buf_str(&b));
    buf_done(&b);
}

/* A folder or a pipe of that name. */
static void test_no_regular_file(void **state)
{
    struct world *w = *state;
    struct lock l;

    assert_int_equal(mkfifo(w->path.p, 0600), 0);
    assert_false(lock_read(&l, w->path, &w->arena, &w->diag));
    assert_int_equal(w->diag.first->code, DIAG_LOCK_BAD);
}

static void test_many_entries(void **state)
{
    struct world *w = *state;
    struct lock l;
    size_t n = 20000;
    struct lock_entry *entries = calloc(n, sizeof *entries);

    for (size_t i = 0; i < n; i++) {
        entries[i].url = arena_printf(&w->arena, "http://a.example/%zu", i);
        entries[i].date = S("2026-11-22");
    }
    assert_true(lock_write(entries, n, w->path, &w->diag));
    assert_true(lock_read(&l, w->path, &w->arena, &w->diag));
    assert_int_equal(l.entries.n, n);
    for (size_t i = 1; i < n; i++)
        assert_true(str_cmp(l.entries.entries[i - 1].key,
                            l.entries.entries[i].key) < 0);
    free(entries);
}

static void test_full_disk_leaves_the_old_lock(void **state)
{
    struct world *w = *state;
    struct lock_entry entries[50];
    str got;

    for (size_t i = 0; i < N_OF(entries); i++)
        entries[i] = (struct lock_entry){
            .url = arena_printf(&w->arena, "http://a.example/%zu", i)
        };
    write_file(w->path.p, str_of(text));
    disk_is_full_at(1000);
    bool ok = lock_write(entries, N_OF(entries), w->path, &w->diag);
    disk_is_full_at(RLIM_INFINITY);
    assert_false(ok);
    assert_int_equal(w->diag.first->code, DIAG_OUTPUT_FAILED);
    assert_int_equal(file_read(w->path, 10000, &w->arena, &got), FILE_OK);
    check_str(got, text);
    assert_int_equal(tempdir_sweep(w->dir, false), 1);
}

static void test_archive_query(void **state)
{
    struct world *w = *state;
    struct date none = { 0 }, day = { .year = 2004, .month = 5, .day = 6 };

    check_str(archive_query((str){ 0 }, S("http://a.example/b c?d=e&f#g"), &day,
                            &w->arena),
              "https://archive.org/wayback/available?url=http%3A%2F%2Fa.example"
              "%2Fb%20c%3Fd%3De%26f%23g&timestamp=20040506");
    check_str(
        archive_query(S("http://127.0.0.1:8000/"), S("x"), &none, &w->arena),
        "http://127.0.0.1:8000/wayback/available?url=x");
}

#define CLOSEST(fields) "{\"archived_snapshots\":{\"closest\":{" fields "}}}"
#define COPY            "\"url\":\"http://web.archive.org/web/20040507010203/http://a/b\""

static const struct {
    const char *base, *answer, *copy; /* NULL: none */
} answers[] = {
    { "", CLOSEST("\"available\":true,\"status\":\"200\"," COPY),
      "https://web.archive.org/web/20040507010203id_/http://a/b" },
    { "http://127.0.0.1:80/", CLOSEST("\"available\":true," COPY),
      "http://127.0.0.1:80/web/20040507010203id_/http://a/b" },
    { "", CLOSEST("\"available\":false," COPY), NULL },
    { "", CLOSEST("\"available\":true,\"status\":\"404\"," COPY), NULL },
    { "", CLOSEST("\"available\":true"), NULL },
    { "", CLOSEST("\"available\":true,\"url\":\"http://evil.example/\""),
      NULL },
    { "",
      CLOSEST("\"available\":true,\"url\":\"http://evil.example/web/2004/\""),
      "https://web.archive.org/web/2004id_/" },
    { "", CLOSEST("\"available\":true,\"url\":\"x/web/2004/a\\r\\nb\\u0000\""),
      NULL },
    { "", CLOSEST("\"available\":true,\"url\":\"http://x/web/2004/a\\r\\n b\""),
      "https://web.archive.org/web/2004id_/a%0D%0A%20b" },
    { "", "{\"archived_snapshots\":{}}", NULL },
    { "", "{\"archived_snapshots\":[]}", NULL },
    { "", "[]", NULL },
    { "", "<html>", NULL },
    { "", "", NULL },
};

static void test_archive_answers(void **state)
{
    struct world *w = *state;

    for (size_t i = 0; i < N_OF(answers); i++) {
        str copy = { 0 };
        bool ok = archive_read(str_of(answers[i].base),
                               str_of(answers[i].answer), &w->arena, &copy);
        if (ok != (answers[i].copy != NULL))
            fail_msg("%s", answers[i].answer);
        if (ok)
            check_str(copy, answers[i].copy);
    }
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(test_comes_back_byte_by_byte),
        IN_A_FOLDER(test_fields),
        IN_A_FOLDER(test_no_file_is_empty),
        IN_A_FOLDER(test_a_file_wins),
        IN_A_FOLDER(test_bad_files_are_told),
        IN_A_FOLDER(test_hostile_files),
        IN_A_FOLDER(test_no_regular_file),
        IN_A_FOLDER(test_many_entries),
        IN_A_FOLDER(test_full_disk_leaves_the_old_lock),
        IN_A_FOLDER(test_archive_query),
        IN_A_FOLDER(test_archive_answers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
