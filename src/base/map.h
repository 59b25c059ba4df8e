/* SPDX-License-Identifier: MIT */
/* map.h - text to pointer, in an arena.
 *
 * Keys are not copied and must live as long as the map. A zeroed struct map
 * with its arena set is empty. Iteration is in order of insertion, so that
 * nothing of the hashing reaches an output. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

struct map_entry {
    str key;
    void *value;
    uint64_t hash;
};

struct map {
    struct arena *arena;
    struct map_entry *entries; /* in order of insertion */
    size_t n, cap;
    uint32_t *slots; /* index + 1 into entries; 0 is free */
    size_t n_slots;
};

void map_init(struct map *m, struct arena *a);

/* The value, or NULL. */
void *map_find(const struct map *m, str key);
/* Sets KEY to VALUE, replacing an earlier one. */
void map_put(struct map *m, str key, void *value);
/* The place of KEY's value, NULL inside it when the key is new. Valid until
 * the next insertion. */
void **map_at(struct map *m, str key);

#endif
