/* SPDX-License-Identifier: MIT */
/* watch.h - ends the process when a post takes so long that nobody asks any
 * more whether it may: several times what --limit post-time allows. */
#ifndef WATCH_H
#define WATCH_H

#include <stdio.h>

#include "base/budget.h"
#include "book/settings.h"

struct watch;

/* Watches N BUDGETS, whose items are posts; says which one was the end, on TO
 * or, in a process of its own, in its last word.
 * NULL: there is no limit, or no thread for it. */
struct watch *watch_start(struct budget *budgets, unsigned n,
                          const struct settings *set, FILE *to);
/* For the parent of such a process: the same words. */
void watch_report(struct diag *dg, str post, const struct settings *set);
void watch_stop(struct watch *w); /* NULL is fine */

#endif
