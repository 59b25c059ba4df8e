/* SPDX-License-Identifier: MIT */
/* fetch_plan.h - what to ask for next: downloads wait by host, hosts take
 * turns, nobody is asked too much at once, and who failed twice is left alone.
 * Times are seconds of any clock that goes forward. One owner; no locking. */
#ifndef ASSETS_FETCH_PLAN_H
#define ASSETS_FETCH_PLAN_H

#include "base/str.h"

struct plan;
struct plan_host;

/* Part of what is planned. Belongs to the plan from plan_put() until
 * plan_take() or plan_drain() hand it out. */
struct plan_item {
    struct plan_item *next;
    struct plan_host *host;
    double due;
};

struct plan *plan_new(unsigned total, unsigned per_host);
void plan_free(struct plan *p); /* not the items */

/* The host of this name; lives as long as the plan. */
struct plan_host *plan_find_host(struct plan *p, str name);

/* IT may be taken from DUE on; one that had to wait goes before the others of
 * its host, so that a host in trouble is soon known as one. */
void plan_put(struct plan *p, struct plan_item *it, struct plan_host *h,
              double due);
/* The next one that may go at NOW, which then counts as under way until
 * plan_end(); NULL: none. */
struct plan_item *plan_take(struct plan *p, double now);
void plan_end(struct plan *p, struct plan_item *it);

/* When plan_take() has to be asked again though nothing ended; INFINITY. */
double plan_due(const struct plan *p);
unsigned plan_waiting(const struct plan *p);
unsigned plan_running(const struct plan *p);

/* Nothing of H is taken before UNTIL. */
void plan_pause(struct plan *p, struct plan_host *h, double until);

/* A download from H ended: with an answer, or without one since WHY (a static
 * text). The second one running without gives the host up. */
void plan_answered(struct plan_host *h);
void plan_failed(struct plan_host *h, const char *why);
/* WHY of the host that was given up; NULL: it was not. */
const char *plan_given_up(const struct plan_host *h);
/* Takes an item that waits for H; NULL: none does. */
struct plan_item *plan_drain(struct plan *p, struct plan_host *h);

#endif
