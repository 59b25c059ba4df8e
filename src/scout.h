/* SPDX-License-Identifier: MIT */
/* scout.h - looks ahead for what a book wants from the web.
 *
 * Workers wait for the pictures of the few posts they have in hand; a web
 * full of slow hosts wants hundreds asked at a time. So when the first file
 * has to be fetched, a thread converts the posts ahead of the workers, only to
 * begin the downloads that they will ask for. It changes when things are
 * fetched, never what is in the book. Where everything is kept it does
 * nothing. */
#ifndef SCOUT_H
#define SCOUT_H

#include <signal.h>

#include "book/book.h"
#include "report.h"

struct scout;

/* NULL: there is nothing to look for. The report's progress line gets what is
 * waited for. */
struct scout *scout_start(const struct book *book, struct report *report,
                          const volatile sig_atomic_t *interrupted);
/* Ends it; NULL is fine. */
void scout_stop(struct scout *s);

#endif
