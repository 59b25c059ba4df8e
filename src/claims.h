/* SPDX-License-Identifier: MIT */
/* claims.h - no two books of a batch write one file, and it is always the
 * first in the list that gets it, whichever worker is faster. */
#ifndef CLAIMS_H
#define CLAIMS_H

#include "outputs.h"

struct claims;

struct claims *claims_new(void);
void claims_free(struct claims *c);

/* Before the books: a file that is none's. */
void claims_reserve(struct claims *c, str path);

/* Waits until the books before TURN (from 0) have had theirs, then takes the
 * files of O for it; every turn must be taken once, with an empty O if there
 * is nothing to take. The index of the output that another one has, or -1. */
int claims_take(struct claims *c, uint32_t turn, const struct outputs *o);

#endif
