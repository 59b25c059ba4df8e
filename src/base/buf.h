/* SPDX-License-Identifier: MIT */
/* buf.h - bytes that grow at the end.
 *
 * Owns its memory (malloc): buf_done() frees it. A zeroed struct buf is an
 * empty one. buf_str() is valid until the next call that writes. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>

#include "base/str.h"

struct buf {
    char *p;
    size_t n, cap;
};

void buf_done(struct buf *b);
static inline void buf_reset(struct buf *b)
{
    b->n = 0;
}

void buf_grow(struct buf *b, size_t n); /* what buf_reserve() needs */

/* Makes room for N more bytes and returns where they go. */
static inline char *buf_reserve(struct buf *b, size_t n)
{
    if (n > b->cap - b->n)
        buf_grow(b, n);
    return b->p + b->n;
}

static inline void buf_put(struct buf *b, str s)
{
    if (s.n == 0)
        return;
    memcpy(buf_reserve(b, s.n), s.p, s.n);
    b->n += s.n;
}

static inline void buf_putc(struct buf *b, char c)
{
    *buf_reserve(b, 1) = c;
    b->n++;
}

void buf_puts(struct buf *b, const char *cstring);
void buf_put_codepoint(struct buf *b, uint32_t c); /* as UTF-8 */
/* In decimal; in a tenth of the time of buf_printf(). */
void buf_put_int(struct buf *b, int64_t n);
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline str buf_str(const struct buf *b)
{
    return (str){ b->p, b->n };
}

/* Each gets what the other had. */
static inline void buf_swap(struct buf *x, struct buf *y)
{
    struct buf t = *x;

    *x = *y;
    *y = t;
}

#endif
