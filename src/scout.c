/* SPDX-License-Identifier: MIT */
#include "scout.h"

#include <stdlib.h>
#include <time.h>

#include "assets/library.h"
#include "base/clock.h"
#include "base/thread.h"

/* So many files are under way at most before the scout waits for the workers:
 * each takes memory and a file. */
#define AHEAD_MAX 1000
/* What drafts may hold. A worker that takes one does not convert the post a
 * second time; those that find no room here are converted twice. */
#define HELD_MAX (4u << 20)
/* Workers that took no post for so long are waiting for the web, so that time
 * costs nothing. */
#define STALL_SECONDS 0.02
#define LOOK_SECONDS  0.05 /* between two looks at what is waited for */
#define PAUSE_SECONDS 0.1

enum place {
    OPEN, /* nobody has it yet */
    BUSY, /* the scout has it in hand */
    READY,
    PAST /* a worker's, or looked at and forgotten */
};

struct kept {
    enum place place;
    struct sketch *sketch; /* READY only */
};

struct scout {
    const struct book *book;
    struct report *report;
    const volatile sig_atomic_t *interrupted;
    pthread_t thread;
    double looked; /* when; the thread's own, like all that follows */
    uint32_t waiting;
    struct budget budget;
    struct converter *converter;

    pthread_mutex_t mutex; /* guards all below */
    pthread_cond_t changed;
    bool stop;
    bool moved;        /* a worker took a post since the scout last waited */
    struct kept *kept; /* by post */
    size_t held;       /* bytes of all that is READY */
};

/* The mutex is held. */
static bool is_over(const struct scout *s)
{
    return s->stop || *s->interrupted;
}

static bool is_over_now(struct scout *s)
{
    pthread_mutex_lock(&s->mutex);
    bool over = is_over(s);
    pthread_mutex_unlock(&s->mutex);
    return over;
}

/* Sleeps until something changes or SECONDS, fewer than one, are over; the
 * mutex is held. */
static void wait_a_bit(struct scout *s, double seconds)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += (long)(seconds * 1e9);
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&s->changed, &s->mutex, &until);
}

static void pause_a_bit(struct scout *s)
{
    double until = clock_seconds() + PAUSE_SECONDS;

    pthread_mutex_lock(&s->mutex);
    while (!is_over(s) && clock_seconds() < until)
        wait_a_bit(s, PAUSE_SECONDS);
    pthread_mutex_unlock(&s->mutex);
}

/* Finds how many files are waited for; tells the user. */
static void look(struct scout *s)
{
    struct arena a;
    str host;

    arena_init(&a);
    s->waiting = library_waiting(s->book->library, &a, &host);
    report_waiting(s->report, s->waiting, host);
    arena_done(&a);
    s->looked = clock_seconds();
}

void sketch_free(struct sketch *sk)
{
    if (!sk)
        return;
    arena_done(&sk->arena);
    free(sk);
}

static struct sketch *sketch_new(void)
{
    struct sketch *sk = calloc(1, sizeof *sk);

    if (!sk)
        die("out of memory");
    arena_init(&sk->arena);
    diag_init(&sk->diag, &sk->arena);
    return sk;
}

/* While the workers get on, room for one more draft is worth waiting for. */
static void wait_for_room(struct scout *s)
{
    pthread_mutex_lock(&s->mutex);
    while (s->held >= HELD_MAX && !is_over(s)) {
        s->moved = false;
        wait_a_bit(s, STALL_SECONDS);
        if (!s->moved)
            break;
    }
    pthread_mutex_unlock(&s->mutex);
}

/* False: somebody has it. */
static bool claim(struct scout *s, uint32_t item)
{
    struct kept *k = &s->kept[item];

    pthread_mutex_lock(&s->mutex);
    bool ok = k->place == OPEN;
    if (ok)
        k->place = BUSY;
    pthread_mutex_unlock(&s->mutex);
    return ok;
}

/* Keeps SK if there is room and the post is still to come. */
static void keep(struct scout *s, uint32_t item, struct sketch *sk)
{
    struct kept *k = &s->kept[item];
    size_t n = sizeof *sk + arena_size(&sk->arena);

    pthread_mutex_lock(&s->mutex);
    bool ok = k->place == BUSY && sk->draft && n <= HELD_MAX &&
              s->held <= HELD_MAX - n;
    k->place = ok ? READY : PAST;
    if (ok) {
        k->sketch = sk;
        s->held += n;
    }
    pthread_mutex_unlock(&s->mutex);
    if (!ok)
        sketch_free(sk);
}

static void convert(struct scout *s, uint32_t item)
{
    const struct post *post = s->book->posts[item];
    struct sketch *sk = sketch_new();

    budget_begin(&s->budget, post, &sk->arena);
    sk->draft = convert_begin(s->converter, post, &sk->arena, &sk->diag);
    if (sk->draft)
        convert_guess(sk->draft);
    budget_end(&s->budget);
    keep(s, item, sk);
}

static void convert_all(struct scout *s)
{
    for (uint32_t i = 0; i < s->book->n_posts && !is_over_now(s); i++) {
        wait_for_room(s);
        if (!claim(s, i))
            continue;
        convert(s, i);
        if (clock_seconds() - s->looked > LOOK_SECONDS)
            look(s);
        while (s->waiting > AHEAD_MAX && !is_over_now(s)) {
            pause_a_bit(s);
            look(s);
        }
    }
}

static void *work(void *context)
{
    struct scout *s = context;
    const struct settings *set = s->book->settings;

    if (!library_wait_for_need(s->book->library))
        return NULL;
    budget_init(&s->budget, limit_of(set, LIMIT_POST_TIME),
                limit_of(set, LIMIT_POST_MEMORY));
    s->converter = converter_new(s->book, NULL, &s->budget);
    convert_all(s);
    converter_free(s->converter);
    budget_done(&s->budget);
    while (!is_over_now(s)) {
        look(s);
        pause_a_bit(s);
    }
    return NULL;
}

static void scout_free(struct scout *s)
{
    for (uint32_t i = 0; i < s->book->n_posts; i++)
        sketch_free(s->kept[i].sketch);
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->mutex);
    free(s->kept);
    free(s);
}

struct scout *scout_start(const struct book *book, struct report *report,
                          const volatile sig_atomic_t *interrupted)
{
    if (!book->library || book->settings->offline)
        return NULL;
    struct scout *s = calloc(1, sizeof *s);
    if (!s || !(s->kept = calloc(book->n_posts, sizeof *s->kept)))
        die("out of memory");
    s->book = book;
    s->report = report;
    s->interrupted = interrupted;
    pthread_mutex_init(&s->mutex, NULL);
    pthread_cond_init(&s->changed, NULL);
    if (thread_start(&s->thread, work, s))
        return s;
    /* The workers do without. */
    scout_free(s);
    return NULL;
}

struct sketch *scout_take(struct scout *s, uint32_t item)
{
    if (!s)
        return NULL;
    struct kept *k = &s->kept[item];
    pthread_mutex_lock(&s->mutex);
    struct sketch *sk = k->sketch;
    k->sketch = NULL;
    k->place = PAST;
    if (sk)
        s->held -= sizeof *sk + arena_size(&sk->arena);
    s->moved = true;
    pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->mutex);
    return sk;
}

void scout_stop(struct scout *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&s->mutex);
    s->stop = true;
    pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->mutex);
    library_settle(s->book->library);
    pthread_join(s->thread, NULL);
    scout_free(s);
}
