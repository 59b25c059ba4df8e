/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"

void buf_done(struct buf *b)
{
    free(b->p);
    *b = (struct buf){ 0 };
}

void buf_grow(struct buf *b, size_t n)
{
    if (n > SIZE_MAX / 2 - b->n)
        die("out of memory");
    size_t cap = b->cap ? b->cap : 256;
    while (cap < b->n + n)
        cap *= 2;
    b->p = realloc(b->p, cap);
    if (!b->p)
        die("out of memory");
    b->cap = cap;
}

void buf_puts(struct buf *b, const char *cstring)
{
    buf_put(b, str_of(cstring));
}

void buf_put_codepoint(struct buf *b, uint32_t c)
{
    b->n += utf8_encode(c, buf_reserve(b, 4));
}

void buf_put_int(struct buf *b, int64_t n)
{
    char digits[24], *end = digits + sizeof digits, *at = end;
    uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;

    do {
        *--at = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (n < 0)
        *--at = '-';
    buf_put(b, (str){ at, (size_t)(end - at) });
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;

    for (int tries = 0; tries < 2; tries++) {
        size_t room = b->cap - b->n;
        va_start(args, format);
        int n = vsnprintf(room ? b->p + b->n : NULL, room, format, args);
        va_end(args);
        if (n < 0)
            die("a text could not be formatted");
        if ((size_t)n < room) {
            b->n += (size_t)n;
            return;
        }
        buf_reserve(b, (size_t)n + 1);
    }
}
