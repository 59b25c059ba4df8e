/* SPDX-License-Identifier: MIT */
#include "watch.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/lent.h"
#include "base/thread.h"
#include "message.h"
#include "status.h"

/* Seconds between two looks, at least; and how often the limit may go by. */
#define PAUSE 1
#define TIMES 3

struct watch {
    struct budget *budgets;
    unsigned n;
    const struct settings *set;
    FILE *to;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool stop;
};

void watch_report(struct diag *dg, str post, const struct settings *set)
{
    diag_add(dg, DIAG_LIMIT_BOOK, post, 0,
             "takes more than %llu seconds (--limit post-time=N) and can't be "
             "left out; nothing was published",
             (unsigned long long)limit_of(set, LIMIT_POST_TIME));
}

static void print_late(const struct watch *w, const struct post *post)
{
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    watch_report(&dg, post->path, w->set);
    message_print(dg.first, w->set->diagnostics, false, w->to);
    fflush(w->to);
}

/* What was begun lies in files that nobody has seen yet, so there is nothing
 * to clean up that the next run or the parent wouldn't. */
_Noreturn static void end_all(const struct watch *w, const struct post *post)
{
    struct last_word *last = w->set->last_word;

    if (last) {
        if (post->path.n < sizeof last->post)
            memcpy(last->post, post->path.p, post->path.n);
        last->late = 1;
    } else {
        print_late(w, post);
    }
    _exit(STATUS_FAILED);
}

static void look(const struct watch *w)
{
    for (unsigned i = 0; i < w->n; i++) {
        const struct post *late = budget_late(&w->budgets[i], TIMES);
        if (late)
            end_all(w, late);
    }
}

static void *work(void *context)
{
    struct watch *w = context;
    struct timespec until;

    pthread_mutex_lock(&w->lock);
    while (!w->stop) {
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += PAUSE;
        pthread_cond_timedwait(&w->woken, &w->lock, &until);
        if (!w->stop)
            look(w);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

static void watch_free(struct watch *w)
{
    pthread_cond_destroy(&w->woken);
    pthread_mutex_destroy(&w->lock);
    free(w);
}

struct watch *watch_start(struct budget *budgets, unsigned n,
                          const struct settings *set, FILE *to)
{
    if (limit_of(set, LIMIT_POST_TIME) == UINT64_MAX)
        return NULL;
    struct watch *w = calloc(1, sizeof *w);
    if (!w)
        die("out of memory");
    *w = (struct watch){ .budgets = budgets, .n = n, .set = set, .to = to };
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->woken, NULL);
    if (thread_start(&w->thread, work, w))
        return w;
    watch_free(w);
    return NULL;
}

void watch_stop(struct watch *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->stop = true;
    pthread_cond_signal(&w->woken);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    watch_free(w);
}
