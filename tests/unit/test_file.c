/* SPDX-License-Identifier: MIT */
/* Reading files of all kinds, and publishing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"
#include "tempdir.h"

struct place {
    struct arena arena;
    struct diag dg;
    str dir;
};

static int setup(void **state)
{
    struct place *p = calloc(1, sizeof *p);

    if (!p)
        return -1;
    arena_init(&p->arena);
    diag_init(&p->dg, &p->arena);
    p->dir = tempdir_new(&p->arena);
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    struct place *p = *state;

    tempdir_sweep(p->dir, true);
    arena_done(&p->arena);
    free(p);
    return 0;
}

static str in_dir(struct place *p, const char *name)
{
    return arena_printf(&p->arena, "%s/%s", p->dir.p, name);
}

static void test_read(void **state)
{
    struct place *p = *state;
    struct arena *a = &p->arena;
    str path = in_dir(p, "a"), text;
    uint64_t size;

    write_file(path.p, S("four"));
    assert_int_equal(file_read(path, 4, a, &text), FILE_OK);
    check_str(text, "four");
    assert_int_equal(text.p[4], '\0');
    assert_int_equal(file_read(path, 3, a, &text), FILE_LARGE);
    assert_int_equal(file_read_head(path, 3, a, &text, &size), FILE_OK);
    check_str(text, "fou");
    assert_int_equal(size, 4);
    assert_int_equal(file_read_head(path, 9, a, &text, &size), FILE_OK);
    check_str(text, "four");

    write_file(path.p, S(""));
    assert_int_equal(file_read(path, 9, a, &text), FILE_OK);
    check_str(text, "");
    /* A str need not end with a NUL: the name is cut right. */
    str name = str_sub(in_dir(p, "a-and-more"), 0, path.n);
    assert_int_equal(file_read(name, 9, a, &text), FILE_OK);
}

static void test_read_special(void **state)
{
    struct place *p = *state;
    struct arena *a = &p->arena;
    str fifo = in_dir(p, "fifo"), text;
    uint64_t size;

    assert_int_equal(mkfifo(fifo.p, 0600), 0);
    assert_int_equal(file_read(fifo, 9, a, &text), FILE_SPECIAL);
    assert_int_equal(file_read_head(fifo, 9, a, &text, &size), FILE_SPECIAL);
    assert_int_equal(file_read(p->dir, 9, a, &text), FILE_SPECIAL);
    assert_int_equal(file_read(S("/dev/zero"), 9, a, &text), FILE_SPECIAL);
    assert_int_equal(file_read(S("/dev/null"), 9, a, &text), FILE_SPECIAL);
    assert_int_equal(file_read(in_dir(p, "none"), 9, a, &text), FILE_ERROR);
    assert_int_equal(errno, ENOENT);
}

static void test_report(void **state)
{
    struct place *p = *state;
    struct diag *dg = &p->dg;
    static const struct {
        enum file_result result;
        enum diag_code code;
    } cases[] = {
        { FILE_ERROR, DIAG_FILE_UNREADABLE },
        { FILE_SPECIAL, DIAG_FILE_SPECIAL },
        { FILE_LARGE, DIAG_FILE_TOO_BIG },
    };

    file_report(FILE_OK, S("a"), (str){ 0 }, 0, dg);
    assert_null(dg->first);
    for (size_t i = 0; i < N_OF(cases); i++) {
        errno = EACCES;
        file_report(cases[i].result, S("pic"), S("post.md"), 7, dg);
        assert_int_equal(dg->last->code, cases[i].code);
        check_str(dg->last->path, "post.md");
        assert_int_equal(dg->last->line, 7);
        assert_true(str_find(dg->last->text, S("'pic'")) != STR_NONE);
    }
    file_report(FILE_LARGE, S("pic"), (str){ 0 }, 0, dg);
    check_str(dg->last->path, "pic");
}

static void test_publish(void **state)
{
    struct place *p = *state;
    str path = in_dir(p, "book.epub"), text;

    write_file(path.p, S("old"));
    struct outfile *f = outfile_new(path, &p->dg);
    assert_non_null(f);
    write_file(outfile_temp(f), S("new"));
    file_read(path, 9, &p->arena, &text);
    check_str(text, "old");
    assert_int_equal(tempdir_sweep(p->dir, false), 2);
    assert_true(outfile_publish(f, &p->dg));
    file_read(path, 9, &p->arena, &text);
    check_str(text, "new");
    assert_int_equal(tempdir_sweep(p->dir, false), 1);
    assert_null(p->dg.first);
}

