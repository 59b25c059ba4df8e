/* SPDX-License-Identifier: MIT */
/* fetch_parts.h - what the calling side (fetch.c) and the thread (fetch_run.c)
 * share. Of a download, `done`, `dropped`, `awaited` and its place in the lists
 * are under the lock; all else is the thread's until `done`, the caller's then.
 */
#ifndef ASSETS_FETCH_PARTS_H
#define ASSETS_FETCH_PARTS_H

#include <pthread.h>

#include "assets/fetch.h"
#include "assets/fetch_plan.h"
#include "assets/fetch_transport.h"
#include "assets/fetch_url.h"

struct fetch {
    struct plan_item item; /* first: a plan's item is its download */
    struct fetcher *owner;
    struct fetch *next, *prev; /* of all of the fetcher */
    struct fetch *next_new;    /* on their way to the thread */
    char *referer, *temp;
    struct fetch_url url; /* of this hop */
    unsigned hops, tries;
    struct body body;
    struct transfer transfer;
    struct buf type, why;
    struct fetch_result result;
    bool done, dropped, awaited;
};

struct fetcher {
    struct fetch_options options; /* without zeros; texts are owned */
    struct transport *transport;  /* NULL before the first download */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended;             /* some download did */
    struct fetch *all;                /* under the lock */
    struct fetch *new_one, *last_new; /* under the lock */
    bool closing;                     /* under the lock: no more is begun */
    bool
        sleeping; /* under the lock: the thread looks at nothing unless woken */
    const char *broken; /* under the lock: why nothing is */
    /* The thread's own. */
    struct plan *plan;
    struct body_limits limits;
};

/* Tells the waiting that FE is over, and frees it when nobody waits. */
void fetch_end(struct fetch *fe, enum fetch_status status);
void fetch_release(struct fetch *fe); /* frees it */

/* The thread: a struct fetcher; returns NULL when it is closing. */
void *fetch_run(void *fetcher);

#endif
