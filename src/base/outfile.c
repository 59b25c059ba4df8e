/* SPDX-License-Identifier: MIT */
/* The publishing half of file.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/nowhere.h"
#include "base/path.h"

/* As many files of one name may be written at once. */
#define TRIES 100

struct outfile {
    struct arena arena;
    str path, base;
    const char *target; /* NULL: standard output, or nowhere */
    const char *temp, *dir;
    int lock; /* the temporary file, locked as long as we live */
};

#define TEMP_MARK ".blog2book-"
#define TEMP_END  ".tmp"

static bool report(const struct outfile *f, const char *what, struct diag *dg)
{
    int e = errno;

    diag_add(dg, DIAG_OUTPUT_FAILED, arena_dup(dg->arena, f->path), 0,
             "%s: %s; nothing was published", what, strerror(e));
    return false;
}

/* The process of ".BASE.blog2book-PID.tmp" or "...-PID-N.tmp"; 0: another
 * kind of name. */
static pid_t owner_of(str name, str base)
{
    uint64_t pid;

    if (!str_starts(name, S(".")) || !str_starts(str_from(name, 1), base))
        return 0;
    str rest = str_from(name, 1 + base.n);
    if (!str_starts(rest, S(TEMP_MARK)) || !str_ends(rest, S(TEMP_END)))
        return 0;
    rest = str_from(rest, sizeof TEMP_MARK - 1);
    rest.n -= sizeof TEMP_END - 1;
    if (!str_to_uint(str_cut(&rest, '-'), &pid) || pid > INT32_MAX)
        return 0;
    return (pid_t)pid;
}

/* Takes the lock of the file FD. Where a file system has no locks, OTHERWISE.
 */
static bool take_lock(int fd, bool otherwise)
{
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return true;
    return errno != EWOULDBLOCK && otherwise;
}

/* Removes NAME if its process is gone. Its number alone says little: a new
 * container counts from 1 again, and the folder may be another machine's. */
static void sweep_one(const struct outfile *f, int dir, const char *name)
{
    pid_t pid = owner_of(str_of(name), f->base);

    if (pid <= 0)
        return;
    int fd = openat(dir, name, O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    if (take_lock(fd, kill(pid, 0) != 0 && errno == ESRCH))
        unlinkat(dir, name, 0);
    close(fd);
}

static void sweep(const struct outfile *f)
{
    DIR *d = opendir(f->dir);

    if (!d)
        return;
    for (struct dirent *e; (e = readdir(d));)
        sweep_one(f, dirfd(d), e->d_name);
    closedir(d);
}

/* Another run may sweep between our open() and our lock: then the file is
 * locked, or has no name any more. */
static bool is_ours(int fd)
{
    struct stat st;

    return take_lock(fd, true) && fstat(fd, &st) == 0 && st.st_nlink > 0;
}

static bool make_temp(struct outfile *f)
{
    struct arena *a = &f->arena;
    str dir = str_of(f->dir);

    for (int i = 0; i < TRIES; i++) {
        str end = i ? arena_printf(a, "-%d" TEMP_END, i + 1) : S(TEMP_END);
        str name = arena_printf(a, ".%.*s" TEMP_MARK "%ld%.*s",
                                STR_ARG(f->base), (long)getpid(), STR_ARG(end));
        f->temp = arena_cstr(a, path_join(a, dir, name));
        f->lock = open(f->temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (f->lock < 0 && errno != EEXIST)
            return false;
        if (f->lock >= 0 && is_ours(f->lock))
            return true;
        if (f->lock >= 0)
            close(f->lock);
    }
    errno = EEXIST;
    return false;
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
    sweep(f);
    return make_temp(f) || report(f, "can't write here", dg);
}

static void outfile_free(struct outfile *f)
{
    if (f->lock >= 0)
        close(f->lock);
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

bool outfile_publish(struct outfile *f, struct diag *dg)
{
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
    unlink(f->temp);
    outfile_free(f);
}
