/* SPDX-License-Identifier: MIT */
/* The thread: takes what is new, begins what the plan allows, and decides what
 * follows from how each try ended. */
#include <math.h>
#include <unistd.h>

#include "assets/fetch_address.h"
#include "assets/fetch_parts.h"
#include "base/clock.h"

#define HOPS     5
#define URL_MAX  8192 /* bytes; RFC 9110, 4.1 asks for 8000 */
#define TYPE_MAX 127  /* bytes; RFC 6838, 4.2 */
/* How often to look whether the run was interrupted, while something is under
 * way; else there is nobody to be told. */
#define LOOK_MS 80
#define IDLE_MS 60000

static void finish(struct fetch *fe, enum fetch_status status, const char *why)
{
    if (why)
        buf_puts(&fe->why, why);
    fetch_end(fe, status);
}

/* "a loopback address", also of where a redirect led. */
static void refuse(struct fetch *fe, const char *what)
{
    buf_printf(&fe->why, "%s%s", fe->hops ? "redirected to " : "", what);
    fetch_end(fe, FETCH_REFUSED);
}

static const char *unwanted(const struct fetch *fe, bool readable)
{
    str url = buf_str(&fe->url.url);

    if (!str_starts_nocase(url, S("http:")) &&
        !str_starts_nocase(url, S("https:")))
        return "an address that is not of the web";
    if (!readable)
        return "an address that can't be read";
    if (url.n > URL_MAX)
        return "an address that is too long";
    return fe->owner->options.allow_private
               ? NULL
               : address_special_host(buf_str(&fe->url.host));
}

/* Begins a hop: to the address that FE->url holds. */
static void admit(struct fetch *fe)
{
    struct fetcher *f = fe->owner;
    struct fetch_url *u = &fe->url;
    bool readable = fetch_url_parse(transport_curl(f->transport),
                                    buf_str(&u->url), u);
    const char *what = unwanted(fe, readable);

    fe->tries = 0;
    if (what) {
        refuse(fe, what);
        return;
    }
    struct plan_host *h = plan_find_host(f->plan, buf_str(&u->place));
    const char *given_up = plan_given_up(h);
    if (given_up)
        finish(fe, FETCH_DEAD, given_up);
    else
        plan_put(f->plan, &fe->item, h, 0);
}

static void take_new(struct fetcher *f)
{
    pthread_mutex_lock(&f->lock);
    struct fetch *fe = f->new_one;
    f->new_one = f->last_new = NULL;
    pthread_mutex_unlock(&f->lock);
    while (fe) {
        struct fetch *next = fe->next_new; /* FE may be freed */
        admit(fe);
        fe = next;
    }
}

static bool is_dropped(struct fetch *fe)
{
    pthread_mutex_lock(&fe->owner->lock);
    bool dropped = fe->dropped;
    pthread_mutex_unlock(&fe->owner->lock);
    return dropped;
}

static void begin_ready(struct fetcher *f)
{
    struct plan_item *it;

    while ((it = plan_take(f->plan, clock_seconds()))) {
        struct fetch *fe = (struct fetch *)it;
        if (is_dropped(fe)) {
            plan_end(f->plan, it);
            finish(fe, FETCH_STOPPED, NULL);
            continue;
        }
        fe->tries++;
        fe->transfer.owner = fe;
        fe->transfer.url = fe->url.url.p;
        fe->transfer.referer = fe->referer;
        fe->transfer.body = &fe->body;
        transport_start(f->transport, &fe->transfer);
    }
}

/* RFC 9110, 8.3.1: two tokens, in those letters that are registered. */
static bool is_type(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!ascii_is_alnum(s.p[i]) && !memchr("/+-._", s.p[i], 5))
            return false;
    return s.n <= TYPE_MAX;
}

/* "image/svg+xml" of "Image/SVG+XML; charset=utf-8" */
static void set_type(struct fetch *fe)
{
    str rest = buf_str(&fe->transfer.type);
    str type = str_trim(str_cut(&rest, ';'));

    for (size_t i = 0; is_type(type) && i < type.n; i++)
        buf_putc(&fe->type, (char)ascii_lower(type.p[i]));
}

static void explain_size(struct fetch *fe, uint64_t max, const char *what)
{
    if (max < 1u << 20)
        buf_printf(&fe->why, "%s %llu bytes", what, (unsigned long long)max);
    else
        buf_printf(&fe->why, "%s %llu MB", what,
                   (unsigned long long)(max >> 20));
}

static void explain(struct fetch *fe)
{
    const struct attempt *at = &fe->transfer.attempt;
    const struct body *b = &fe->body;

    if (b->fault == BODY_TOO_LARGE)
        explain_size(fe, b->limits->file_max, "larger than");
    else if (b->fault == BODY_TOO_MUCH)
        explain_size(fe, b->limits->total_max, "with it, more than");
    else if (b->fault == BODY_NOT_WRITTEN)
        buf_printf(&fe->why, "can't write '%s': %s", fe->temp,
                   strerror(b->error));
    else if (fe->transfer.why)
        buf_puts(&fe->why, fe->transfer.why);
    else
        buf_printf(&fe->why, "%ld%s%s", at->code,
                   retry_phrase(at->code)[0] ? " " : "",
                   retry_phrase(at->code));
    if (at->retry_after > RETRY_AFTER_MAX)
        buf_printf(&fe->why, ", come back in %.0f seconds", at->retry_after);
}

