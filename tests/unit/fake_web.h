/* SPDX-License-Identifier: MIT */
/* fake_web.h - a web of a few addresses behind struct fetch_calls. A thread of
 * its own answers each download. Include cmocka.h first. */
#ifndef TEST_FAKE_WEB_H
#define TEST_FAKE_WEB_H

#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "assets/library_parts.h"
#include "tempdir.h"

#define SITES_MAX 64

struct site {
    const char *url;
    str body;
    const char *type, *final_url;
    enum fetch_status status;
    long code;
    const char *why;
    unsigned n_asked;
};

/* The calls know no context: one web a process. */
static struct {
    pthread_mutex_t mutex;
    struct site sites[SITES_MAX];
    unsigned n_sites, n_asked, n_open;
    unsigned delay; /* milliseconds */
    bool disk_full; /* outside of private folders */
    char referer[100];
} web = { .mutex = PTHREAD_MUTEX_INITIALIZER };

struct fetcher {
    struct fetch *first; /* not freed yet; under the web's mutex */
};

struct fetch {
    struct fetcher *owner;
    struct fetch *next;
    pthread_mutex_t mutex;
    pthread_cond_t ended;
    pthread_t thread;
    struct fetch_result result;
    char *url, *temp;
    bool done;
};

static struct fetcher *fake_open(const struct fetch_options *o, struct diag *dg)
{
    (void)dg;
    assert_int_equal(o->file_max, 64 << 20);
    web.n_open++;
    return calloc(1, sizeof(struct fetcher));
}

/* Nobody is at an address that is not in the table. */
static struct site fake_find(const char *url)
{
    struct site found = { .status = FETCH_DEAD, .why = "no such host" };

    pthread_mutex_lock(&web.mutex);
    web.n_asked++;
    for (unsigned i = 0; i < web.n_sites; i++)
        if (strcmp(web.sites[i].url, url) == 0) {
            web.sites[i].n_asked++;
            found = web.sites[i];
        }
    pthread_mutex_unlock(&web.mutex);
    return found;
}

/* 0, or an errno. */
static int fake_write(const char *path, str bytes)
{
    FILE *f;

    if (web.disk_full && strstr(path, "/cache/"))
        return ENOSPC;
    f = fopen(path, "wbx");
    if (!f)
        return errno;
    bool ok = fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
    return fclose(f) == 0 && ok ? 0 : EIO;
}

static void fake_answer(struct fetch *fe)
{
    struct site s = fake_find(fe->url);
    struct fetch_result *r = &fe->result;

    *r = (struct fetch_result){ .status = s.status,
                                .code = s.code,
                                .url = str_of(s.final_url ? s.final_url
                                                          : fe->url),
                                .type = str_of(s.type),
                                .why = str_of(s.why) };
    if (s.status != FETCH_OK)
        return;
    r->size = s.body.n;
    r->disk_error = fake_write(fe->temp, s.body);
    if (r->disk_error)
        r->status = FETCH_DEAD;
}

static void *fake_run(void *data)
{
    struct fetch *fe = data;
    struct timespec t = { .tv_nsec = web.delay * 1000000l };

    nanosleep(&t, NULL);
    fake_answer(fe);
    pthread_mutex_lock(&fe->mutex);
    fe->done = true;
    pthread_cond_broadcast(&fe->ended);
    pthread_mutex_unlock(&fe->mutex);
    return NULL;
}

static struct fetch *fake_start(struct fetcher *f, str url, str referer,
                                str temp)
{
    struct fetch *fe = calloc(1, sizeof *fe);

    pthread_mutex_lock(&web.mutex);
    fe->owner = f;
    fe->next = f->first;
    f->first = fe;
    snprintf(web.referer, sizeof web.referer, "%.*s", STR_ARG(referer));
    pthread_mutex_unlock(&web.mutex);
    pthread_mutex_init(&fe->mutex, NULL);
    pthread_cond_init(&fe->ended, NULL);
    fe->url = strndup(url.p, url.n);
    fe->temp = strndup(temp.p, temp.n);
    if (pthread_create(&fe->thread, NULL, fake_run, fe) != 0)
        abort();
    return fe;
}

static const struct fetch_result *fake_wait(struct fetch *fe)
{
    pthread_mutex_lock(&fe->mutex);
    while (!fe->done)
        pthread_cond_wait(&fe->ended, &fe->mutex);
    pthread_mutex_unlock(&fe->mutex);
    return &fe->result;
}

static bool fake_is_done(struct fetch *fe)
{
    pthread_mutex_lock(&fe->mutex);
    bool done = fe->done;
    pthread_mutex_unlock(&fe->mutex);
    return done;
}

static void fake_free(struct fetch *fe)
{
    struct fetch **at = &fe->owner->first;

    pthread_mutex_lock(&web.mutex);
    while (*at != fe)
        at = &(*at)->next;
    *at = fe->next;
    pthread_mutex_unlock(&web.mutex);
    pthread_join(fe->thread, NULL);
    pthread_cond_destroy(&fe->ended);
    pthread_mutex_destroy(&fe->mutex);
    free(fe->url);
    free(fe->temp);
    free(fe);
}

static void fake_close(struct fetcher *f)
{
    while (f->first)
        fake_free(f->first);
    free(f);
}

static const struct fetch_calls fake_calls = { fake_open,    fake_close,
                                               fake_start,   fake_wait,
                                               fake_is_done, fake_free };

static inline void web_clear(void)
{
    web.n_sites = web.n_asked = web.n_open = web.delay = 0;
    web.disk_full = false;
}

static inline struct site *web_add(const char *url, str body)
{
    struct site *s = &web.sites[web.n_sites++];

    if (web.n_sites > SITES_MAX)
        abort();
    *s = (struct site){
        .url = url, .body = body, .type = "image/gif", .code = 200
    };
    return s;
}

static inline struct site *web_add_dead(const char *url, long code,
                                        const char *why)
{
    struct site *s = web_add(url, (str){ 0 });

    s->status = FETCH_DEAD;
    s->code = code;
    s->why = why;
    return s;
}

#endif
