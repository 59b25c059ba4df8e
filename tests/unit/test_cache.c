/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "assets/cache_parts.h"
#include "assets/zstream.h"
#include "base/file.h"
#include "base/hash.h"
#include "check.h"
#include "tempdir.h"

#define DAY    CACHE_DAY
#define NOBODY 65534

struct world {
    struct arena arena;
    struct diag diag;
    str top, dir;
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);

    arena_init(&w->arena);
    diag_init(&w->diag, &w->arena);
    w->top = tempdir_new(&w->arena);
    w->dir = arena_printf(&w->arena, "%s/deep/cache", w->top.p);
    setenv("TMPDIR", w->top.p, 1);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    str command = arena_printf(&w->arena, "chmod -R u+rwX '%s'; rm -rf '%s'",
                               w->top.p, w->top.p);

    unsetenv("TMPDIR");
    assert_int_equal(seteuid(getuid()), 0);
    int failed = system(command.p);
    arena_done(&w->arena);
    free(w);
    return failed;
}

static void close_quietly(struct world *w, struct cache *c)
{
    cache_report(c, &w->diag);
    cache_close(c);
    assert_null(w->diag.first);
}

static bool keep(struct world *w, struct cache *c, str bytes,
                 uint8_t hash[CACHE_HASH])
{
    str temp = cache_temp(c, &w->arena);
    FILE *f = fopen(temp.p, "wb");

    if (!f)
        return false;
    fwrite(bytes.p, 1, bytes.n, f);
    if (fclose(f) != 0)
        return false;
    bool ok = cache_take(c, temp, bytes, hash);
    assert_int_not_equal(access(temp.p, F_OK), 0);
    return ok;
}

/* Where the file of HASH is, below KIND. */
static const char *place(struct world *w, const char *kind, str hex)
{
    return arena_printf(&w->arena, "%s/%s/%.2s/%s", w->dir.p, kind, hex.p,
                        hex.p + 2)
        .p;
}

static const char *object(struct world *w, const uint8_t hash[CACHE_HASH])
{
    return place(w, "objects", hash_to_hex(hash, &w->arena));
}

