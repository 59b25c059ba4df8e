/* SPDX-License-Identifier: MIT */
/* filenames.h - pictures by the name of their file alone, as Obsidian's
 * ![[picture.png]] has it, wherever in the folder they are. */
#ifndef BOOK_FILENAMES_H
#define BOOK_FILENAMES_H

#include "base/map.h"

struct filenames {
    struct map by_name;
};

/* Is NAME one of a picture? */
bool filenames_wants(str name);

/* Adds PATH, found below ROOT. Both must live as long as NAMES, whose map's
 * arena gets the key; SCRATCH is for work in between. */
void filenames_add(struct filenames *names, str root, str path,
                   struct arena *scratch);

/* The path of the one file NAME below ROOT, but for case and normalization;
 * empty: none, or several. Thread-safe: only reads. */
str filenames_find(const struct filenames *names, str root, str name,
                   struct arena *scratch);

#endif
