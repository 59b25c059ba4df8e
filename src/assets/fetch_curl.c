/* SPDX-License-Identifier: MIT */
#include <curl/curl.h>
#include <stdlib.h>

#include "assets/fetch_easy.h"

#include "base/arena.h"

#if !CURL_AT_LEAST_VERSION(7, 68, 0)
#error "libcurl 7.68 or newer is needed, for curl_multi_wakeup()"
#endif

/* What fits a book best first, for servers that have a choice. */
#define ACCEPT                                                                 \
    "Accept: image/jpeg,image/png,image/gif,image/svg+xml,image/webp;q=0.9,"   \
    "*/*;q=0.8"

static void put_cstring(struct buf *b, str s)
{
    buf_put(b, s);
    buf_putc(b, '\0');
    b->n--;
}

static struct transport *new_of(CURLM *multi, const struct fetch_options *o,
                                unsigned n)
{
    struct transport *t = calloc(1, sizeof *t);

    if (!t || !(t->idle = calloc(n, sizeof *t->idle)) ||
        !(t->headers = curl_slist_append(NULL, ACCEPT)))
        die("out of memory");
    t->multi = multi;
    t->options = o;
    t->n = n;
    put_cstring(&t->proxy, o->proxy);
    put_cstring(&t->ca_file, o->ca_file);
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
    /* How many connections are kept for later. */
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)n);
    return t;
}

struct transport *transport_new(const struct fetch_options *o, unsigned n,
                                const char **why)
{
    CURLM *multi;
    CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);

    if (code != CURLE_OK) {
        *why = curl_easy_strerror(code);
        return NULL;
    }
    if (!(multi = curl_multi_init())) {
        *why = "out of memory";
        curl_global_cleanup();
        return NULL;
    }
    return new_of(multi, o, n);
}

static void release(struct transfer *tr)
{
    struct transport *t = tr->transport;

    curl_multi_remove_handle(t->multi, tr->easy);
    curl_easy_reset(tr->easy);
    t->idle[t->n_idle++] = tr->easy;
    tr->easy = NULL;
}

void transport_free(struct transport *t)
{
    while (t->n_idle > 0)
        curl_easy_cleanup(t->idle[--t->n_idle]);
    curl_multi_cleanup(t->multi);
    curl_slist_free_all(t->headers);
    curl_global_cleanup();
    buf_done(&t->proxy);
    buf_done(&t->ca_file);
    free(t->idle);
    free(t);
}

void transport_start(struct transport *t, struct transfer *tr)
{
    tr->transport = t;
    tr->easy = t->n_idle ? t->idle[--t->n_idle] : curl_easy_init();
    if (!tr->easy)
        die("out of memory");
    buf_reset(&tr->type);
    buf_reset(&tr->redirect);
    tr->attempt = (struct attempt){ 0 };
    tr->why = tr->special = NULL;
    tr->head = tr->waste = 0;
    easy_prepare(tr);
    if (curl_multi_add_handle(t->multi, tr->easy) != CURLM_OK)
        die("out of memory");
}

void transport_stop(struct transfer *tr)
{
    if (tr->easy)
        release(tr);
}

void transport_run(struct transport *t, int ms)
{
    int running;

    curl_multi_poll(t->multi, NULL, 0, ms, NULL);
    curl_multi_perform(t->multi, &running);
}

struct transfer *transport_ended(struct transport *t)
{
    CURLMsg *m;
    int left;

    while ((m = curl_multi_info_read(t->multi, &left))) {
        char *own = NULL;
        if (m->msg != CURLMSG_DONE)
            continue;
        CURLcode code = m->data.result;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &own);
        struct transfer *tr = (struct transfer *)(void *)own;
        easy_conclude(tr, (int)code);
        release(tr);
        return tr;
    }
    return NULL;
}

void transport_wake(struct transport *t)
{
    curl_multi_wakeup(t->multi);
}

void transfer_done(struct transfer *tr)
{
    buf_done(&tr->type);
    buf_done(&tr->redirect);
}