static void age(const char *path, int days)
{
    time_t then = time(NULL) - (time_t)days * DAY;
    struct timespec times[2] = { { .tv_sec = then }, { .tv_sec = then } };

    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static time_t modified(const char *path)
{
    struct stat st;

    assert_int_equal(stat(path, &st), 0);
    return st.st_mtime;
}

static void test_what_is_kept_comes_back(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    uint8_t hash[CACHE_HASH], want[CACHE_HASH];
    str bytes;

    assert_int_not_equal(access(w->dir.p, F_OK), 0);
    assert_true(keep(w, c, S("a picture"), hash));
    hash_sha256(S("a picture"), want);
    assert_memory_equal(hash, want, CACHE_HASH);
    close_quietly(w, c);
    c = cache_open(w->dir);
    assert_true(cache_has(c, hash));
    assert_true(cache_read(c, hash, &w->arena, &bytes));
    check_str(bytes, "a picture");
    hash[0] ^= 1;
    assert_false(cache_has(c, hash));
    assert_false(cache_read(c, hash, &w->arena, &bytes));
    close_quietly(w, c);
}

static void test_folder_is_ours_alone_and_marked(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    uint8_t hash[CACHE_HASH];
    struct stat st;
    str text;

    assert_true(keep(w, c, S("x"), hash));
    assert_int_equal(stat(w->dir.p, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    str tag = arena_printf(&w->arena, "%s/CACHEDIR.TAG", w->dir.p);
    assert_int_equal(file_read(tag, 1000, &w->arena, &text), FILE_OK);
    assert_true(
        str_starts(text, S("Signature: 8a477f597d28d172789f06886806bc55\n")));
    close_quietly(w, c);
}

/* A backup would skip the folder with all that is in it. */
static void test_folder_of_other_things_is_not_marked(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->top);
    uint8_t hash[CACHE_HASH];

    write_file(arena_printf(&w->arena, "%s/letter.txt", w->top.p).p, S("x"));
    assert_true(keep(w, c, S("x"), hash));
    str tag = arena_printf(&w->arena, "%s/CACHEDIR.TAG", w->top.p);
    assert_int_not_equal(access(tag.p, F_OK), 0);
    close_quietly(w, c);
}

static void test_damage_is_found_and_removed(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    uint8_t hash[CACHE_HASH];
    str bytes;

    assert_true(keep(w, c, S("a picture"), hash));
    write_file(object(w, hash), S("a pictura"));
    assert_true(cache_has(c, hash));
    assert_false(cache_read(c, hash, &w->arena, &bytes));
    assert_int_not_equal(access(object(w, hash), F_OK), 0);
    assert_true(keep(w, c, S("a picture"), hash));
    assert_true(cache_read(c, hash, &w->arena, &bytes));
    close_quietly(w, c);
}

/* Neither followed nor waited for nor read at length. */
static void test_odd_objects(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    uint8_t hash[CACHE_HASH];
    str bytes;

    assert_true(keep(w, c, S("a picture"), hash));
    const char *path = object(w, hash);
    const char *other = arena_printf(&w->arena, "%s/other", w->top.p).p;
    write_file(other, S("a picture"));
    unlink(path);
    assert_int_equal(symlink(other, path), 0);
    assert_false(cache_read(c, hash, &w->arena, &bytes));
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(cache_has(c, hash));
    assert_false(cache_read(c, hash, &w->arena, &bytes));
    assert_true(keep(w, c, S("a picture"), hash));
    assert_int_equal(truncate(path, (off_t)CACHE_FILE_MAX + 1), 0);
    assert_false(cache_read(c, hash, &w->arena, &bytes));
    assert_int_equal(access(other, F_OK), 0);
    close_quietly(w, c);
}

static void test_linked_shelf_is_not_followed(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    uint8_t hash[CACHE_HASH];
    str bytes;

    assert_true(keep(w, c, S("a picture"), hash));
    str objects = arena_printf(&w->arena, "%s/objects", w->dir.p);
    str moved = arena_printf(&w->arena, "%s/moved", w->top.p);
    assert_int_equal(rename(objects.p, moved.p), 0);
    assert_int_equal(symlink(moved.p, objects.p), 0);
    assert_false(cache_read(c, hash, &w->arena, &bytes));
    close_quietly(w, c);
}

static const struct cache_entry some_entry = {
    .hash = { 1, 2, 3 },
    .size = 77,
    .final_url = STR_INIT("http://b.example/y.png"),
    .type = STR_INIT("image/png"),
    .date = STR_INIT("2026-11-22"),
};

static void test_notes_come_back(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    struct cache_entry e;
    str url = S("http://a.example/x.png");

    assert_false(cache_find(c, url, &w->arena, &e));
    cache_note(c, url, &some_entry);
    assert_true(cache_find(c, url, &w->arena, &e));
    assert_memory_equal(e.hash, some_entry.hash, CACHE_HASH);
    assert_int_equal(e.size, 77);
    check_str(e.final_url, "http://b.example/y.png");
    check_str(e.type, "image/png");
    check_str(e.date, "2026-11-22");
    assert_false(cache_find(c, S("http://a.example/"), &w->arena, &e));
    close_quietly(w, c);
}

static const char *journal(struct world *w)
{
    return arena_printf(&w->arena, "%s/" CACHE_JOURNAL, w->dir.p).p;
}

static const char *pack(struct world *w, unsigned id)
{
    return arena_printf(&w->arena, "%s/packs/%u", w->dir.p, id).p;
}

static str read_all(struct world *w, const char *path)
{
    str text = { 0 };

    assert_int_equal(file_read(str_of(path), 1 << 20, &w->arena, &text),
                     FILE_OK);
    return text;
}

/* What the cache has of the address, and of the file that it gave; each is
 * right or not there. */
static bool read_summed(struct world *w, struct cache *c,
                        const uint8_t hash[CACHE_HASH], str *got)
{
    struct cache_file file;
    bool ok = cache_read_file(c, hash, CACHE_PROOF_SUMS, &w->arena, &file);

    if (ok)
        *got = file.bytes;
    return ok;
}

static void check_honest(struct world *w, str url, str bytes, bool *noted,
                         bool *kept)
{
    struct cache *c = cache_open(w->dir);
    uint8_t hash[CACHE_HASH];
    struct cache_entry e;
    str got;

    hash_sha256(bytes, hash);
    *noted = cache_find(c, url, &w->arena, &e);
    if (*noted) {
        assert_memory_equal(e.hash, hash, CACHE_HASH);
        assert_int_equal(e.size, bytes.n);
        check_str(e.final_url, "http://b.example/y.png");
    }
    /* By its sums first: what the other way finds wrong is forgotten. */
    bool summed = read_summed(w, c, hash, &got);
    if (summed)
        assert_true(str_eq(got, bytes));
    *kept = cache_read(c, hash, &w->arena, &got);
    if (*kept)
        assert_true(str_eq(got, bytes));
    assert_int_equal(summed, *kept);
    close_quietly(w, c);
}

static void keep_small(struct world *w, str url, str bytes)
{
    struct cache *c = cache_open(w->dir);
    struct cache_entry e = some_entry;

    e.size = bytes.n;
    assert_true(cache_keep(c, bytes, e.hash));
    cache_note(c, url, &e);
    close_quietly(w, c);
}

static void test_small_ones_are_packed(void **state)
{
    struct world *w = *state;
    bool noted, kept;

    keep_small(w, S("http://a.example/x.png"), S("a picture"));
    keep_small(w, S("http://a.example/z.png"), S("another picture"));
    keep_small(w, S("http://a.example/x2.png"), S("a picture"));
    check_str(read_all(w, pack(w, 1)), "a pictureanother picture");
    check_honest(w, S("http://a.example/z.png"), S("another picture"), &noted,
                 &kept);
    assert_true(noted && kept);
    assert_int_not_equal(
        access(arena_printf(&w->arena, "%s/objects", w->dir.p).p, F_OK), 0);
}

static void test_large_ones_are_files(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    uint8_t hash[CACHE_HASH];
    str got, bytes = { arena_alloc(&w->arena, CACHE_SMALL_MAX + 1),
                       CACHE_SMALL_MAX + 1 };

    assert_true(cache_keep(c, bytes, hash));
    assert_int_equal(access(object(w, hash), F_OK), 0);
    assert_true(cache_has(c, hash));
    assert_true(cache_read(c, hash, &w->arena, &got));
    assert_true(str_eq(got, bytes));
    close_quietly(w, c);
}

static void test_changed_journal(void **state)
{
    struct world *w = *state;
    str url = S("http://a.example/x.png"), bytes = S("a picture");
    bool noted, kept;

    keep_small(w, url, bytes);
    str text = read_all(w, journal(w));
    for (size_t i = 0; i < text.n; i++) {
        char *changed = (char *)arena_dup(&w->arena, text).p;
        changed[i] ^= 1;
        write_file(journal(w), (str){ changed, text.n });
        check_honest(w, url, bytes, &noted, &kept);
        /* Nothing but an empty line before the first may change unseen. */
        assert_true(i == 0 || !noted || !kept);
    }
}

/* A run was killed while it wrote; another one goes on behind that. */
static void test_journal_cut_off(void **state)
{
    struct world *w = *state;
    str url = S("http://a.example/x.png"), bytes = S("a picture");
    bool noted, kept;

    keep_small(w, url, bytes);
    str text = read_all(w, journal(w));
    for (size_t n = 0; n < text.n; n++) {
        write_file(journal(w), str_sub(text, 0, n));
        check_honest(w, url, bytes, &noted, &kept);
        assert_false(noted);
        keep_small(w, url, bytes);
        check_honest(w, url, bytes, &noted, &kept);
        assert_true(noted && kept);
    }
}

static void test_damaged_pack_heals(void **state)
{
    struct world *w = *state;
    str url = S("http://a.example/x.png"), bytes = S("a picture");
    bool noted, kept;

    keep_small(w, S("http://a.example/0.png"), S("first"));
    keep_small(w, url, bytes);
    write_file(pack(w, 1), S("firsta pictura"));
    check_honest(w, url, bytes, &noted, &kept);
    assert_true(noted && !kept);
    keep_small(w, url, bytes);
    check_honest(w, url, bytes, &noted, &kept);
    assert_true(kept);
    write_file(pack(w, 1), S("first"));
    check_honest(w, url, bytes, &noted, &kept);
    assert_false(kept);
    check_honest(w, S("http://a.example/0.png"), S("first"), &noted, &kept);
    assert_true(kept);
    unlink(pack(w, 1));
    check_honest(w, url, bytes, &noted, &kept);
    assert_true(noted && !kept);
    keep_small(w, url, bytes);
    check_honest(w, url, bytes, &noted, &kept);
    assert_true(kept);
}

/* Whatever it points to, or however long it says it is. */
static void test_places_that_lie(void **state)
{
    static const char *const lies[] = {
        "1\t0\t99999999999999999999\t1",
        "1\t0\t131073\t1",
        "1\t1\t9\t1",
        "1\t9223372036854775807\t9\t1",
        "2\t0\t9\t1",
        "0\t0\t9\t1",
        "4294967296\t0\t9\t1",
        "-1\t0\t9\t1",
        "\t\t\t",
        "../1\t0\t9\t1",
    };
    struct world *w = *state;
    str url = S("http://a.example/x.png"), bytes = S("a picture");
    bool noted, kept;

    keep_small(w, url, bytes);
    str key = hash_hex(bytes, 2 * CACHE_HASH, &w->arena);
    unsigned long long sums = cache_sums(bytes);
    for (size_t i = 0; i < N_OF(lies); i++) {
        struct buf line = { 0 };
        cache_line_print(LINE_PLACE, key,
                         arena_printf(&w->arena, "%s\t%llu", lies[i], sums),
                         &line);
        write_file(journal(w), buf_str(&line));
        check_honest(w, url, bytes, &noted, &kept);
        assert_false(kept);
        buf_reset(&line);
        cache_line_print(LINE_PLACE, key, S("1\t0\t9\t1\t"), &line);
        write_file(journal(w), buf_str(&line));
        check_honest(w, url, bytes, &noted, &kept);
        assert_true(kept);
        buf_done(&line);
    }
}

/* The sums of a file tell where it lies; its SHA-256 is looked at only where it
 * is asked for, or where there are no sums. */
static void test_sums(void **state)
{
    struct world *w = *state;
    str bytes = S("a picture"), key = hash_hex(bytes, 64, &w->arena), got;
    struct cache_file file;
    uint8_t hash[CACHE_HASH];

    keep_small(w, S("http://a.example/0.png"), S("first"));
    keep_small(w, S("http://a.example/x.png"), bytes);
    hash_sha256(bytes, hash);
    struct cache *c = cache_open(w->dir);
    assert_true(cache_read_file(c, hash, CACHE_PROOF_SUMS, &w->arena, &file));
    check_str(file.bytes, "a picture");
    assert_true(file.has_crc);
    assert_int_equal(file.crc, zstream_crc(bytes));
    close_quietly(w, c);

    /* Another file with the sums of its own. */
    struct buf line = { 0 };
    cache_line_print(LINE_PLACE, key,
                     arena_printf(&w->arena, "1\t0\t5\t1\t%llu",
                                  (unsigned long long)cache_sums(S("first"))),
                     &line);
    write_file(journal(w), buf_str(&line));
    buf_done(&line);
    c = cache_open(w->dir);
    assert_true(read_summed(w, c, hash, &got));
    check_str(got, "first");
    assert_false(cache_read(c, hash, &w->arena, &got));
    close_quietly(w, c);
}

/* Lines of older versions have no sums; they get some when they are read. */
static void test_places_without_sums(void **state)
{
    struct world *w = *state;
    str url = S("http://a.example/x.png"), bytes = S("a picture"), got;
    struct buf line = { 0 };
    uint8_t hash[CACHE_HASH];

    keep_small(w, url, bytes);
    hash_sha256(bytes, hash);
    buf_printf(&line, "P\t1\t0\t9\t%u\t%.*s", cache_today(),
               STR_ARG(hash_to_hex(hash, &w->arena)));
    str old = arena_printf(&w->arena, "%016llx\t%.*s\n",
                           (unsigned long long)hash_fnv(buf_str(&line)),
                           STR_ARG(buf_str(&line)));
    buf_done(&line);
    for (int i = 0; i < 2; i++) {
        write_file(journal(w), old);
        write_file(pack(w, 1), i ? S("a pictura") : bytes);
        struct cache *c = cache_open(w->dir);
        assert_int_equal(read_summed(w, c, hash, &got), i == 0);
        close_quietly(w, c);
        assert_int_equal(str_find(read_all(w, journal(w)), S("\tQ\t1\t")) !=
                             STR_NONE,
                         i == 0);
    }
}

/* Neither followed nor waited for nor read at length. */
static void test_odd_journals(void **state)
{
    struct world *w = *state;
    str url = S("http://a.example/x.png"), bytes = S("a picture");
    bool noted, kept;

    keep_small(w, url, bytes);
    const char *path = journal(w);
    const char *moved = arena_printf(&w->arena, "%s/moved", w->top.p).p;
    assert_int_equal(rename(path, moved), 0);
    assert_int_equal(symlink(moved, path), 0);
    check_honest(w, url, bytes, &noted, &kept);
    assert_false(noted);
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    check_honest(w, url, bytes, &noted, &kept);
    assert_false(noted);
    unlink(path);
    assert_int_equal(rename(moved, path), 0);
    assert_int_equal(truncate(path, (off_t)1 << 40), 0);
    check_honest(w, url, bytes, &noted, &kept);
    assert_false(noted);
    keep_small(w, url, bytes);
    check_honest(w, url, bytes, &noted, &kept);
    assert_true(noted && kept);
}

/* What another run learnt since this one began. */
/* Longer than between two looks at what others wrote. */
static void wait_a_moment(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = 30 * 1000 * 1000 }, NULL);
}

