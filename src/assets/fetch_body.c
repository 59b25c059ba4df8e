/* SPDX-License-Identifier: MIT */
#include "assets/fetch_body.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static bool fail(struct body *b, enum body_fault fault)
{
    b->fault = fault;
    b->error = fault == BODY_NOT_WRITTEN ? errno : 0;
    return false;
}

static bool open_file(struct body *b)
{
    b->fd = open(b->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                 0600);
    b->opened = b->fd >= 0;
    b->size = 0;
    return b->opened || fail(b, BODY_NOT_WRITTEN);
}

static bool write_all(struct body *b, str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = write(b->fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(b, BODY_NOT_WRITTEN);
        bytes = str_from(bytes, (size_t)n);
    }
    return true;
}

bool body_write(struct body *b, str bytes)
{
    struct body_limits *l = b->limits;

    if (b->fault != BODY_OK || (!b->opened && !open_file(b)))
        return false;
    if (bytes.n > l->total_max - l->total)
        return fail(b, BODY_TOO_MUCH);
    l->total += bytes.n;
    b->size += bytes.n;
    if (b->size > l->file_max)
        return fail(b, BODY_TOO_LARGE);
    return write_all(b, bytes);
}

bool body_end(struct body *b, bool keep)
{
    if (!b->opened)
        return b->fault == BODY_OK;
    b->opened = false;
    /* Network file systems tell what they could not write only now. */
    if (close(b->fd) != 0 && errno != EINTR && b->fault == BODY_OK)
        fail(b, BODY_NOT_WRITTEN);
    if (!keep || b->fault != BODY_OK) {
        unlink(b->path);
        b->size = 0;
    }
    return b->fault == BODY_OK;
}
