/* SPDX-License-Identifier: MIT */
/* shard.h - which books of a batch one of several machines makes.
 *
 * A book belongs to the shard that the SHA-256 of its id says, whatever other
 * books there are: adding some moves none. */
#ifndef SHARD_H
#define SHARD_H

#include "base/arena.h"

struct shard {
    uint32_t index; /* from 0, below n */
    uint32_t n;     /* 1: all books */
};

/* TEXT is "2/5", "auto" or, where the scheduler does not tell how many there
 * are, "auto/5"; empty: all books. `auto` asks GET, which is getenv() or a
 * test's. False with *WHY, for the user. */
bool shard_parse(str text, char *(*get)(const char *), struct shard *out,
                 str *why, struct arena *a);

bool shard_has(const struct shard *s, str id);

#endif