static void test_news_are_seen(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    str url = S("http://a.example/x.png"), bytes = S("a picture");
    struct cache_entry e;
    str got;

    assert_false(cache_find(c, url, &w->arena, &e));
    keep_small(w, url, bytes);
    wait_a_moment();
    assert_true(cache_find(c, url, &w->arena, &e));
    assert_true(cache_read(c, e.hash, &w->arena, &got));
    cache_note(c, S("http://a.example/1.png"), &e);
    keep_small(w, S("http://a.example/2.png"), S("second"));
    wait_a_moment();
    assert_true(cache_find(c, S("http://a.example/2.png"), &w->arena, &e));
    assert_true(cache_read(c, e.hash, &w->arena, &got));
    check_str(got, "second");
    close_quietly(w, c);
}

static void test_note_of_two_lines_is_not_written(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    struct cache_entry e = some_entry;
    str url = S("http://a.example/x.png");

    e.final_url = S("http://b.example/\nsize 1");
    cache_note(c, url, &e);
    assert_false(cache_find(c, url, &w->arena, &e));
    close_quietly(w, c);
}

static void check_private(struct world *w, struct cache *c)
{
    uint8_t hash[CACHE_HASH];
    str bytes;

    assert_true(keep(w, c, S("a picture"), hash));
    assert_true(keep(w, c, S("another picture"), hash));
    assert_true(cache_read(c, hash, &w->arena, &bytes));
    check_str(bytes, "another picture");
    cache_report(c, &w->diag);
    cache_close(c);
    assert_non_null(w->diag.first);
    assert_null(w->diag.first->next);
    assert_int_equal(w->diag.first->code, DIAG_CACHE_UNUSABLE);
}

