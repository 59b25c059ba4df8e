/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE (64u << 10)
/* A reset keeps the newest chunk unless one huge post made it this large. */
#define CHUNK_KEEP (1u << 20)
/* What arenas grow by, at most: what lies unused costs time too. */
#define CHUNK_MOST (256u << 10)

struct arena_chunk {
    struct arena_chunk *older;
    size_t size;
    alignas(max_align_t) char bytes[];
};

_Noreturn void die(const char *reason)
{
    fprintf(stderr, "blog2book: %s\n", reason);
    exit(3);
}

void arena_init(struct arena *a)
{
    *a = (struct arena){ 0 };
}

static void free_from(struct arena_chunk *c)
{
    while (c) {
        struct arena_chunk *older = c->older;
        free(c);
        c = older;
    }
}

void arena_done(struct arena *a)
{
    free_from(a->chunk);
    arena_init(a);
}

void arena_reset(struct arena *a)
{
    struct arena_chunk *keep = a->chunk;

    if (!keep)
        return;
    if (keep->size > CHUNK_KEEP) {
        arena_done(a);
        return;
    }
    free_from(keep->older);
    keep->older = NULL;
    a->at = keep->bytes;
    a->end = keep->bytes + keep->size;
}

size_t arena_size(const struct arena *a)
{
    size_t n = 0;

    for (const struct arena_chunk *c = a->chunk; c; c = c->older)
        n += c->size;
    return n;
}

static void add_chunk(struct arena *a, size_t n)
{
    /* Chunks grow with the arena, so a large post takes few of them. */
    size_t size = a->chunk ? a->chunk->size * 2 : CHUNK_SIZE;
    if (size > CHUNK_MOST)
        size = CHUNK_MOST;
    if (size < n)
        size = n;
    if (size > SIZE_MAX - sizeof(struct arena_chunk))
        die("out of memory");

    struct arena_chunk *c = malloc(sizeof *c + size);
    if (!c)
        die("out of memory");
    c->older = a->chunk;
    c->size = size;
    a->chunk = c;
    a->at = c->bytes;
    a->end = c->bytes + size;
}

char *arena_bytes(struct arena *a, size_t n)
{
    if (!a->at || n > (size_t)(a->end - a->at))
        add_chunk(a, n);
    char *p = a->at;
    a->at += n;
    return p;
}

void *arena_alloc_raw(struct arena *a, size_t n)
{
    const size_t align = alignof(max_align_t);
    size_t skip = (align - (uintptr_t)a->at % align) % align;

    if (n > SIZE_MAX - align)
        die("out of memory");
    if (!a->at || n + skip > (size_t)(a->end - a->at)) {
        add_chunk(a, n + align);
        skip = 0;
    }
    char *p = a->at + skip;
    a->at = p + n;
    return p;
}

bool arena_extend(struct arena *a, const void *p, size_t old, size_t n)
{
    if (!p || (const char *)p + old != a->at ||
        n - old > (size_t)(a->end - a->at))
        return false;
    a->at += n - old;
    return true;
}

void *arena_alloc_array_raw(struct arena *a, size_t size, size_t n)
{
    if (size && n > SIZE_MAX / size)
        die("out of memory");
    return arena_alloc_raw(a, size * n);
}

void *arena_alloc_array(struct arena *a, size_t size, size_t n)
{
    return memset(arena_alloc_array_raw(a, size, n), 0, size * n);
}

str arena_dup(struct arena *a, str s)
{
    char *p = arena_bytes(a, s.n + 1);

    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return (str){ p, s.n };
}

const char *arena_cstr(struct arena *a, str s)
{
    return arena_dup(a, s).p;
}

str arena_vprintf(struct arena *a, const char *format, va_list args)
{
    va_list again;
    size_t room = (size_t)(a->end - a->at);

    va_copy(again, args);
    int n = vsnprintf(a->at, room, format, again);
    va_end(again);
    if (n < 0)
        die("a message could not be formatted");
    char *p = arena_bytes(a, (size_t)n + 1);
    if ((size_t)n >= room)
        vsnprintf(p, (size_t)n + 1, format, args);
    return (str){ p, (size_t)n };
}

str arena_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str s = arena_vprintf(a, format, args);
    va_end(args);
    return s;
}

str arena_join(struct arena *a, str x, str y)
{
    char *p = arena_bytes(a, x.n + y.n + 1);

    if (x.n)
        memcpy(p, x.p, x.n);
    if (y.n)
        memcpy(p + x.n, y.p, y.n);
    p[x.n + y.n] = '\0';
    return (str){ p, x.n + y.n };
}
