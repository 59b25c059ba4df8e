/* SPDX-License-Identifier: MIT */
#include "book/inodes.h"

void inodes_init(struct inodes *set, struct arena *a)
{
    *set = (struct inodes){ .arena = a };
}

static struct inode *find_slot(const struct inodes *set, struct inode key)
{
    uint64_t hash = (key.ino ^ key.dev << 32) * 0x9E3779B97F4A7C15u;
    size_t at = (size_t)(hash >> 32) & (set->n_slots - 1);

    for (;; at = (at + 1) & (set->n_slots - 1)) {
        struct inode *s = &set->slots[at];
        if ((s->dev == key.dev && s->ino == key.ino) ||
            (s->dev == 0 && s->ino == 0))
            return s;
    }
}

static void grow(struct inodes *set)
{
    struct inodes old = *set;

    set->n_slots = old.n_slots ? old.n_slots * 2 : 64;
    set->slots = arena_array(set->arena, struct inode, set->n_slots);
    for (size_t i = 0; i < old.n_slots; i++)
        if (old.slots[i].dev || old.slots[i].ino)
            *find_slot(set, old.slots[i]) = old.slots[i];
}

bool inodes_add(struct inodes *set, dev_t dev, ino_t ino)
{
    struct inode key = { (uint64_t)dev, (uint64_t)ino };

    if (set->n * 2 >= set->n_slots)
        grow(set);
    struct inode *s = find_slot(set, key);
    if (s->dev == key.dev && s->ino == key.ino)
        return false;
    *s = key;
    set->n++;
    return true;
}
