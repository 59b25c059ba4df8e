/* SPDX-License-Identifier: MIT */
#include "pump.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/heap.h"
#include "base/thread.h"

struct ring {
    const struct pump *pump;
    unsigned n_slots;
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t freed; /* a slot became free, or there is nothing left */
    unsigned n_idle;      /* workers that wait for it: others need no call */
    bool *ready;          /* by slot */
    uint32_t next;        /* item to prepare */
    uint32_t committed;   /* items behind us */
    bool committing;      /* a worker does; it sees what becomes ready */
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

/* The next item to prepare; false when there is none left. The lock is held. */
static bool take(struct ring *r, uint32_t *item)
{
    while (!r->stop && r->next < r->pump->n &&
           r->next - r->committed >= r->n_slots) {
        r->n_idle++;
        pthread_cond_wait(&r->freed, &r->lock);
        r->n_idle--;
    }
    if (r->stop || r->next == r->pump->n)
        return false;
    *item = r->next++;
    if (r->next == r->pump->n && r->n_idle > 0)
        pthread_cond_broadcast(&r->freed);
    return true;
}

/* One worker at a time; the lock is held, but not while an item is committed.
 * Whoever made the item that was due goes on with all that is ready, so nobody
 * is woken for it, and its bytes are still near. */
static void commit_ready(struct ring *r)
{
    r->committing = true;
    while (!r->stop && r->ready[r->committed % r->n_slots]) {
        unsigned slot = r->committed % r->n_slots;
        pthread_mutex_unlock(&r->lock);
        bool ok = r->pump->commit(r->pump->context, r->committed, slot);
        pthread_mutex_lock(&r->lock);
        r->ready[slot] = false;
        r->committed++;
        r->stop = !ok;
        if (r->stop && r->n_idle > 0)
            pthread_cond_broadcast(&r->freed);
        else if (r->n_idle > 0)
            pthread_cond_signal(&r->freed);
    }
    r->committing = false;
}

static void work(struct worker *w)
{
    struct ring *r = w->ring;
    uint32_t item;

    pthread_mutex_lock(&r->lock);
    while (take(r, &item)) {
        pthread_mutex_unlock(&r->lock);
        r->pump->prepare(r->pump->context, w->index, item, item % r->n_slots);
        pthread_mutex_lock(&r->lock);
        r->ready[item % r->n_slots] = true;
        if (!r->committing)
            commit_ready(r);
    }
    pthread_mutex_unlock(&r->lock);
}

static void *run_worker(void *arg)
{
    heap_tune_thread();
    work(arg);
    return NULL;
}

static bool run_threads(const struct pump *p)
{
    struct ring r = { .pump = p, .n_slots = pump_slots(p->n_workers) };
    struct worker *workers = calloc(p->n_workers, sizeof *workers);

    r.ready = calloc(r.n_slots, sizeof *r.ready);
    if (!workers || !r.ready)
        die("out of memory");
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.freed, NULL);
    for (unsigned i = 0; i < p->n_workers; i++)
        workers[i] = (struct worker){ .ring = &r, .index = i };
    for (unsigned i = 1; i < p->n_workers; i++)
        if (!thread_start(&workers[i].thread, run_worker, &workers[i]))
            die("can't start a thread; try --jobs 1");
    work(&workers[0]);
    for (unsigned i = 1; i < p->n_workers; i++)
        pthread_join(workers[i].thread, NULL);
    pthread_cond_destroy(&r.freed);
    pthread_mutex_destroy(&r.lock);
    bool ok = r.committed == p->n && !r.stop;
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