static void test_no_folder_can_be_made(void **state)
{
    struct world *w = *state;

    str file = arena_printf(&w->arena, "%s/deep", w->top.p);
    write_file(file.p, S("in the way"));
    check_private(w, cache_open(w->dir));
    assert_int_equal(tempdir_sweep(w->top, false), 1); /* the file */
}

static void test_no_home(void **state)
{
    struct world *w = *state;

    check_private(w, cache_open((str){ 0 }));
    assert_int_equal(tempdir_sweep(w->top, false), 0);
}

/* To the user root no folder is read-only. */
static void be_nobody(struct world *w)
{
    if (getuid() != 0)
        return;
    assert_int_equal(chown(w->top.p, NOBODY, NOBODY), 0);
    assert_int_equal(seteuid(NOBODY), 0);
}

static void test_read_only_folder_is_read(void **state)
{
    struct world *w = *state;
    uint8_t hash[CACHE_HASH];
    str bytes;

    be_nobody(w);
    struct cache *c = cache_open(w->dir);
    assert_true(keep(w, c, S("a picture"), hash));
    close_quietly(w, c);
    str command = arena_printf(&w->arena, "chmod -R a-w '%s'", w->dir.p);
    assert_int_equal(system(command.p), 0);
    c = cache_open(w->dir);
    assert_true(cache_read(c, hash, &w->arena, &bytes));
    check_private(w, c);
}

