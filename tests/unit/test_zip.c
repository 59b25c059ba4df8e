/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zip.h>

#include "base/buf.h"
#include "base/file.h"
#include "check.h"
#include "epub/deflate.h"
#include "epub/zip.h"
#include "tempdir.h"

struct world {
    struct arena arena;
    struct diag diag;
    str dir, output;
    struct spool *spool;
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);

    arena_init(&w->arena);
    diag_init(&w->diag, &w->arena);
    w->dir = tempdir_new(&w->arena);
    w->output = arena_printf(&w->arena, "%s/book.epub", w->dir.p);
    w->spool = spool_new(w->output, &w->diag);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;

    spool_free(w->spool);
    tempdir_sweep(w->dir, true);
    arena_done(&w->arena);
    free(w);
    return 0;
}

static str text_of(struct arena *a, size_t n)
{
    char *p = arena_bytes(a, n);

    for (size_t i = 0; i < n; i++)
        p[i] = (char)('a' + i * i % 23);
    return (str){ p, n };
}

static struct entry *spooled(struct world *w, str bytes, enum packing packing)
{
    struct entry *e = arena_new(&w->arena, struct entry);
    struct buf packed = { 0 };

    *e = (struct entry){ .size = bytes.n,
                         .packing = packing,
                         .crc = deflate_crc(bytes) };
    if (packing == PACK_READY) {
        struct deflate *d = deflate_new();
        deflate_bytes(d, bytes, &packed);
        deflate_free(d);
        bytes = buf_str(&packed);
    }
    assert_true(spool_put(w->spool, bytes, &e->span, &w->diag));
    buf_done(&packed);
    return e;
}

static void assert_entry(struct world *w, zip_t *z, const char *name, str want,
                         int method)
{
    zip_stat_t st;

    assert_int_equal(zip_stat(z, name, 0, &st), 0);
    assert_int_equal(st.size, want.n);
    assert_int_equal(st.comp_method, method);
    char *got = arena_bytes(&w->arena, want.n + 1);
    zip_file_t *f = zip_fopen(z, name, 0);
    assert_int_equal(zip_fread(f, got, want.n + 1), want.n);
    assert_int_equal(zip_fclose(f), 0); /* the CRC is right */
    assert_memory_equal(got, want.p, want.n);
}

