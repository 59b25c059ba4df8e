/* SPDX-License-Identifier: MIT */
#include "base/map.h"

#include "base/hash.h"
#include "base/vec.h"

void map_init(struct map *m, struct arena *a)
{
    *m = (struct map){ .arena = a };
}

/* The slot that holds KEY or where it belongs; linear probing. */
static uint32_t *find_slot(const struct map *m, str key, uint64_t hash)
{
    size_t mask = m->n_slots - 1;

    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &m->slots[i];
        if (*slot == 0)
            return slot;
        const struct map_entry *e = &m->entries[*slot - 1];
        if (e->hash == hash && str_eq(e->key, key))
            return slot;
    }
}

/* Keeps at least half of the slots free. */
static void grow_slots(struct map *m)
{
    m->n_slots = m->n_slots ? m->n_slots * 2 : 16;
    m->slots = arena_array(m->arena, uint32_t, m->n_slots);
    for (size_t i = 0; i < m->n; i++)
        *find_slot(m, m->entries[i].key, m->entries[i].hash) = (uint32_t)i + 1;
}

void *map_find(const struct map *m, str key)
{
    if (m->n == 0)
        return NULL;
    uint32_t slot = *find_slot(m, key, hash_bytes(key));
    return slot ? m->entries[slot - 1].value : NULL;
}

void **map_at(struct map *m, str key)
{
    uint64_t hash = hash_bytes(key);

    if (m->n * 2 >= m->n_slots)
        grow_slots(m);
    uint32_t *slot = find_slot(m, key, hash);
    if (*slot == 0) {
        m->entries = vec_grow(m->arena, m->entries, sizeof *m->entries, m->n,
                              &m->cap);
        m->entries[m->n++] = (struct map_entry){ .key = key, .hash = hash };
        *slot = (uint32_t)m->n;
    }
    return &m->entries[*slot - 1].value;
}

void map_put(struct map *m, str key, void *value)
{
    *map_at(m, key) = value;
}