static void test_full_disk_falls_back(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    str temp = cache_temp(c, &w->arena);

    assert_true(str_starts(temp, w->dir));
    assert_true(cache_fall_back(c, temp, ENOSPC));
    temp = cache_temp(c, &w->arena);
    assert_false(str_starts(temp, w->dir));
    assert_false(cache_fall_back(c, temp, ENOSPC));
    check_private(w, c);
    assert_non_null(strstr(w->diag.first->text.p, strerror(ENOSPC)));
}

/* Two processes keep the same and different files at once; each must be able
 * to read all it kept. Returns an exit status. */
static int keep_many(struct world *w, unsigned seed)
{
    struct cache *c = cache_open(w->dir);
    uint8_t hash[CACHE_HASH];
    struct cache_entry e;
    str bytes;

    for (unsigned i = 0; i < 300; i++) {
        str text = arena_printf(&w->arena, "picture %u %u", i,
                                i % 2 ? seed : 0);
        str url = arena_printf(&w->arena, "http://a.example/%u", i);
        bool ok = i % 3 ? cache_keep(c, text, hash) : keep(w, c, text, hash);
        if (!ok || !cache_read(c, hash, &w->arena, &bytes) ||
            !str_eq(bytes, text))
            return 1;
        e = (struct cache_entry){ .size = text.n };
        memcpy(e.hash, hash, CACHE_HASH);
        cache_note(c, url, &e);
        if (!cache_find(c, url, &w->arena, &e))
            return 2;
    }
    cache_report(c, &w->diag);
    cache_close(c);
    return w->diag.first ? 3 : 0;
}

