/* SPDX-License-Identifier: MIT */
#include "epub/window.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/hash.h"

#define SIZE      (256u << 10)
#define PATCH_MAX (64u << 10)
/* As much is written from where it is: copying it would take longer. */
#define LARGE (64u << 10)

bool window_open(struct window *w, const char *path, bool stays)
{
    *w = (struct window){ .bytes = malloc(SIZE) };
    if (!w->bytes)
        die("out of memory");
    w->fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (w->fd >= 0) {
        arena_init(&w->arena);
        w->syncer = stays ? syncer_new(w->fd) : NULL;
        return true;
    }
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

static int compare_places(const void *at, const void *mark)
{
    uint64_t a = *(const uint64_t *)at;
    uint64_t b = ((const struct window_mark *)mark)->at;

    return (a > b) - (a < b);
}

/* Was that what was written there? */
static bool is_marked(const struct window *w, str bytes, uint64_t at)
{
    const struct window_mark *m = w->marks.n
                                      ? bsearch(&at, w->marks.v, w->marks.n,
                                                sizeof *m, compare_places)
                                      : NULL;

    return m && m->hash == hash_bytes(bytes);
}

static bool write_patch(struct window *w)
{
    str bytes = buf_str(&w->patch);
    bool ok = bytes.n == 0 || is_marked(w, bytes, w->patch_at) ||
              write_at(w->fd, bytes.p, bytes.n, w->patch_at);

    buf_reset(&w->patch);
    return ok;
}

/* All up to `end` is in the file. */
static void settle(struct window *w)
{
    w->base = w->end;
    if (w->syncer)
        syncer_grown(w->syncer, w->base);
}

bool window_flush(struct window *w)
{
    if (!write_patch(w) ||
        !write_at(w->fd, w->bytes, (size_t)(w->end - w->base), w->base))
        return false;
    settle(w);
    return true;
}

/* Takes N bytes for the place `at`, all of it before the window. */
static bool patch(struct window *w, const char *bytes, size_t n)
{
    struct buf *p = &w->patch;

    if (w->at < w->patch_at || w->at > w->patch_at + p->n || p->n > PATCH_MAX) {
        if (!write_patch(w))
            return false;
    }
    if (p->n == 0)
        w->patch_at = w->at;
    size_t from = (size_t)(w->at - w->patch_at);
    size_t over = n < p->n - from ? n : p->n - from;
    if (over)
        memcpy(p->p + from, bytes, over);
    buf_put(p, (str){ bytes + over, n - over });
    return true;
}

/* Writes what is in the window and BYTES behind it. False: errno says why. */
static bool write_through(struct window *w, const char *bytes, size_t n)
{
    size_t held = (size_t)(w->end - w->base);
    const struct iovec both[] = { { w->bytes, held }, { (char *)bytes, n } };
    ssize_t k;

    if (!write_patch(w))
        return false;
    do
        k = pwritev(w->fd, both, 2, (off_t)w->base);
    while (k < 0 && errno == EINTR);
    if (k < 0)
        return false;
    size_t done = (size_t)k;
    if (done < held) {
        if (!write_at(w->fd, w->bytes + done, held - done, w->base + done))
            return false;
        done = held;
    }
    if (!write_at(w->fd, bytes + (done - held), n - (done - held),
                  w->base + done))
        return false;
    w->at += n;
    w->end = w->at;
    settle(w);
    return true;
}

/* What there is room for in the window, or what belongs before it; *K gets how
 * much that is. */
static bool write_some(struct window *w, const char *bytes, size_t n, size_t *k)
{
    if (w->at < w->base) {
        *k = n < w->base - w->at ? n : (size_t)(w->base - w->at);
        return patch(w, bytes, *k);
    }
    size_t used = (size_t)(w->at - w->base);
    *k = n < SIZE - used ? n : SIZE - used;
    if (*k == 0)
        return window_flush(w);
    memcpy(w->bytes + used, bytes, *k);
    return true;
}

bool window_write(struct window *w, const char *bytes, size_t n)
{
    while (n) {
        size_t k;
        if (n >= LARGE && w->at == w->end)
            return write_through(w, bytes, n);
        if (!write_some(w, bytes, n, &k))
            return false;
        bytes += k;
        n -= k;
        w->at += k;
        if (w->end < w->at)
            w->end = w->at;
    }
    return true;
}

bool window_write_marked(struct window *w, str bytes)
{
    *vec_push(&w->marks, &w->arena) = (struct window_mark){ w->at,
                                                            hash_bytes(bytes) };
    return window_write(w, bytes.p, bytes.n);
}

bool window_close(struct window *w)
{
    arena_done(&w->arena);
    free(w->bytes);
    w->bytes = NULL;
    buf_done(&w->patch);
    bool ok = syncer_free(w->syncer);
    int why = errno;
    if (close(w->fd) != 0)
        return false;
    errno = why;
    return ok;
}
