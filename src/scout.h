/* SPDX-License-Identifier: MIT */
/* scout.h - looks ahead for what a book wants from the web.
 *
 * Workers wait for the pictures of the few posts they have in hand; a web
 * full of slow hosts wants hundreds asked at a time. So when the first file
 * has to be fetched, a thread begins to convert the posts ahead of the workers,
 * which begins the downloads that they will ask for. What it made it keeps for
 * the worker that gets to the post, as far as a few megabytes go. It changes
 * when things are fetched, never what is in the book. Where everything is kept
 * it does nothing. */
#ifndef SCOUT_H
#define SCOUT_H

#include <signal.h>

#include "convert/convert.h"
#include "report.h"

struct scout;

/* NULL: there is nothing to look for. The report's progress line gets what is
 * waited for. */
struct scout *scout_start(const struct book *book, struct report *report,
                          const volatile sig_atomic_t *interrupted);
/* Ends it; NULL is fine. */
void scout_stop(struct scout *s);

/* A post that is half converted, with all that belongs to it. */
struct sketch {
    struct arena arena;
    struct diag diag;
    struct draft *draft;
};

void sketch_free(struct sketch *sk); /* NULL is fine */

/* The calling worker begins with the post ITEM. What it gets is its own; NULL:
 * it has to convert the post itself. S may be NULL. */
struct sketch *scout_take(struct scout *s, uint32_t item);

#endif