static void test_two_processes(void **state)
{
    struct world *w = *state;
    int status, other;
    pid_t child = fork();

    if (child == 0)
        _exit(keep_many(w, 1));
    other = keep_many(w, 2);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(other, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static int files_in_tmp(struct world *w)
{
    return tempdir_sweep(arena_printf(&w->arena, "%s/tmp", w->dir.p), false);
}

static void test_killed_while_it_writes(void **state)
{
    struct world *w = *state;
    int to_parent[2], to_child[2], status;
    char ready;

    assert_int_equal(pipe(to_parent), 0);
    assert_int_equal(pipe(to_child), 0);
    pid_t child = fork();
    if (child == 0) {
        struct cache *c = cache_open(w->dir);
        uint8_t hash[CACHE_HASH];
        keep(w, c, S("whole"), hash);
        write_file(cache_temp(c, &w->arena).p, S("hal"));
        close(to_child[1]);
        /* Nothing comes: until it is killed, or the test is over. */
        if (write(to_parent[1], "x", 1) == 1)
            _exit(read(to_child[0], &ready, 1) == 0);
        _exit(2);
    }
    assert_int_equal(read(to_parent[0], &ready, 1), 1);
    struct cache *c = cache_open(w->dir);
    uint8_t hash[CACHE_HASH];
    /* It still writes: its file is not ours to remove. */
    assert_true(keep(w, c, S("x"), hash));
    assert_int_equal(files_in_tmp(w), 1);
    close_quietly(w, c);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));

    c = cache_open(w->dir);
    str bytes;
    hash_sha256(S("whole"), hash);
    assert_true(cache_read(c, hash, &w->arena, &bytes));
    assert_true(keep(w, c, S("half"), hash));
    assert_int_equal(files_in_tmp(w), 0);
    close_quietly(w, c);
    for (int i = 0; i < 2; i++) {
        close(to_parent[i]);
        close(to_child[i]);
    }
}

/* Killed at any moment, a run leaves nothing but what is right. */
static void test_killed_at_any_moment(void **state)
{
    struct world *w = *state;
    bool noted, kept;
    unsigned seen = 0;
    int status, begun[2];
    char one;

    assert_int_equal(pipe(begun), 0);
    for (unsigned round = 0; round < 12; round++) {
        pid_t child = fork();
        if (child == 0) {
            for (unsigned i = 0;; i++) {
                str name = arena_printf(&w->arena, "%u", 100 * round + i % 100);
                keep_small(w, name, name);
                if (i == 0 && write(begun[1], "x", 1) != 1)
                    _exit(1);
            }
        }
        assert_int_equal(read(begun[0], &one, 1), 1);
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 * (long)round + 777 },
                  NULL);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &status, 0), child);
        for (unsigned i = 0; i < 100; i++) {
            str name = arena_printf(&w->arena, "%u", 100 * round + i);
            check_honest(w, name, name, &noted, &kept);
            assert_true(!noted || kept);
            seen += noted;
        }
        keep_small(w, S("after"), S("after"));
        check_honest(w, S("after"), S("after"), &noted, &kept);
        assert_true(noted && kept);
    }
    assert_true(seen >= 12);
    close(begun[0]);
    close(begun[1]);
}

#define THREADS 4

struct keeper {
    struct cache *cache;
    unsigned seed;
    bool ok;
};

static void *keep_in_thread(void *data)
{
    struct keeper *k = data;
    struct cache_entry e = { 0 };
    struct arena a;
    str got;

    arena_init(&a);
    k->ok = true;
    for (unsigned i = 0; i < 200 && k->ok; i++) {
        str text = arena_printf(&a, "%u", i % 2 ? 1000 * k->seed + i : i);
        k->ok = cache_keep(k->cache, text, e.hash);
        cache_note(k->cache, text, &e);
        k->ok = k->ok && cache_find(k->cache, text, &a, &e) &&
                cache_has(k->cache, e.hash) &&
                cache_read(k->cache, e.hash, &a, &got) && str_eq(got, text);
    }
    arena_done(&a);
    return NULL;
}

