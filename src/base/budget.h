/* SPDX-License-Identifier: MIT */
/* budget.h - what one post may take: time of its thread's processor, and
 * memory of its arena. Nothing is interrupted: whoever works on the post asks
 * between two steps. One thread's, but for what budget_late() reads. */
#ifndef BASE_BUDGET_H
#define BASE_BUDGET_H

#include <pthread.h>
#include <time.h>

#include "base/arena.h"

enum budget_state { BUDGET_FINE, BUDGET_TIME, BUDGET_MEMORY };

struct budget {
    uint64_t seconds, bytes; /* UINT64_MAX: no bound */
    const struct arena *arena;
    double started; /* on the thread's own clock */
    enum budget_state state;
    /* For the watching thread. */
    pthread_mutex_t lock;
    clockid_t clock;
    bool has_clock;
    const void *item; /* what it is spent on; NULL: nothing now */
};

/* SECONDS and BYTES for each item. */
void budget_init(struct budget *b, uint64_t seconds, uint64_t bytes);
void budget_done(struct budget *b);

/* The calling thread begins to work on ITEM with the arena A. */
void budget_begin(struct budget *b, const void *item, const struct arena *a);
void budget_end(struct budget *b);

/* NULL is fine, and so stays what was found spent once. */
enum budget_state budget_check(struct budget *b);

/* For another thread: the item that has gone on for TIMES its time without
 * anybody asking, or NULL. */
const void *budget_late(struct budget *b, unsigned times);

#endif
