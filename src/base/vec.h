/* SPDX-License-Identifier: MIT */
/* vec.h - a growing array whose memory is an arena's.
 *
 *     VEC(struct heading) headings = { 0 };
 *     *vec_push(&headings, arena) = (struct heading){ ... };
 *     for (size_t i = 0; i < headings.n; i++) use(&headings.v[i]);
 *
 * Growing moves the items: keep indexes, not pointers. */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>

#include "base/arena.h"

#define VEC(type)                                                              \
    struct {                                                                   \
        type *v;                                                               \
        size_t n, cap;                                                         \
    }

/* A pointer to a new, zeroed last item. */
#define vec_push(vec, arena)                                                   \
    ((vec)->v = (vec)->n < (vec)->cap                                          \
                    ? (vec)->v                                                 \
                    : vec_grow(arena, (vec)->v, sizeof *(vec)->v, (vec)->n,    \
                               &(vec)->cap),                                   \
     &(vec)->v[(vec)->n++])

struct str_vec {
    str *v;
    size_t n, cap;
};

void *vec_grow(struct arena *a, void *items, size_t size, size_t n,
               size_t *cap);

#endif
