/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* O_TMPFILE */
#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/nowhere.h"

/* Small pieces are gathered, so that a chapter of a few kilobytes is not a
 * system call. */
#define GATHER (256u << 10)

struct spool {
    int fd;
    uint64_t written; /* bytes in the file; the rest is in `tail` */
    struct buf tail;
    str path; /* of the output, for messages */
};

static bool report(str path, int why, struct diag *dg)
{
    diag_add(dg, DIAG_OUTPUT_FAILED, path, 0,
             "cannot write a temporary file in this folder: %s",
             why == ENOENT ? "there is no such folder" : strerror(why));
    return false;
}

int spool_file(str beside, struct diag *dg)
{
    struct arena a;
    int fd = -1;

    arena_init(&a);
    const char *dir = arena_cstr(&a, temporary_folder(beside));
#ifdef O_TMPFILE
    fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
#endif
    if (fd < 0) {
        str name = arena_printf(&a, "%s/.blog2book-XXXXXX", dir);
        fd = mkstemp((char *)name.p);
        if (fd >= 0) {
            fcntl(fd, F_SETFD, FD_CLOEXEC);
            unlink(name.p);
        }
    }
    if (fd < 0)
        report(beside, errno, dg);
    arena_done(&a);
    return fd;
}

struct spool *spool_adopt(int fd, str beside)
{
    struct spool *sp = calloc(1, sizeof *sp);

    if (!sp)
        die("out of memory");
    sp->path = beside;
    sp->fd = fd;
    return sp;
}

struct spool *spool_new(str beside, struct diag *dg)
{
    int fd = spool_file(beside, dg);

    return fd < 0 ? NULL : spool_adopt(fd, beside);
}

void spool_free(struct spool *sp)
{
    if (!sp)
        return;
    close(sp->fd);
    buf_done(&sp->tail);
    free(sp);
}

static bool write_all(struct spool *sp, str bytes, struct diag *dg)
{
    while (bytes.n) {
        ssize_t n = write(sp->fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return report(sp->path, n < 0 ? errno : ENOSPC, dg);
        sp->written += (uint64_t)n;
        bytes = str_from(bytes, (size_t)n);
    }
    return true;
}

bool spool_put(struct spool *sp, str bytes, struct span *out, struct diag *dg)
{
    *out = (struct span){ sp->written + sp->tail.n, bytes.n };
    if (sp->tail.n + bytes.n > GATHER) {
        if (!write_all(sp, buf_str(&sp->tail), dg))
            return false;
        buf_reset(&sp->tail);
    }
    if (bytes.n > GATHER)
        return write_all(sp, bytes, dg);
    buf_put(&sp->tail, bytes);
    return true;
}

int64_t spool_read(struct spool *sp, uint64_t off, char *to, size_t n)
{
    if (off >= sp->written) {
        str rest = str_sub(buf_str(&sp->tail), (size_t)(off - sp->written), n);
        if (rest.n)
            memcpy(to, rest.p, rest.n);
        return (int64_t)rest.n;
    }
    if (n > sp->written - off)
        n = (size_t)(sp->written - off);
    return file_read_at(sp->fd, off, to, n);
}
