/* SPDX-License-Identifier: MIT */
/* claims.h - no two books of a batch write one file, and it is always the
 * first in the list that gets it, whichever worker is faster. */
#ifndef CLAIMS_H
#define CLAIMS_H

#include "outputs.h"

struct claims;

struct claims *claims_new(void);
void claims_free(struct claims *c);

/* Before the books: a file that is not theirs but WHOSE, "the report". */
void claims_reserve(struct claims *c, str path, str whose);

/* A book that wants its files. */
struct claim {
    uint32_t turn; /* from 0, in the order of the list */
    str whose;     /* "the book 'a'" */
    const struct outputs *outputs;
    /* What claims_take() finds: the output that another one has, or -1, and
     * whose it is, as long as the claims live. */
    int refused;
    str owner;
};

/* Waits until the books before it have had theirs, then takes its files. Every
 * turn must be taken once, without outputs if there is nothing to take. */
void claims_take(struct claims *c, struct claim *wanted);

#endif
