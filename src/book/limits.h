/* SPDX-License-Identifier: MIT */
/* limits.h - how much of a blog is taken before the program says no. Only who
 * runs the program sets them, never the blog. */
#ifndef BOOK_LIMITS_H
#define BOOK_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum limit {
#define LIMIT(id, name, unit, least, most, otherwise, safe) LIMIT_##id,
#include "book/limits.def"
#undef LIMIT
    LIMIT_COUNT
};

struct settings;

/* In pixels, bytes, seconds, ...; UINT64_MAX: no bound. SET
 * NULL: nothing was said. */
uint64_t limit_of(const struct settings *set, enum limit which);

/* Sets what "posts=500" or "post-bytes=8M,pixels=20M" says in TO, which has
 * LIMIT_COUNT values, 0 for those not said. K, M and G are powers of 1024
 * for bytes and of 1000 for all else. False with *WHY, in A. */
bool limits_parse(str text, uint64_t *to, struct arena *a, str *why);

#endif
