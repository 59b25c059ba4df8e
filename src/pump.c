/* SPDX-License-Identifier: MIT */
#include "pump.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/heap.h"
#include "base/thread.h"

struct ring {
    const struct pump *pump;
    unsigned n_slots;
    pthread_mutex_t lock;
    pthread_cond_t due;   /* the item to commit became ready */
    pthread_cond_t freed; /* a slot became free, or stop was set */
    bool waits;           /* for `due`: who isn't asleep needs no call */
    unsigned n_idle;      /* workers that wait for `freed` */
    bool *ready;          /* by slot */
    uint32_t next;        /* item to prepare */
    uint32_t committed;   /* items behind us */
    bool stop;
};

struct worker {
    struct ring *ring;
    unsigned index;
    pthread_t thread;
};

unsigned pump_slots(unsigned n_workers)
{
    return n_workers > 1 ? 2 * n_workers + 2 : 1;
}

/* The next item to prepare; false when there is none left. */
static bool take(struct ring *r, uint32_t *item)
{
    pthread_mutex_lock(&r->lock);
    r->n_idle++;
    while (!r->stop && r->next < r->pump->n &&
           r->next - r->committed >= r->n_slots)
        pthread_cond_wait(&r->freed, &r->lock);
    r->n_idle--;
    bool got = !r->stop && r->next < r->pump->n;
    if (got)
        *item = r->next++;
    pthread_mutex_unlock(&r->lock);
    return got;
}

static void note_ready(struct ring *r, uint32_t item)
{
    pthread_mutex_lock(&r->lock);
    r->ready[item % r->n_slots] = true;
    bool due = r->waits && item == r->committed;
    pthread_mutex_unlock(&r->lock);
    if (due)
        pthread_cond_signal(&r->due);
}

static void *work(void *arg)
{
    struct worker *w = arg;
    struct ring *r = w->ring;
    uint32_t item;

    heap_tune_thread();
    while (take(r, &item)) {
        r->pump->prepare(r->pump->context, w->index, item, item % r->n_slots);
        note_ready(r, item);
    }
    return NULL;
}

static void wait_for(struct ring *r, unsigned slot)
{
    pthread_mutex_lock(&r->lock);
    r->waits = true;
    while (!r->ready[slot])
        pthread_cond_wait(&r->due, &r->lock);
    r->waits = false;
    pthread_mutex_unlock(&r->lock);
}

/* One slot is for one worker. Those that wait when the last item is taken are
 * called by the commits that are still to come: there are more slots. */
static void free_slot(struct ring *r, unsigned slot, bool stop)
{
    pthread_mutex_lock(&r->lock);
    r->ready[slot] = false;
    r->committed++;
    r->stop = stop;
    bool idle = r->n_idle > 0;
    pthread_mutex_unlock(&r->lock);
    if (stop)
        pthread_cond_broadcast(&r->freed);
    else if (idle)
        pthread_cond_signal(&r->freed);
}

static bool commit_in_order(struct ring *r)
{
    bool ok = true;

    for (uint32_t item = 0; item < r->pump->n && ok; item++) {
        unsigned slot = item % r->n_slots;
        wait_for(r, slot);
        ok = r->pump->commit(r->pump->context, item, slot);
        free_slot(r, slot, !ok);
    }
    return ok;
}

static bool run_threads(const struct pump *p)
{
    struct ring r = { .pump = p, .n_slots = pump_slots(p->n_workers) };
    struct worker *workers = calloc(p->n_workers, sizeof *workers);

    r.ready = calloc(r.n_slots, sizeof *r.ready);
    if (!workers || !r.ready)
        die("out of memory");
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.due, NULL);
    pthread_cond_init(&r.freed, NULL);
    for (unsigned i = 0; i < p->n_workers; i++) {
        workers[i] = (struct worker){ .ring = &r, .index = i };
        if (!thread_start(&workers[i].thread, work, &workers[i]))
            die("can't start a thread; try --jobs 1");
    }
    bool ok = commit_in_order(&r);
    for (unsigned i = 0; i < p->n_workers; i++)
        pthread_join(workers[i].thread, NULL);
    pthread_cond_destroy(&r.due);
    pthread_cond_destroy(&r.freed);
    pthread_mutex_destroy(&r.lock);
    free(r.ready);
    free(workers);
    return ok;
}

bool pump_run(const struct pump *p)
{
    if (p->n_workers > 1)
        return run_threads(p);
    for (uint32_t item = 0; item < p->n; item++) {
        p->prepare(p->context, 0, item, 0);
        if (!p->commit(p->context, item, 0))
            return false;
    }
    return true;
}
