/* SPDX-License-Identifier: MIT */
#include "epub/window.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"

#define SIZE (256u << 10)

bool window_open(struct window *w, const char *path)
{
    *w = (struct window){ .bytes = malloc(SIZE) };
    if (!w->bytes)
        die("out of memory");
    w->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (w->fd >= 0)
        return true;
    int why = errno;
    free(w->bytes);
    errno = why;
    return false;
}

static bool write_at(int fd, const char *bytes, size_t n, uint64_t at)
{
    while (n) {
        ssize_t k = pwrite(fd, bytes, n, (off_t)at);
        if (k < 0 && errno == EINTR)
            continue;
        if (k <= 0) {
            errno = k < 0 ? errno : ENOSPC;
            return false;
        }
        bytes += k;
        n -= (size_t)k;
        at += (uint64_t)k;
    }
    return true;
}

bool window_flush(struct window *w)
{
    if (!write_at(w->fd, w->bytes, (size_t)(w->end - w->base), w->base))
        return false;
    w->base = w->end;
    return true;
}

/* Writes into the file what lies before the window; *K gets how much. */
static bool write_behind(struct window *w, const char *bytes, size_t n,
                         size_t *k)
{
    *k = n < w->base - w->at ? n : (size_t)(w->base - w->at);
    return write_at(w->fd, bytes, *k, w->at);
}

bool window_write(struct window *w, const char *bytes, size_t n)
{
    while (n) {
        size_t k;
        if (w->at < w->base) {
            if (!write_behind(w, bytes, n, &k))
                return false;
        } else {
            size_t used = (size_t)(w->at - w->base);
            if (used == SIZE) {
                if (!window_flush(w))
                    return false;
                continue;
            }
            k = n < SIZE - used ? n : SIZE - used;
            memcpy(w->bytes + used, bytes, k);
        }
        bytes += k;
        n -= k;
        w->at += k;
        if (w->end < w->at)
            w->end = w->at;
    }
    return true;
}

bool window_close(struct window *w)
{
    free(w->bytes);
    w->bytes = NULL;
    return close(w->fd) == 0;
}