static void test_entries(void **state)
{
    struct world *w = *state;
    struct zipfile *z = zipfile_new(w->output, w->spool, &w->diag);
    str small = S("<p>hello</p>"), large = text_of(&w->arena, 900000);
    uint64_t bytes;

    assert_true(
        zipfile_add(z, "a/ready", spooled(w, large, PACK_READY), &w->diag));
    assert_true(
        zipfile_add(z, "a/store", spooled(w, large, PACK_STORE), &w->diag));
    assert_true(
        zipfile_add(z, "a/deflate", spooled(w, large, PACK_DEFLATE), &w->diag));
    assert_true(
        zipfile_add(z, "small", spooled(w, small, PACK_READY), &w->diag));
    assert_true(
        zipfile_add(z, "empty", spooled(w, S(""), PACK_STORE), &w->diag));
    assert_true(zipfile_finish(z, &bytes, &w->diag));

    str file;
    assert_int_equal(file_read(w->output, 1 << 24, &w->arena, &file), FILE_OK);
    assert_int_equal(file.n, bytes);
    zip_t *back = zip_open(w->output.p, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    assert_non_null(back);
    assert_entry(w, back, "a/ready", large, ZIP_CM_DEFLATE);
    assert_entry(w, back, "a/store", large, ZIP_CM_STORE);
    assert_entry(w, back, "a/deflate", large, ZIP_CM_DEFLATE);
    assert_entry(w, back, "small", small, ZIP_CM_DEFLATE);
    assert_entry(w, back, "empty", S(""), ZIP_CM_STORE);
    zip_discard(back);
    assert_int_equal(tempdir_sweep(w->dir, false), 1);
}

static bool place(struct world *w, struct zipfile *z, const char *name,
                  str bytes, enum packing packing)
{
    const struct entry e = { .size = bytes.n,
                             .crc = deflate_crc(bytes),
                             .packing = packing };
    struct buf packed = { 0 };

    if (packing == PACK_READY) {
        struct deflate *d = deflate_new();
        deflate_bytes(d, bytes, &packed);
        deflate_free(d);
        bytes = buf_str(&packed);
    }
    bool ok = zipfile_place(z, name, &e, bytes, &w->diag);
    buf_done(&packed);
    return ok;
}

/* Blocks hold 65535 bytes, the memory before the file 262144, and libzip goes
 * through all in pieces of 8192. */
static void test_placed(void **state)
{
    static const size_t sizes[] = { 0,     1,     65534,  65535,
                                    65536, 70000, 131070, 600000 };
    struct world *w = *state;
    struct zipfile *z = zipfile_new(w->output, w->spool, &w->diag);
    const size_t n = sizeof sizes / sizeof *sizes;
    str last = text_of(&w->arena, 400000), file;
    uint64_t bytes;

    for (size_t i = 0; i < n; i++) {
        str text = text_of(&w->arena, sizes[i]);
        assert_true(place(w, z, arena_printf(&w->arena, "in%zu", i).p, text,
                          PACK_BLOCKS));
        assert_true(place(w, z, arena_printf(&w->arena, "글%zu", i).p, text,
                          PACK_READY));
    }
    assert_true(zipfile_add(z, "last", spooled(w, last, PACK_STORE), &w->diag));
    assert_true(zipfile_finish(z, &bytes, &w->diag));
    assert_int_equal(file_read(w->output, 1 << 24, &w->arena, &file), FILE_OK);
    assert_int_equal(file.n, bytes);
    zip_t *back = zip_open(w->output.p, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    assert_non_null(back);
    for (size_t i = 0; i < n; i++) {
        str text = text_of(&w->arena, sizes[i]);
        assert_entry(w, back, arena_printf(&w->arena, "in%zu", i).p, text,
                     ZIP_CM_DEFLATE);
        assert_entry(w, back, arena_printf(&w->arena, "글%zu", i).p, text,
                     ZIP_CM_DEFLATE);
    }
    assert_entry(w, back, "last", last, ZIP_CM_STORE);
    zip_discard(back);
}

/* An entry that is not where it was placed must not become a book. */
static void test_misplaced(void **state)
{
    struct world *w = *state;
    struct zipfile *z = zipfile_new(w->output, w->spool, &w->diag);
    uint64_t bytes;

    assert_true(
        zipfile_add(z, "too soon", spooled(w, S("x"), PACK_STORE), &w->diag));
    assert_true(place(w, z, "placed", S("<p>hello</p>"), PACK_BLOCKS));
    assert_false(zipfile_finish(z, &bytes, &w->diag));
    assert_int_equal(w->diag.first->code, DIAG_OUTPUT_FAILED);
    assert_int_equal(tempdir_sweep(w->dir, false), 0);
}

/* What is there before libzip writes is what libzip would write. */
static void test_header_is_final(void **state)
{
    struct world *w = *state;
    struct zipfile *z = zipfile_new(w->output, w->spool, &w->diag);
    str before, after;
    uint64_t bytes;

    for (int i = 0; i < 10; i++)
        assert_true(place(w, z, arena_printf(&w->arena, "글%d", i).p,
                          text_of(&w->arena, 60000 + 1000 * i),
                          i % 2 ? PACK_READY : PACK_BLOCKS));
    str temp = arena_printf(&w->arena, "%s/.book.epub.blog2book-1.tmp",
                            w->dir.p);
    assert_int_equal(file_read(temp, 1 << 24, &w->arena, &before), FILE_OK);
    assert_true(before.n >= 262144);
    assert_true(zipfile_finish(z, &bytes, &w->diag));
    assert_int_equal(file_read(w->output, 1 << 24, &w->arena, &after), FILE_OK);
    assert_true(str_starts(after, before));
}

/* EPUB 3.3, 4.2.3: stored, unencrypted, first, without an extra field, so that
 * its bytes stand at fixed places. */
static void test_mimetype(void **state)
{
    struct world *w = *state;
    struct zipfile *z = zipfile_new(w->output, w->spool, &w->diag);
    uint64_t bytes;
    str file;

    assert_true(zipfile_finish(z, &bytes, &w->diag));
    assert_int_equal(file_read(w->output, 1 << 20, &w->arena, &file), FILE_OK);
    assert_true(str_starts(file, S("PK\x03\x04")));
    assert_true(str_starts(str_from(file, 8), S("\0\0")));        /* stored */
    assert_true(str_starts(str_from(file, 10), S("\0\0\x21\0"))); /* time */
    assert_true(str_starts(str_from(file, 26), S("\x08\0\0\0")));
    assert_true(
        str_starts(str_from(file, 30), S("mimetypeapplication/epub+zip")));
}

static void fill(struct world *w, struct zipfile *z, int n)
{
    for (int i = 0; i < n; i++)
        assert_true(zipfile_add(
            z, arena_printf(&w->arena, "e%d", i).p,
            spooled(w, text_of(&w->arena, 50000), PACK_STORE), &w->diag));
}

/* The same where it fills while the book is being made. */
static void test_full_while_placing(void **state)
{
    struct world *w = *state;
    struct zipfile *z = zipfile_new(w->output, w->spool, &w->diag);
    int n = 0;

    write_file(w->output.p, S("yesterday"));
    disk_is_full_at(500000);
    while (n < 20 && place(w, z, arena_printf(&w->arena, "e%d", n).p,
                           text_of(&w->arena, 50000), PACK_BLOCKS))
        n++;
    disk_is_full_at(RLIM_INFINITY);
    assert_in_range(n, 9, 15);
    assert_int_equal(w->diag.first->code, DIAG_OUTPUT_FAILED);
    assert_null(w->diag.first->next);
    zipfile_discard(z);
    assert_int_equal(tempdir_sweep(w->dir, false), 1);
}

/* Whenever the disk fills, yesterday's book stays and no litter does. */
static void test_full_disk(void **state)
{
    struct world *w = *state;
    uint64_t bytes;
    str file;

    write_file(w->output.p, S("yesterday"));
    for (rlim_t room = 0; room < 1000000; room += 190001) {
        struct diag dg;
        diag_init(&dg, &w->arena);
        struct zipfile *z = zipfile_new(w->output, w->spool, &w->diag);
        fill(w, z, 20);
        disk_is_full_at(room);
        assert_false(zipfile_finish(z, &bytes, &dg));
        disk_is_full_at(RLIM_INFINITY);
        assert_int_equal(dg.first->code, DIAG_OUTPUT_FAILED);
        assert_null(dg.first->next);
    }
    assert_int_equal(tempdir_sweep(w->dir, false), 1);
    assert_int_equal(file_read(w->output, 100, &w->arena, &file), FILE_OK);
    assert_true(str_eq(file, S("yesterday")));
}

static void test_discard(void **state)
{
    struct world *w = *state;
    struct zipfile *z = zipfile_new(w->output, w->spool, &w->diag);

    fill(w, z, 3);
    zipfile_discard(z);
    assert_int_equal(tempdir_sweep(w->dir, false), 0);
}

/* Bytes that vanished from under us must not become a book. */
static void test_lost_spool(void **state)
{
    struct world *w = *state;
    struct zipfile *z = zipfile_new(w->output, w->spool, &w->diag);
    struct entry beyond = { .span = { 1 << 20, 10 }, .size = 10 };
    uint64_t bytes;

    assert_true(zipfile_add(z, "x", &beyond, &w->diag));
    assert_false(zipfile_finish(z, &bytes, &w->diag));
    assert_int_equal(w->diag.first->code, DIAG_OUTPUT_FAILED);
    assert_int_equal(tempdir_sweep(w->dir, false), 0);
}

static void test_many_entries(void **state)
{
    struct world *w = *state;
    struct zipfile *z = zipfile_new(w->output, w->spool, &w->diag);
    struct entry *e = spooled(w, S("<p>hello</p>"), PACK_READY);
    uint64_t bytes;

    for (int i = 0; i < 70000; i++) /* more than ZIP had room for once */
        assert_true(
            zipfile_add(z, arena_printf(&w->arena, "e%d", i).p, e, &w->diag));
    assert_true(zipfile_finish(z, &bytes, &w->diag));
    zip_t *back = zip_open(w->output.p, ZIP_RDONLY, NULL);
    assert_non_null(back);
    assert_int_equal(zip_get_num_entries(back, 0), 70001);
    assert_entry(w, back, "e69999", S("<p>hello</p>"), ZIP_CM_DEFLATE);
    zip_discard(back);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(test_entries),    IN_A_FOLDER(test_placed),
        IN_A_FOLDER(test_misplaced),  IN_A_FOLDER(test_header_is_final),
        IN_A_FOLDER(test_mimetype),   IN_A_FOLDER(test_full_while_placing),
        IN_A_FOLDER(test_full_disk),  IN_A_FOLDER(test_discard),
        IN_A_FOLDER(test_lost_spool), IN_A_FOLDER(test_many_entries),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
