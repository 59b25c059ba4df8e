/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "assets/fetch_parts.h"

#define CONNECTIONS     24
#define CONNECTIONS_MAX 256
#define PER_HOST        4
#define FILE_MAX        (64u << 20)
#define TOTAL_MAX       ((uint64_t)4 << 30)
#define MEMORY_MAX      (16u << 20) /* of all small bodies at a time */

static const struct fetch_times default_times = { 10000, 15000, 120000, 500 };

static char *copy(str s)
{
    char *p = malloc(s.n + 1);

    if (!p)
        die("out of memory");
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return p;
}

static void set_default(unsigned *value, unsigned otherwise)
{
    if (*value == 0)
        *value = otherwise;
}

static void copy_options(struct fetch_options *to,
                         const struct fetch_options *from)
{
    struct fetch_times *t = &to->times;

    *to = *from;
    to->proxy.p = copy(from->proxy);
    to->ca_file.p = copy(from->ca_file);
    set_default(&to->connections, CONNECTIONS);
    if (to->connections > CONNECTIONS_MAX)
        to->connections = CONNECTIONS_MAX;
    set_default(&t->connect, default_times.connect);
    set_default(&t->stall, default_times.stall);
    set_default(&t->total, default_times.total);
    set_default(&t->pause, default_times.pause);
    if (to->file_max == 0)
        to->file_max = FILE_MAX;
    if (to->total_max == 0)
        to->total_max = TOTAL_MAX;
}

static bool proxy_is_known(str proxy)
{
    return proxy.n == 0 || str_starts_nocase(proxy, S("http://")) ||
           str_starts_nocase(proxy, S("https://")) ||
           str_starts_nocase(proxy, S("socks5h://"));
}

static void free_parts(struct fetcher *f)
{
    if (f->transport)
        transport_free(f->transport);
    plan_free(f->plan);
    pthread_cond_destroy(&f->ended);
    pthread_mutex_destroy(&f->lock);
    free((char *)f->options.proxy.p);
    free((char *)f->options.ca_file.p);
    free(f);
}

/* Signals are the other threads'; a broken connection's SIGPIPE nobody's. */
static bool start_thread(struct fetcher *f)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    bool ok = pthread_create(&f->thread, NULL, fetch_run, f) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

struct fetcher *fetcher_new(const struct fetch_options *o, struct diag *dg)
{
    struct fetcher *f;

    if (!proxy_is_known(o->proxy)) {
        diag_add(dg, DIAG_SETTING_BAD, (str){ 0 }, 0,
                 "proxy '%.*s' must begin with http://, https:// or socks5h://",
                 STR_ARG(o->proxy));
        return NULL;
    }
    if (!(f = calloc(1, sizeof *f)))
        die("out of memory");
    copy_options(&f->options, o);
    f->limits.file_max = f->options.file_max;
    f->limits.total_max = f->options.total_max;
    f->limits.small_max = f->options.small_max;
    f->limits.memory_max = MEMORY_MAX;
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->ended, NULL);
    f->plan = plan_new(f->options.connections, PER_HOST);
    return f;
}

/* Before the first download; under the lock, for libcurl's sake too. */
static void open_network(struct fetcher *f)
{
    if (f->transport || f->broken || f->closing)
        return;
    f->transport = transport_new(&f->options, f->options.connections,
                                 &f->broken);
    if (f->transport && !start_thread(f)) {
        transport_free(f->transport);
        f->transport = NULL;
        f->broken = "the system gives no thread";
    }
}

void fetcher_free(struct fetcher *f)
{
    if (!f)
        return;
    pthread_mutex_lock(&f->lock);
    f->closing = true;
    pthread_mutex_unlock(&f->lock);
    if (f->transport) {
        transport_wake(f->transport);
        pthread_join(f->thread, NULL);
    }
    while (f->all)
        fetch_release(f->all);
    free_parts(f);
}

/* RFC 9110, 10.1.3: without fragment. What is no address is not sent. */
static str clean_referer(str s)
{
    size_t end = str_find_char(s, '#');

    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f)
            return (str){ 0 };
    return str_sub(s, 0, end);
}

