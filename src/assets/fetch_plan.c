/* SPDX-License-Identifier: MIT */
#include "assets/fetch_plan.h"

#include <math.h>
#include <stdlib.h>

#include "base/map.h"

#define FAILURES 2 /* downloads running until a host is given up */
/* Things that fall due are looked at together, this many seconds apart, so
 * that many of them cost no more than few. */
#define TICK 0.05

struct queue {
    struct plan_item *first, *last;
};

struct plan_host {
    struct queue ready;
    struct queue later; /* in no order */
    double pause;       /* until then */
    unsigned running, failures;
    const char *given_up;
    bool in_turn;
    struct plan_host *next_turn;
};

struct plan {
    struct arena arena;
    struct map hosts;
    struct plan_host *turn, *last_turn; /* who may be asked now */
    unsigned total, per_host;
    unsigned waiting, running;
    double due;
};

struct plan *plan_new(unsigned total, unsigned per_host)
{
    struct plan *p = calloc(1, sizeof *p);

    if (!p)
        die("out of memory");
    arena_init(&p->arena);
    map_init(&p->hosts, &p->arena);
    p->total = total;
    p->per_host = per_host;
    p->due = INFINITY;
    return p;
}

void plan_free(struct plan *p)
{
    arena_done(&p->arena);
    free(p);
}

struct plan_host *plan_find_host(struct plan *p, str name)
{
    struct plan_host *h = map_find(&p->hosts, name);

    if (!h) {
        h = arena_new(&p->arena, struct plan_host);
        map_put(&p->hosts, arena_dup(&p->arena, name), h);
    }
    return h;
}

static void push(struct queue *q, struct plan_item *it)
{
    it->next = NULL;
    if (q->last)
        q->last->next = it;
    else
        q->first = it;
    q->last = it;
}

static void push_first(struct queue *q, struct plan_item *it)
{
    it->next = q->first;
    q->first = it;
    if (!q->last)
        q->last = it;
}

static struct plan_item *pop(struct queue *q)
{
    struct plan_item *it = q->first;

    if (it && !(q->first = it->next))
        q->last = NULL;
    return it;
}

static void wait_until(struct plan *p, double due)
{
    if (due < p->due)
        p->due = due;
}

/* Puts H at the end of the turn if there is something to ask it for. */
static void line_up(struct plan *p, struct plan_host *h)
{
    if (h->in_turn || !h->ready.first || h->running >= p->per_host)
        return;
    if (h->pause > 0) {
        wait_until(p, h->pause);
        return;
    }
    h->in_turn = true;
    h->next_turn = NULL;
    if (p->last_turn)
        p->last_turn->next_turn = h;
    else
        p->turn = h;
    p->last_turn = h;
}

static struct plan_host *next_in_turn(struct plan *p)
{
    struct plan_host *h = p->turn;

    if (h) {
        if (!(p->turn = h->next_turn))
            p->last_turn = NULL;
        h->in_turn = false;
    }
    return h;
}

void plan_put(struct plan *p, struct plan_item *it, struct plan_host *h,
              double due)
{
    it->host = h;
    it->due = due;
    p->waiting++;
    if (due > 0) {
        push(&h->later, it);
        wait_until(p, due);
    } else {
        push(&h->ready, it);
        line_up(p, h);
    }
}

static void wake_host(struct plan *p, struct plan_host *h, double now)
{
    struct queue later = h->later;
    struct plan_item *it;

    h->later = (struct queue){ 0 };
    while ((it = pop(&later))) {
        if (it->due <= now) {
            push_first(&h->ready, it);
        } else {
            push(&h->later, it);
            wait_until(p, it->due);
        }
    }
    if (h->pause <= now)
        h->pause = 0;
    line_up(p, h);
}

static void wake(struct plan *p, double now)
{
    p->due = INFINITY;
    for (size_t i = 0; i < p->hosts.n; i++)
        wake_host(p, p->hosts.entries[i].value, now);
    if (p->due < now + TICK)
        p->due = now + TICK;
}

struct plan_item *plan_take(struct plan *p, double now)
{
    struct plan_host *h;

    if (p->due <= now)
        wake(p, now);
    if (p->running >= p->total)
        return NULL;
    /* One that was drained or told to pause may still be in line. */
    while ((h = next_in_turn(p)) && (!h->ready.first || h->pause > 0))
        line_up(p, h);
    if (!h)
        return NULL;
    struct plan_item *it = pop(&h->ready);
    h->running++;
    p->running++;
    p->waiting--;
    line_up(p, h);
    return it;
}

void plan_end(struct plan *p, struct plan_item *it)
{
    it->host->running--;
    p->running--;
    line_up(p, it->host);
}

struct plan_item *plan_drain(struct plan *p, struct plan_host *h)
{
    struct plan_item *it = pop(&h->ready);

    if (!it)
        it = pop(&h->later);
    if (it)
        p->waiting--;
    return it;
}

double plan_due(const struct plan *p)
{
    return p->due;
}

unsigned plan_waiting(const struct plan *p)
{
    return p->waiting;
}

unsigned plan_running(const struct plan *p)
{
    return p->running;
}

void plan_pause(struct plan *p, struct plan_host *h, double until)
{
    if (until > h->pause)
        h->pause = until;
    wait_until(p, h->pause);
}

void plan_answered(struct plan_host *h)
{
    h->failures = 0;
}

void plan_failed(struct plan_host *h, const char *why)
{
    if (++h->failures >= FAILURES && !h->given_up)
        h->given_up = why;
}

const char *plan_given_up(const struct plan_host *h)
{
    return h->given_up;
}
