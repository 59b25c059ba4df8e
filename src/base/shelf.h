/* SPDX-License-Identifier: MIT */
/* shelf.h - things that are made once and lent to all who ask for the same.
 *
 * A thing depends on its key alone. The first thread that asks makes it; those
 * that want the same wait for it, others don't. What nobody has any more stays
 * for the next one, unless there are more than KEEP of such: then the one that
 * came back first goes. Any thread may call anything here. */
#ifndef BASE_SHELF_H
#define BASE_SHELF_H

#include "base/str.h"

struct shelf_kind {
    /* Never NULL. Makes the thing of KEY; FROM is what the borrower gave, and
     * gone afterwards. */
    void *(*make)(str key, const void *from);
    void (*free)(void *thing);
    unsigned keep;
};

struct shelf;

/* KIND must outlive it. */
struct shelf *shelf_new(const struct shelf_kind *kind);
/* Everything has come back. NULL is fine. */
void shelf_free(struct shelf *sh);

/* For reading only, until it is given back. */
void *shelf_take(struct shelf *sh, str key, const void *from);
/* NULL is fine. */
void shelf_give_back(struct shelf *sh, void *thing);

#endif
