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

void body_forget(struct body *b)
{
    if (b->memory.n > 0)
        atomic_fetch_sub(&b->limits->memory, b->memory.n);
    buf_done(&b->memory);
}

/* Is there room in memory for N more bytes of B? Takes it. */
static bool take_room(struct body *b, size_t n)
{
    struct body_limits *l = b->limits;

    if (b->opened || b->memory.n + n > l->small_max)
        return false;
    if (atomic_fetch_add(&l->memory, n) + n <= l->memory_max)
        return true;
    atomic_fetch_sub(&l->memory, n);
    return false;
}

/* What is in memory goes to the file. */
static bool spill(struct body *b)
{
    if (b->opened)
        return true;
    bool ok = open_file(b) && write_all(b, buf_str(&b->memory));
    body_forget(b);
    return ok;
}

bool body_write(struct body *b, str bytes)
{
    struct body_limits *l = b->limits;

    if (b->fault != BODY_OK)
        return false;
    if (!b->opened && b->memory.n == 0)
        b->size = 0;
    bool in_memory = take_room(b, bytes.n);
    if (in_memory)
        buf_put(&b->memory, bytes);
    else if (!spill(b))
        return false;
    if (bytes.n > l->total_max - l->total)
        return fail(b, BODY_TOO_MUCH);
    l->total += bytes.n;
    b->size += bytes.n;
    if (b->size > l->file_max)
        return fail(b, BODY_TOO_LARGE);
    return in_memory || write_all(b, bytes);
}

bool body_end(struct body *b, bool keep)
{
    if (!keep)
        body_forget(b);
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