static void test_discard(void **state)
{
    struct place *p = *state;

    outfile_discard(NULL);
    struct outfile *f = outfile_new(in_dir(p, "book.epub"), &p->dg);
    assert_non_null(f);
    assert_int_equal(tempdir_sweep(p->dir, false), 1);
    outfile_discard(f);
    assert_int_equal(tempdir_sweep(p->dir, false), 0);
}

/* Somebody takes the temporary file away: nothing is published. */
static void test_publish_fails(void **state)
{
    struct place *p = *state;
    str path = in_dir(p, "book.epub"), text;

    write_file(path.p, S("old"));
    struct outfile *f = outfile_new(path, &p->dg);
    assert_non_null(f);
    unlink(outfile_temp(f));
    assert_false(outfile_publish(f, &p->dg));
    assert_int_equal(p->dg.last->code, DIAG_OUTPUT_FAILED);
    file_read(path, 9, &p->arena, &text);
    check_str(text, "old");
}

static void test_bad_places(void **state)
{
    struct place *p = *state;
    const str places[] = { p->dir, in_dir(p, "none/book.epub"), S("/dev/full"),
                           S("/dev/null") };

    for (size_t i = 0; i < N_OF(places); i++) {
        assert_null(outfile_new(places[i], &p->dg));
        assert_int_equal(p->dg.last->code, DIAG_OUTPUT_FAILED);
        check_str(p->dg.last->path, places[i].p);
    }
    assert_int_equal(tempdir_sweep(p->dir, false), 0);
}

static void test_sweep(void **state)
{
    struct place *p = *state;
    static const struct {
        const char *name;
        bool stays;
    } files[] = {
        { ".book.epub.blog2book-1.tmp", false },
        { ".book.epub.blog2book-3.tmp", false },
        { ".book.epub.blog2book-16.tmp", false },
        /* of another book, and no litter at all */
        { ".a.epub.blog2book-1.tmp", true },
        { "book.epub.blog2book-1.tmp", true },
        { ".book.epub.blog2book-1x.tmp", true },
        { ".book.epub.blog2book-.tmp", true },
        { ".book.epub.blog2book-0.tmp", true },
        { ".book.epub.blog2book-99999999999.tmp", true },
        { "mine", true },
    };

    for (size_t i = 0; i < N_OF(files); i++)
        write_file(in_dir(p, files[i].name).p, S("x"));
    outfile_discard(outfile_new(in_dir(p, "book.epub"), &p->dg));
    for (size_t i = 0; i < N_OF(files); i++)
        if ((access(in_dir(p, files[i].name).p, F_OK) == 0) != files[i].stays)
            fail_msg("%s", files[i].name);
}

/* Two files of one name at once get places of their own, also in one
 * process; neither takes the other for litter. */
static void test_two_at_once(void **state)
{
    struct place *p = *state;
    str name = in_dir(p, "book.epub");
    struct outfile *one = outfile_new(name, &p->dg);
    struct outfile *two = outfile_new(name, &p->dg);

    assert_non_null(one);
    assert_non_null(two);
    assert_string_not_equal(outfile_temp(one), outfile_temp(two));
    write_file(outfile_temp(one), S("one"));
    write_file(outfile_temp(two), S("two"));
    assert_true(outfile_publish(one, &p->dg));
    assert_true(outfile_publish(two, &p->dg));
    str text;
    file_read(name, 9, &p->arena, &text);
    check_str(text, "two");
}

/* Files that are for nobody: many at once, and none is left. */
static void test_nowhere(void **state)
{
    struct place *p = *state;
    struct outfile *files[100];

    for (size_t i = 0; i < N_OF(files); i++)
        assert_non_null(files[i] = outfile_new(S(""), &p->dg));
    for (size_t i = 0; i < N_OF(files); i++) {
        str temp = arena_dup(&p->arena, str_of(outfile_temp(files[i])));
        write_file(temp.p, S("text"));
        assert_true(outfile_publish(files[i], &p->dg));
        assert_int_not_equal(access(temp.p, F_OK), 0);
    }
    assert_null(p->dg.first);
}

#define WITH_PLACE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PLACE(test_read),        WITH_PLACE(test_read_special),
        WITH_PLACE(test_report),      WITH_PLACE(test_publish),
        WITH_PLACE(test_discard),     WITH_PLACE(test_publish_fails),
        WITH_PLACE(test_bad_places),  WITH_PLACE(test_sweep),
        WITH_PLACE(test_two_at_once), WITH_PLACE(test_nowhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