static void test_threads(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    struct keeper keepers[THREADS];
    pthread_t threads[THREADS];

    for (unsigned i = 0; i < THREADS; i++) {
        keepers[i] = (struct keeper){ c, i, false };
        assert_int_equal(
            pthread_create(&threads[i], NULL, keep_in_thread, &keepers[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_true(keepers[i].ok);
    }
    close_quietly(w, c);
}

/* Of another computer, so only its age tells. */
static void test_old_litter_goes(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    uint8_t hash[CACHE_HASH];

    assert_true(keep(w, c, S("x"), hash));
    close_quietly(w, c);
    str young = arena_printf(&w->arena, "%s/tmp/0badcafe-1-1-1.tmp", w->dir.p);
    str old = arena_printf(&w->arena, "%s/tmp/0badcafe-1-1-2.tmp", w->dir.p);
    write_file(young.p, S("x"));
    write_file(old.p, S("x"));
    age(old.p, 2);
    c = cache_open(w->dir);
    assert_true(keep(w, c, S("y"), hash));
    close_quietly(w, c);
    assert_int_equal(access(young.p, F_OK), 0);
    assert_int_not_equal(access(old.p, F_OK), 0);
}

static void test_use_is_remembered(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    uint8_t hash[CACHE_HASH];
    str bytes;

    assert_true(keep(w, c, S("a picture"), hash));
    const char *path = object(w, hash);
    age(path, 80);
    assert_true(cache_read(c, hash, &w->arena, &bytes));
    assert_true(time(NULL) - modified(path) < DAY);
    /* Not written more than once a day. */
    struct timespec hour[2] = { { .tv_sec = time(NULL) - 3600 },
                                { .tv_sec = time(NULL) - 3600 } };
    assert_int_equal(utimensat(AT_FDCWD, path, hour, 0), 0);
    assert_true(cache_read(c, hash, &w->arena, &bytes));
    assert_int_equal(modified(path), hour[1].tv_sec);
    close_quietly(w, c);
}

static void test_gc(void **state)
{
    struct world *w = *state;
    struct cache *c = cache_open(w->dir);
    uint8_t old[CACHE_HASH], young[CACHE_HASH];
    uint64_t n = 0, bytes = 0;

    assert_true(keep(w, c, S("twelve bytes"), old));
    assert_true(keep(w, c, S("young"), young));
    age(object(w, old), 91);
    age(object(w, young), 89);
    /* What has no name of ours stays, however old. */
    str shelf = arena_printf(&w->arena, "%s/objects/zz", w->dir.p);
    str readme = arena_printf(&w->arena, "%s/objects/README", w->dir.p);
    assert_int_equal(mkdir(shelf.p, 0700), 0);
    write_file(readme.p, S("x"));
    age(readme.p, 1000);
    str outside = arena_printf(&w->arena, "%s/outside", w->top.p);
    assert_int_equal(mkdir(outside.p, 0700), 0);
    str precious = arena_printf(&w->arena, "%s/%.62s", outside.p,
                                "0000000000000000000000000000000000000000000000"
                                "00000000000000000000");
    write_file(precious.p, S("x"));
    age(precious.p, 1000);
    str link = arena_printf(&w->arena, "%s/objects/00", w->dir.p);
    assert_int_equal(symlink(outside.p, link.p), 0);

    cache_gc(c, 90, &n, &bytes);
    assert_int_equal(n, 1);
    assert_int_equal(bytes, 12);
    assert_false(cache_has(c, old));
    assert_true(cache_has(c, young));
    assert_int_equal(access(readme.p, F_OK), 0);
    assert_int_equal(access(precious.p, F_OK), 0);
    close_quietly(w, c);
}

/* As if the file were last used so many days ago. */
static void age_small(struct world *w, str bytes, unsigned days)
{
    struct buf line = { 0 };
    struct cache_store s;
    struct cache_spot spot;
    str key = hash_hex(bytes, 2 * CACHE_HASH, &w->arena);
    FILE *f = fopen(journal(w), "ab");

    cache_store_init(&s, w->dir);
    assert_true(cache_spot_find(&s, key, &spot));
    spot.day = cache_today() - days;
    cache_line_print(LINE_PLACE, key, cache_spot_fields(&spot, &w->arena),
                     &line);
    assert_non_null(f);
    fwrite(line.p, 1, line.n, f);
    assert_int_equal(fclose(f), 0);
    cache_store_done(&s);
    buf_done(&line);
}

static void test_gc_of_packs(void **state)
{
    struct world *w = *state;
    str old = S("http://a.example/old"), young = S("http://a.example/young");
    uint64_t n = 0, bytes = 0;
    bool noted, kept;

    keep_small(w, young, S("young"));
    keep_small(w, old, S("old one"));
    keep_small(w, S("http://a.example/used"), S("used"));
    age_small(w, S("young"), 89);
    age_small(w, S("old one"), 91);
    age_small(w, S("used"), 200);
    /* To read it is to use it. */
    check_honest(w, S("http://a.example/used"), S("used"), &noted, &kept);
    assert_true(kept);
    struct cache *c = cache_open(w->dir);
    cache_gc(c, 90, &n, &bytes);
    assert_int_equal(n, 1);
    assert_int_equal(bytes, 7);
    check_str(read_all(w, pack(w, 2)), "youngused");
    assert_int_not_equal(access(pack(w, 1), F_OK), 0);
    assert_int_equal(files_in_tmp(w), 0);
    close_quietly(w, c);
    check_honest(w, old, S("old one"), &noted, &kept);
    assert_true(!noted && !kept);
    check_honest(w, young, S("young"), &noted, &kept);
    assert_true(noted && kept);
    keep_small(w, old, S("old one"));
    check_str(read_all(w, pack(w, 2)), "youngusedold one");
}

static void test_gc_while_it_is_used(void **state)
{
    struct world *w = *state;
    str url = S("http://a.example/x.png"), bytes = S("a picture");
    struct cache *user = cache_open(w->dir), *c = cache_open(w->dir);
    struct cache_entry e;
    uint64_t n = 0, size = 0;

    keep_small(w, url, bytes);
    age_small(w, bytes, 100);
    assert_true(cache_find(user, url, &w->arena, &e));
    assert_false(cache_gc(c, 90, &n, &size));
    assert_int_equal(n, 0);
    assert_true(cache_has(user, e.hash));
    assert_int_equal(access(pack(w, 1), F_OK), 0);
    close_quietly(w, user);
    assert_true(cache_gc(c, 90, &n, &size));
    assert_int_equal(n, 1);
    assert_int_not_equal(access(pack(w, 1), F_OK), 0);
    close_quietly(w, c);
}

static void test_default_folder(void **state)
{
    struct world *w = *state;
    struct settings set = { 0 };

    setenv("HOME", "/wren", 1);
    setenv("XDG_CACHE_HOME", "/caches", 1);
    check_str(cache_default_dir(&set, &w->arena), "/caches/blog2book");
    setenv("XDG_CACHE_HOME", "caches", 1);
#ifdef __APPLE__
    check_str(cache_default_dir(&set, &w->arena),
              "/wren/Library/Caches/blog2book");
#else
    check_str(cache_default_dir(&set, &w->arena), "/wren/.cache/blog2book");
#endif
    set.cache_dir = S("here");
    check_str(cache_default_dir(&set, &w->arena), "here");
    set.cache_dir = (str){ 0 };
    unsetenv("HOME");
    unsetenv("XDG_CACHE_HOME");
    check_str(cache_default_dir(&set, &w->arena), "");
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(test_what_is_kept_comes_back),
        IN_A_FOLDER(test_folder_is_ours_alone_and_marked),
        IN_A_FOLDER(test_folder_of_other_things_is_not_marked),
        IN_A_FOLDER(test_damage_is_found_and_removed),
        IN_A_FOLDER(test_odd_objects),
        IN_A_FOLDER(test_linked_shelf_is_not_followed),
        IN_A_FOLDER(test_notes_come_back),
        IN_A_FOLDER(test_small_ones_are_packed),
        IN_A_FOLDER(test_large_ones_are_files),
        IN_A_FOLDER(test_changed_journal),
        IN_A_FOLDER(test_journal_cut_off),
        IN_A_FOLDER(test_damaged_pack_heals),
        IN_A_FOLDER(test_places_that_lie),
        IN_A_FOLDER(test_sums),
        IN_A_FOLDER(test_places_without_sums),
        IN_A_FOLDER(test_odd_journals),
        IN_A_FOLDER(test_news_are_seen),
        IN_A_FOLDER(test_note_of_two_lines_is_not_written),
        IN_A_FOLDER(test_no_folder_can_be_made),
        IN_A_FOLDER(test_no_home),
        IN_A_FOLDER(test_read_only_folder_is_read),
        IN_A_FOLDER(test_full_disk_falls_back),
        IN_A_FOLDER(test_two_processes),
        IN_A_FOLDER(test_killed_while_it_writes),
        IN_A_FOLDER(test_killed_at_any_moment),
        IN_A_FOLDER(test_threads),
        IN_A_FOLDER(test_old_litter_goes),
        IN_A_FOLDER(test_use_is_remembered),
        IN_A_FOLDER(test_gc),
        IN_A_FOLDER(test_gc_of_packs),
        IN_A_FOLDER(test_gc_while_it_is_used),
        IN_A_FOLDER(test_default_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
