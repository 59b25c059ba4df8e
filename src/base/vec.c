/* SPDX-License-Identifier: MIT */
#include "base/vec.h"

#include <string.h>

void *vec_grow(struct arena *a, void *items, size_t size, size_t n, size_t *cap)
{
    if (n < *cap)
        return items;
    *cap = n ? n * 2 : 4;
    if (*cap > SIZE_MAX / size)
        die("out of memory");
    size_t old = n * size, all = *cap * size;
    char *v = items;
    if (!arena_extend(a, v, old, all)) {
        v = arena_alloc_raw(a, all);
        if (n)
            memcpy(v, items, old);
    }
    memset(v + old, 0, all - old);
    return v;
}
