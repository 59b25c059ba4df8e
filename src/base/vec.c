/* SPDX-License-Identifier: MIT */
#include "base/vec.h"

#include <string.h>

void *vec_grow(struct arena *a, void *items, size_t size, size_t n, size_t *cap)
{
    if (n == *cap) {
        *cap = n ? n * 2 : 4;
        void *more = arena_alloc_array(a, size, *cap);
        if (n)
            memcpy(more, items, n * size);
        items = more;
    }
    return items;
}
