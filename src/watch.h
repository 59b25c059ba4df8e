/* SPDX-License-Identifier: MIT */
/* watch.h - ends the process when a post takes so long that nobody asks any
 * more whether it may: several times what --limit post-time allows. */
#ifndef WATCH_H
#define WATCH_H

#include <stdio.h>

#include "base/budget.h"
#include "book/settings.h"

struct watch;

/* Watches N BUDGETS, whose items are posts; says on TO which one was the end.
 * NULL: there is no limit, or no thread for it. */
struct watch *watch_start(struct budget *budgets, unsigned n,
                          const struct settings *set, FILE *to);
void watch_stop(struct watch *w); /* NULL is fine */

#endif
