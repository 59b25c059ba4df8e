/* SPDX-License-Identifier: MIT */
/* intern.h - one copy of each text that many posts share: tags, authors. */
#ifndef BOOK_INTERN_H
#define BOOK_INTERN_H

#include "base/map.h"

struct intern {
    struct map map; /* of an arena that outlives every text */
};

static inline str intern_text(struct intern *in, str s)
{
    if (s.n == 0)
        return (str){ 0 };
    const char *p = map_find(&in->map, s);
    if (p)
        return (str){ p, s.n };
    str copy = arena_dup(in->map.arena, s);
    map_put(&in->map, copy, (void *)copy.p);
    return copy;
}

#endif