static void end_host(struct fetcher *f, struct plan_host *h)
{
    struct plan_item *it;

    while (plan_given_up(h) && (it = plan_drain(f->plan, h)))
        finish((struct fetch *)it, FETCH_DEAD, plan_given_up(h));
}

static void end_badly(struct fetch *fe)
{
    struct fetcher *f = fe->owner;
    struct plan_host *h = fe->item.host;
    bool unwanted = fe->transfer.attempt.fault == FAULT_UNWANTED;

    if (retry_blames_host(&fe->transfer.attempt))
        plan_failed(h, fe->transfer.why);
    if (unwanted && fe->transfer.special) {
        refuse(fe, fe->transfer.special);
        return;
    }
    explain(fe);
    fetch_end(fe, unwanted ? FETCH_REFUSED : FETCH_DEAD);
    end_host(f, h);
}

static void end_well(struct fetch *fe)
{
    if (!body_end(&fe->body, true)) {
        end_badly(fe);
        return;
    }
    set_type(fe);
    if (is_dropped(fe) && fe->body.memory.n == 0)
        unlink(fe->temp);
    fetch_end(fe, FETCH_OK);
}

static void follow(struct fetch *fe)
{
    if (++fe->hops > HOPS) {
        buf_printf(&fe->why, "more than %d redirects", HOPS);
        fetch_end(fe, FETCH_DEAD);
        return;
    }
    buf_reset(&fe->url.url);
    buf_put(&fe->url.url, buf_str(&fe->transfer.redirect));
    admit(fe);
}

static bool try_again(struct fetch *fe)
{
    struct fetcher *f = fe->owner;
    const struct attempt *at = &fe->transfer.attempt;
    double pause = retry_pause(at, fe->tries, buf_str(&fe->url.url),
                               f->options.times.pause / 1e3);

    if (pause < 0 || plan_given_up(fe->item.host))
        return false;
    double due = clock_seconds() + pause;
    /* It speaks of itself, or is in trouble: not a matter of one file. */
    if (at->retry_after > 0 || retry_blames_host(at))
        plan_pause(f->plan, fe->item.host, due);
    plan_put(f->plan, &fe->item, fe->item.host, due);
    return true;
}

static void settle(struct fetch *fe)
{
    struct transfer *tr = &fe->transfer;
    struct plan_host *h = fe->item.host;

    plan_end(fe->owner->plan, &fe->item);
    if (!retry_blames_host(&tr->attempt) && tr->attempt.code > 0)
        plan_answered(h);
    if (tr->attempt.fault == FAULT_NONE && tr->redirect.n == 0) {
        end_well(fe);
        return;
    }
    body_end(&fe->body, false);
    if (tr->attempt.fault == FAULT_NONE)
        follow(fe);
    else if (!try_again(fe))
        end_badly(fe);
}

static bool is_interrupted(const struct fetcher *f)
{
    return f->options.interrupted &&
           __atomic_load_n(f->options.interrupted, __ATOMIC_RELAXED);
}

static bool is_closing(struct fetcher *f)
{
    pthread_mutex_lock(&f->lock);
    if (is_interrupted(f))
        f->closing = true;
    bool closing = f->closing;
    pthread_mutex_unlock(&f->lock);
    return closing;
}

static int patience(const struct fetcher *f)
{
    if (plan_waiting(f->plan) == 0 && plan_running(f->plan) == 0)
        return IDLE_MS;
    double ms = (plan_due(f->plan) - clock_seconds()) * 1000;
    return ms < 0 ? 0 : ms < LOOK_MS ? (int)ceil(ms) : LOOK_MS;
}

/* False: there is something new. */
static bool fall_asleep(struct fetcher *f)
{
    pthread_mutex_lock(&f->lock);
    bool idle = !f->new_one && !f->closing;
    f->sleeping = idle;
    pthread_mutex_unlock(&f->lock);
    return idle;
}

static void wake_up(struct fetcher *f)
{
    pthread_mutex_lock(&f->lock);
    f->sleeping = false;
    pthread_mutex_unlock(&f->lock);
}

/* The first that is not done, which nobody but this thread can make done. */
static struct fetch *find_open(struct fetcher *f, struct fetch *from)
{
    pthread_mutex_lock(&f->lock);
    struct fetch *fe = from ? from->next : f->all;
    while (fe && fe->done)
        fe = fe->next;
    pthread_mutex_unlock(&f->lock);
    return fe;
}

/* Nothing is begun any more, so what is open now is all there is. */
static void stop_all(struct fetcher *f)
{
    for (struct fetch *fe = find_open(f, NULL), *next; fe; fe = next) {
        next = find_open(f, fe);
        transport_stop(&fe->transfer);
        body_end(&fe->body, false);
        fetch_end(fe, FETCH_STOPPED);
    }
}

void *fetch_run(void *fetcher)
{
    struct fetcher *f = fetcher;
    struct transfer *tr;

    while (!is_closing(f)) {
        take_new(f);
        begin_ready(f);
        transport_run(f->transport, fall_asleep(f) ? patience(f) : 0);
        wake_up(f);
        while ((tr = transport_ended(f->transport)))
            settle((struct fetch *)tr->owner);
    }
    stop_all(f);
    return NULL;
}
