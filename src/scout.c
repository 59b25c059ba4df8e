/* SPDX-License-Identifier: MIT */
#include "scout.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "assets/library.h"
#include "base/thread.h"
#include "convert/convert.h"

/* So many are under way at most before the scout waits for the workers: each
 * takes memory and a file. */
#define AHEAD_MAX 1000
#define PAUSE_NS  (100 * 1000 * 1000)

struct scout {
    struct book book; /* like the run's, with a library that never waits */
    struct library *library;
    struct report *report;
    const volatile sig_atomic_t *interrupted;
    atomic_bool stop;
    pthread_t thread;
};

static bool is_over(const struct scout *s)
{
    return atomic_load(&s->stop) || *s->interrupted;
}

static void pause_a_bit(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = PAUSE_NS }, NULL);
}

/* How many files are waited for; tells the user. */
static uint32_t look(struct scout *s, struct arena *a)
{
    str host;
    uint32_t n = library_waiting(s->library, a, &host);

    report_waiting(s->report, n, host);
    return n;
}

static void convert_all(struct scout *s, struct arena *a)
{
    struct idcache *ids = idcache_new();
    struct converter *cv = converter_new(&s->book, ids, NULL);

    for (uint32_t i = 0; i < s->book.n_posts && !is_over(s); i++) {
        struct diag nobody;
        arena_reset(a);
        diag_init(&nobody, a);
        convert_post(cv, s->book.posts[i], a, &nobody);
        while (look(s, a) > AHEAD_MAX && !is_over(s))
            pause_a_bit();
    }
    converter_free(cv);
    idcache_free(ids);
}

static void *work(void *context)
{
    struct scout *s = context;
    struct arena a;

    if (!library_wait_for_need(s->library))
        return NULL;
    arena_init(&a);
    convert_all(s, &a);
    while (!is_over(s)) {
        arena_reset(&a);
        look(s, &a);
        pause_a_bit();
    }
    arena_done(&a);
    return NULL;
}

struct scout *scout_start(const struct book *book, struct report *report,
                          const volatile sig_atomic_t *interrupted)
{
    if (!book->library || book->settings->offline)
        return NULL;
    struct scout *s = calloc(1, sizeof *s);
    if (!s)
        die("out of memory");
    s->book = *book;
    s->library = book->library;
    s->book.library = library_ahead(book->library);
    s->report = report;
    s->interrupted = interrupted;
    if (thread_start(&s->thread, work, s))
        return s;
    /* The workers do without. */
    library_close(s->book.library, false, NULL);
    free(s);
    return NULL;
}

void scout_stop(struct scout *s)
{
    if (!s)
        return;
    atomic_store(&s->stop, true);
    library_settle(s->library);
    pthread_join(s->thread, NULL);
    library_close(s->book.library, false, NULL);
    free(s);
}
