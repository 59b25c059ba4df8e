/* SPDX-License-Identifier: MIT */
/* The publishing half of file.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/nowhere.h"
#include "base/path.h"

/* As many files of one name may be written at once, and of none, by all
 * programs of the folder. */
#define PLACES       16
#define PLACES_OF_NO 1024

struct outfile {
    struct arena arena;
    str path, base;
    const char *target; /* NULL: standard output, or nowhere */
    const char *temp, *dir;
    int lock; /* the temporary file, locked as long as we live */
    volatile unsigned char *ready; /* shared with a child; NULL: not lent */
    bool borrowed;
};

static bool report(const struct outfile *f, const char *what, struct diag *dg)
{
    int e = errno;

    diag_add(dg, DIAG_OUTPUT_FAILED, arena_dup(dg->arena, f->path), 0,
             "%s: %s; nothing was published", what,
             e == ENOENT ? "there is no such folder" : strerror(e));
    return false;
}

/* Takes the lock of the file FD. Where a file system has no locks, OTHERWISE.
 */
static bool take_lock(int fd, bool otherwise)
{
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return true;
    return errno != EWOULDBLOCK && otherwise;
}

/* Is FD still what PATH names? Another run may have removed or published it
 * between our open() and our lock. */
static bool has_name(int fd, const char *path)
{
    struct stat here, there;

    return fstat(fd, &here) == 0 && lstat(path, &there) == 0 &&
           here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

/* A temporary file whose run is gone: nobody has its lock. -1: none. */
static int open_litter(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0)
        return -1;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
        take_lock(fd, false) && has_name(fd, path))
        return fd;
    close(fd);
    return -1;
}

static int open_new(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (fd < 0 || (take_lock(fd, true) && has_name(fd, path)))
        return fd;
    close(fd);
    errno = EEXIST;
    return -1;
}

static const char *place_name(struct outfile *f, int i)
{
    str name = arena_printf(&f->arena, ".%.*s.blog2book-%d.tmp",
                            STR_ARG(f->base), i);

    return arena_cstr(&f->arena, path_join(&f->arena, str_of(f->dir), name));
}

/* Takes the first place that nobody has, and clears the others of what killed
 * runs left. They are counted, not named after a process, so that they are
 * found without reading a folder of 100,000 books. */
static bool make_temp(struct outfile *f)
{
    int why = EEXIST, places = f->target ? PLACES : PLACES_OF_NO;

    for (int i = 1; i <= places && (f->target || f->lock < 0); i++) {
        const char *path = place_name(f, i);
        int fd = open_litter(path);
        if (fd >= 0)
            unlink(path);
        if (fd >= 0)
            close(fd);
        if (f->lock >= 0)
            continue;
        f->lock = open_new(path);
        f->temp = path;
        if (f->lock < 0 && (why = errno) != EEXIST)
            break;
    }
    errno = why;
    return f->lock >= 0;
}

static bool prepare(struct outfile *f, struct diag *dg)
{
    struct stat st;

    if (f->target && stat(f->target, &st) == 0 && !S_ISREG(st.st_mode)) {
        diag_add(dg, DIAG_OUTPUT_FAILED, arena_dup(dg->arena, f->path), 0,
                 "%s; nothing was published",
                 S_ISDIR(st.st_mode)
                     ? "this is a folder; to put the book into it, write a "
                       "'/' behind it"
                     : "this is no file that can be replaced; '-' is "
                       "standard output");
        return false;
    }
    return make_temp(f) || report(f, "can't write here", dg);
}

static void outfile_free(struct outfile *f)
{
    if (f->lock >= 0)
        close(f->lock);
    if (f->ready)
        munmap((void *)f->ready, 1);
    arena_done(&f->arena);
    free(f);
}

struct outfile *outfile_new(str path, struct diag *dg)
{
    struct outfile *f = calloc(1, sizeof *f);

    if (!f)
        die("out of memory");
    struct arena *a = &f->arena;
    arena_init(a);
    f->lock = -1;
    f->path = arena_dup(a, path);
    f->dir = arena_cstr(a, temporary_folder(path));
    bool named = path.n && !path_is_stdout(path);
    f->target = named ? f->path.p : NULL;
    f->base = named ? path_base(f->path) : S("output");
    if (prepare(f, dg))
        return f;
    outfile_free(f);
    return NULL;
}

const char *outfile_temp(const struct outfile *f)
{
    return f->temp;
}

static bool sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);

    if (fd < 0)
        return false;
    bool ok = fsync(fd) == 0;
    int e = errno;
    close(fd);
    errno = e;
    return ok;
}

static bool write_all(int fd, str bytes)
{
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes = str_from(bytes, (size_t)n);
    }
    return true;
}

static bool copy_to_stdout(const struct outfile *f)
{
    char part[64 << 10];
    off_t at = 0;

    for (;;) {
        ssize_t n = pread(f->lock, part, sizeof part, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        if (!write_all(STDOUT_FILENO, (str){ part, (size_t)n }))
            return false;
        at += n;
    }
}

static bool put_in_place(const struct outfile *f)
{
    if (f->target)
        return sync_path(f->temp, O_RDWR) && rename(f->temp, f->target) == 0;
    return copy_to_stdout(f) && unlink(f->temp) == 0;
}

void outfile_lend(struct outfile *f)
{
    void *page = mmap(NULL, 1, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (page == MAP_FAILED)
        die("out of memory");
    f->ready = page;
}

void outfile_borrow(struct outfile *f)
{
    f->borrowed = true;
}

bool outfile_is_ready(const struct outfile *f)
{
    return f->ready && *f->ready;
}

int outfile_handle(const struct outfile *f)
{
    return f->lock;
}

/* The parent's part is to sync and to rename. */
static bool hand_over(struct outfile *f)
{
    *f->ready = 1;
    outfile_free(f);
    return true;
}

bool outfile_publish(struct outfile *f, struct diag *dg)
{
    if (f->borrowed)
        return hand_over(f);
    if (!f->path.n) {
        outfile_discard(f);
        return true;
    }
    if (!put_in_place(f)) {
        report(f,
               f->target ? "can't finish the file"
                         : "can't write to standard output",
               dg);
        outfile_discard(f);
        return false;
    }
    /* Some file systems can't sync a folder; the file itself is safe. */
    if (f->target)
        sync_path(f->dir, O_RDONLY);
    outfile_free(f);
    return true;
}

void outfile_discard(struct outfile *f)
{
    if (!f)
        return;
    if (!f->borrowed)
        unlink(f->temp);
    outfile_free(f);
}
