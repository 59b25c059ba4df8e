/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __APPLE__
#define FILE_MTIM st_mtimespec
#else
#define FILE_MTIM st_mtim
#endif

/* Opens without blocking, so that a FIFO named like a post can't stop us. */
static enum file_result open_regular(const char *path, int *fd, struct stat *st)
{
    *fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (*fd < 0)
        return errno == ENXIO ? FILE_SPECIAL : FILE_ERROR;
    if (fstat(*fd, st) != 0)
        return FILE_ERROR;
    return S_ISREG(st->st_mode) ? FILE_OK : FILE_SPECIAL;
}

/* Reads until END or the end of the file; the file may shrink or grow. */
static enum file_result read_up_to(int fd, size_t end, struct arena *a,
                                   str *out)
{
    char *p = arena_bytes(a, end + 1);
    size_t n = 0;

    while (n < end) {
        ssize_t got = read(fd, p + n, end - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return FILE_ERROR;
        if (got == 0)
            break;
        n += (size_t)got;
    }
    p[n] = '\0';
    *out = (str){ p, n };
    return FILE_OK;
}

static enum file_result read_open(int fd, const struct stat *st, size_t max,
                                  struct arena *a, str *out)
{
    if ((uint64_t)st->st_size > max)
        return FILE_LARGE;
    return read_up_to(fd, (size_t)st->st_size, a, out);
}

enum file_result file_read_fd(int fd, size_t max, struct arena *a, str *out)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return FILE_ERROR;
    return S_ISREG(st.st_mode) ? read_open(fd, &st, max, a, out) : FILE_SPECIAL;
}

static void close_keeping_errno(int fd)
{
    int e = errno;

    if (fd >= 0)
        close(fd);
    errno = e;
}

enum file_result file_read(str path, size_t max, struct arena *a, str *out)
{
    struct stat st;
    int fd;
    enum file_result r = open_regular(arena_cstr(a, path), &fd, &st);

    if (r == FILE_OK)
        r = read_open(fd, &st, max, a, out);
    close_keeping_errno(fd);
    return r;
}

int64_t file_read_at(int fd, uint64_t offset, char *to, size_t n)
{
    for (;;) {
        ssize_t got = pread(fd, to, n, (off_t)offset);
        if (got >= 0 || errno != EINTR)
            return got;
    }
}

size_t file_fill_at(int fd, uint64_t offset, char *to, size_t n)
{
    size_t got = 0;

    while (got < n) {
        int64_t k = file_read_at(fd, offset + got, to + got, n - got);
        if (k <= 0)
            break;
        got += (size_t)k;
    }
    return got;
}

enum file_result file_read_head(str path, size_t max, struct arena *a, str *out,
                                uint64_t *size)
{
    struct stat st;
    int fd;
    enum file_result r = open_regular(arena_cstr(a, path), &fd, &st);

    if (r == FILE_OK) {
        *size = (uint64_t)st.st_size;
        r = read_up_to(fd, *size < max ? (size_t)*size : max, a, out);
    }
    close_keeping_errno(fd);
    return r;
}

void file_put_version(str path, struct buf *to)
{
    struct arena a;
    struct stat st;

    arena_init(&a);
    buf_put(to, path);
    if (stat(arena_cstr(&a, path), &st) == 0)
        buf_printf(to, " %llu %llu %lld %lld.%ld",
                   (unsigned long long)st.st_dev, (unsigned long long)st.st_ino,
                   (long long)st.st_size, (long long)st.FILE_MTIM.tv_sec,
                   (long)st.FILE_MTIM.tv_nsec);
    buf_putc(to, '\0');
    arena_done(&a);
}

static str real_path(str path, struct arena *a)
{
    char *real = realpath(arena_cstr(a, path), NULL);
    str copy = arena_dup(a, str_of(real));

    free(real);
    return copy;
}

bool file_is_inside(str folder, str path, struct arena *a)
{
    str root = real_path(folder.n ? folder : S("."), a);
    str file = real_path(path, a);

    return root.n && str_starts(file, root) &&
           (str_eq(root, S("/")) || (file.n > root.n && file.p[root.n] == '/'));
}

void file_report(enum file_result r, str path, str from, unsigned line,
                 struct diag *dg)
{
    const char *why = strerror(errno);
    str where = from.n ? from : path;

    if (r == FILE_ERROR)
        diag_add(dg, DIAG_FILE_UNREADABLE, where, line,
                 "can't read '%.*s': %s; left it out", STR_ARG(path), why);
    else if (r == FILE_SPECIAL)
        diag_add(dg, DIAG_FILE_SPECIAL, where, line,
                 "'%.*s' is not a regular file, left it out", STR_ARG(path));
    else if (r == FILE_LARGE)
        diag_add(dg, DIAG_FILE_TOO_BIG, where, line,
                 "'%.*s' is too big, left it out", STR_ARG(path));
}
