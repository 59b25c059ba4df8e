/* SPDX-License-Identifier: MIT */
/* inodes.h - a set of files by what they are, not by name. */
#ifndef BOOK_INODES_H
#define BOOK_INODES_H

#include <sys/types.h>

#include "base/arena.h"

struct inode {
    uint64_t dev, ino;
};

struct inodes {
    struct arena *arena;
    struct inode *slots; /* 0/0 is free */
    size_t n, n_slots;
};

void inodes_init(struct inodes *set, struct arena *a);
/* False if it is there already. */
bool inodes_add(struct inodes *set, dev_t dev, ino_t ino);

#endif