static struct fetch *new_fetch(struct fetcher *f, str url, str referer,
                               str temp)
{
    struct fetch *fe = calloc(1, sizeof *fe);

    if (!fe)
        die("out of memory");
    fe->owner = f;
    fe->referer = copy(clean_referer(referer));
    fe->temp = copy(temp);
    fe->body = (struct body){ .path = fe->temp, .limits = &f->limits };
    buf_put(&fe->url.url, url);
    return fe;
}

static void put_in_list(struct fetcher *f, struct fetch *fe)
{
    fe->next = f->all;
    if (f->all)
        f->all->prev = fe;
    f->all = fe;
}

static void end_result(struct fetch *fe, enum fetch_status status)
{
    struct fetch_result *r = &fe->result;

    *r = (struct fetch_result){ .status = status };
    r->code = fe->transfer.attempt.code;
    r->size = status == FETCH_OK ? fe->body.size : 0;
    r->bytes = buf_str(&fe->body.memory);
    r->url = buf_str(&fe->url.url);
    r->type = buf_str(&fe->type);
    r->why = status == FETCH_STOPPED ? S("the run was stopped")
                                     : buf_str(&fe->why);
    if (fe->body.fault == BODY_NOT_WRITTEN)
        r->disk_error = fe->body.error;
}

struct fetch *fetcher_start(struct fetcher *f, str url, str referer, str temp)
{
    struct fetch *fe = new_fetch(f, url, referer, temp);

    pthread_mutex_lock(&f->lock);
    put_in_list(f, fe);
    open_network(f);
    bool fails = f->closing || f->broken;
    /* The thread takes all that are new at a time, before it sleeps. */
    bool wakes = !fails && f->sleeping;
    if (wakes)
        f->sleeping = false;
    if (fails) {
        if (f->broken)
            buf_puts(&fe->why, f->broken);
        end_result(fe, f->broken ? FETCH_DEAD : FETCH_STOPPED);
        fe->done = true;
    } else {
        *(f->new_one ? &f->last_new->next_new : &f->new_one) = fe;
        f->last_new = fe;
    }
    pthread_mutex_unlock(&f->lock);
    if (wakes)
        transport_wake(f->transport);
    return fe;
}

void fetch_end(struct fetch *fe, enum fetch_status status)
{
    struct fetcher *f = fe->owner;

    end_result(fe, status);
    pthread_mutex_lock(&f->lock);
    fe->done = true;
    bool dropped = fe->dropped;
    if (fe->awaited)
        pthread_cond_broadcast(&f->ended);
    pthread_mutex_unlock(&f->lock);
    if (dropped)
        fetch_release(fe);
}

const struct fetch_result *fetch_wait(struct fetch *fe)
{
    struct fetcher *f = fe->owner;

    pthread_mutex_lock(&f->lock);
    while (!fe->done) {
        fe->awaited = true;
        pthread_cond_wait(&f->ended, &f->lock);
    }
    pthread_mutex_unlock(&f->lock);
    return &fe->result;
}

bool fetch_is_done(struct fetch *fe)
{
    pthread_mutex_lock(&fe->owner->lock);
    bool done = fe->done;
    pthread_mutex_unlock(&fe->owner->lock);
    return done;
}

void fetch_free(struct fetch *fe)
{
    struct fetcher *f = fe->owner;

    pthread_mutex_lock(&f->lock);
    bool done = fe->done;
    fe->dropped = true;
    pthread_mutex_unlock(&f->lock);
    if (done)
        fetch_release(fe);
}

void fetch_release(struct fetch *fe)
{
    struct fetcher *f = fe->owner;

    pthread_mutex_lock(&f->lock);
    if (fe->next)
        fe->next->prev = fe->prev;
    *(fe->prev ? &fe->prev->next : &f->all) = fe->next;
    pthread_mutex_unlock(&f->lock);
    body_forget(&fe->body);
    transfer_done(&fe->transfer);
    fetch_url_done(&fe->url);
    buf_done(&fe->type);
    buf_done(&fe->why);
    free(fe->referer);
    free(fe->temp);
    free(fe);
}
