/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "assets/fetch_easy.h"

#include "base/arena.h"

#if !CURL_AT_LEAST_VERSION(7, 68, 0)
#error "libcurl 7.68 or newer is needed, for c->curl_multi_wakeup_()"
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

static void prepare(struct transport *t, const struct fetch_options *o,
                    unsigned n)
{
    struct curl_library *c = &t->curl;

    if (!(t->idle = calloc(n, sizeof *t->idle)) ||
        !(t->headers = c->curl_slist_append_(NULL, ACCEPT)) ||
        !(t->multi = c->curl_multi_init_()))
        die("out of memory");
    t->options = o;
    put_cstring(&t->proxy, o->proxy);
    put_cstring(&t->ca_file, o->ca_file);
    c->curl_multi_setopt_(t->multi, CURLMOPT_PIPELINING,
                          (long)CURLPIPE_MULTIPLEX);
    /* How many connections are kept for later. */
    c->curl_multi_setopt_(t->multi, CURLMOPT_MAXCONNECTS, (long)n);
}

struct transport *transport_new(const struct fetch_options *o, unsigned n,
                                const char **why)
{
    struct transport *t = calloc(1, sizeof *t);

    if (!t)
        die("out of memory");
    if (!curl_library_load(&t->curl)) {
        *why = "libcurl is not installed";
    } else if (t->curl.curl_global_init_(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        *why = "libcurl does not start";
    } else {
        prepare(t, o, n);
        return t;
    }
    free(t);
    return NULL;
}

const struct curl_library *transport_curl(const struct transport *t)
{
    return &t->curl;
}

static void release(struct transfer *tr)
{
    struct transport *t = tr->transport;
    struct curl_library *c = &t->curl;

    c->curl_multi_remove_handle_(t->multi, tr->easy);
    c->curl_easy_reset_(tr->easy);
    t->idle[t->n_idle++] = tr->easy;
    tr->easy = NULL;
}

void transport_free(struct transport *t)
{
    const struct curl_library *c = &t->curl;

    while (t->n_idle > 0)
        c->curl_easy_cleanup_(t->idle[--t->n_idle]);
    c->curl_multi_cleanup_(t->multi);
    c->curl_slist_free_all_(t->headers);
    c->curl_global_cleanup_();
    buf_done(&t->proxy);
    buf_done(&t->ca_file);
    free(t->idle);
    free(t);
}

void transport_start(struct transport *t, struct transfer *tr)
{
    const struct curl_library *c = &t->curl;

    tr->transport = t;
    tr->easy = t->n_idle ? t->idle[--t->n_idle] : c->curl_easy_init_();
    if (!tr->easy)
        die("out of memory");
    buf_reset(&tr->type);
    buf_reset(&tr->redirect);
    tr->attempt = (struct attempt){ 0 };
    tr->why = tr->special = NULL;
    tr->head = tr->waste = 0;
    easy_prepare(tr);
    if (c->curl_multi_add_handle_(t->multi, tr->easy) != CURLM_OK)
        die("out of memory");
}

void transport_stop(struct transfer *tr)
{
    if (tr->easy)
        release(tr);
}

void transport_run(struct transport *t, int ms)
{
    const struct curl_library *c = &t->curl;
    int running;

    c->curl_multi_poll_(t->multi, NULL, 0, ms, NULL);
    c->curl_multi_perform_(t->multi, &running);
}

struct transfer *transport_ended(struct transport *t)
{
    const struct curl_library *c = &t->curl;
    CURLMsg *m;
    int left;

    while ((m = c->curl_multi_info_read_(t->multi, &left))) {
        char *own = NULL;
        if (m->msg != CURLMSG_DONE)
            continue;
        CURLcode code = m->data.result; /* M ends with the handle */
        c->curl_easy_getinfo_(m->easy_handle, CURLINFO_PRIVATE, &own);
        struct transfer *tr = (struct transfer *)(void *)own;
        easy_conclude(tr, code);
        release(tr);
        return tr;
    }
    return NULL;
}

void transport_wake(struct transport *t)
{
    const struct curl_library *c = &t->curl;

    c->curl_multi_wakeup_(t->multi);
}

void transfer_done(struct transfer *tr)
{
    buf_done(&tr->type);
    buf_done(&tr->redirect);
}
