/* SPDX-License-Identifier: MIT */
#include "base/budget.h"

#include "base/clock.h"

void budget_init(struct budget *b, uint64_t seconds, uint64_t bytes)
{
    *b = (struct budget){ .seconds = seconds, .bytes = bytes };
    pthread_mutex_init(&b->lock, NULL);
}

void budget_done(struct budget *b)
{
    pthread_mutex_destroy(&b->lock);
}

/* macOS knows the clock of the calling thread only. */
static bool find_clock(clockid_t *clock)
{
#ifdef __APPLE__
    (void)clock;
    return false;
#else
    return pthread_getcpuclockid(pthread_self(), clock) == 0;
#endif
}

void budget_begin(struct budget *b, const void *item, const struct arena *a)
{
    if (b->seconds == UINT64_MAX && b->bytes == UINT64_MAX)
        return;
    pthread_mutex_lock(&b->lock);
    b->arena = a;
    b->state = BUDGET_FINE;
    b->has_clock = b->has_clock || find_clock(&b->clock);
    b->started = clock_read(CLOCK_THREAD_CPUTIME_ID);
    b->item = item;
    pthread_mutex_unlock(&b->lock);
}

void budget_end(struct budget *b)
{
    pthread_mutex_lock(&b->lock);
    b->item = NULL;
    pthread_mutex_unlock(&b->lock);
}

enum budget_state budget_check(struct budget *b)
{
    if (!b || !b->item || b->state != BUDGET_FINE)
        return b ? b->state : BUDGET_FINE;
    if (b->bytes != UINT64_MAX && arena_size(b->arena) > b->bytes)
        b->state = BUDGET_MEMORY;
    else if (b->seconds != UINT64_MAX &&
             clock_read(CLOCK_THREAD_CPUTIME_ID) - b->started >
                 (double)b->seconds)
        b->state = BUDGET_TIME;
    return b->state;
}

const void *budget_late(struct budget *b, unsigned times)
{
    const void *late = NULL;

    pthread_mutex_lock(&b->lock);
    if (b->item && b->has_clock && b->seconds != UINT64_MAX &&
        clock_read(b->clock) - b->started > (double)b->seconds * times)
        late = b->item;
    pthread_mutex_unlock(&b->lock);
    return late;
}
