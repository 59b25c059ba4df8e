/* SPDX-License-Identifier: MIT */
/* idset.h - the ids of one chapter: handed out once each, and found again
 * from what an author wrote behind a '#'. */
#ifndef CONVERT_IDSET_H
#define CONVERT_IDSET_H

#include "base/map.h"
#include "doc/node.h"

struct idset {
    struct arena *arena;
    struct map taken;   /* ids in use, for slug_unique() */
    struct map written; /* id as written -> str *, as it became */
    struct map present; /* ids of the finished tree -> str * */
    struct map folded;  /* the same, folded for comparing */
};

void idset_init(struct idset *ids, struct arena *a);

/* The id that stands for WRITTEN in the chapter: WRITTEN itself where it is a
 * legal one, else with '-' for what is not allowed. Empty when WRITTEN is
 * blank or an earlier element has it, as no link can reach a second one. */
str idset_claim(struct idset *ids, str written);

/* Notes which ids are in the tree below ROOT, after all changes to it. */
void idset_collect(struct idset *ids, const struct node *root);

/* The id that FRAGMENT (without '#') means: as written, percent-decoded,
 * without regard to case, or as a heading's slug. False: none. */
bool idset_find(const struct idset *ids, str fragment, struct arena *scratch,
                str *id);

#endif
