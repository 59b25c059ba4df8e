/* SPDX-License-Identifier: MIT */
/* arena.h - memory that is freed all at once.
 *
 * A list of chunks; nothing is freed singly. One arena belongs to one thread
 * at a time. Running out of memory ends the process with a message, so no
 * call here returns NULL. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <string.h>

#include "base/str.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunk; /* newest first */
    char *at, *end;            /* free part of the newest chunk */
};

void arena_init(struct arena *a);
void arena_done(struct arena *a);

/* Forgets everything; keeps one chunk for the next round. */
void arena_reset(struct arena *a);

/* Bytes that it holds, used or not. */
size_t arena_size(const struct arena *a);

/* N bytes, aligned for any type, not zeroed: for what is written at once. */
void *arena_alloc_raw(struct arena *a, size_t n);
/* The same, zeroed. Inline, since N is a constant nearly everywhere. */
static inline void *arena_alloc(struct arena *a, size_t n)
{
    return memset(arena_alloc_raw(a, n), 0, n);
}
/* Makes the block at P of OLD bytes one of N, the new ones not zeroed. False:
 * another came behind it, or its chunk is full. */
bool arena_extend(struct arena *a, const void *p, size_t old, size_t n);
/* N bytes, not zeroed, not aligned: for text. */
char *arena_bytes(struct arena *a, size_t n);

#define arena_new(a, type)      ((type *)arena_alloc(a, sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc_array(a, sizeof(type), n))
void *arena_alloc_array(struct arena *a, size_t size, size_t n);
/* An array whose items are all written before they are read. */
#define arena_array_raw(a, type, n)                                            \
    ((type *)arena_alloc_array_raw(a, sizeof(type), n))
void *arena_alloc_array_raw(struct arena *a, size_t size, size_t n);

/* Copies; the result is NUL-terminated too. */
str arena_dup(struct arena *a, str s);
const char *arena_cstr(struct arena *a, str s);
str arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
str arena_vprintf(struct arena *a, const char *format, va_list args)
    __attribute__((format(printf, 2, 0), nonnull(2)));
str arena_join(struct arena *a, str x, str y);

/* Ends the process with "blog2book: REASON" and status 3. */
_Noreturn void die(const char *reason);

#endif
