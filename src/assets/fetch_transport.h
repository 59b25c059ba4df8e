/* SPDX-License-Identifier: MIT */
/* fetch_transport.h - single tries, by libcurl: no queue, no redirect followed,
 * nothing tried again. All calls are of one thread, but transport_wake(). */
#ifndef ASSETS_FETCH_TRANSPORT_H
#define ASSETS_FETCH_TRANSPORT_H

#include "assets/fetch.h"
#include "assets/fetch_body.h"
#include "assets/fetch_retry.h"
#include "base/buf.h"

struct curl_library;
struct transport;

/* One try. The caller's, as are all pointers in it, until it was handed out by
 * transport_ended(). */
struct transfer {
    const char *url, *referer; /* referer: may be empty */
    void *owner;               /* whose it is; not looked at */
    struct body *body;         /* gets the body of an answer with 200 */
    struct attempt attempt;    /* how it ended */
    const char *why;           /* in words, static; NULL of FAULT_STATUS */
    struct buf type;           /* Content-Type as sent */
    struct buf redirect;       /* where to, absolute; empty: nowhere */
    void *easy;                /* a CURL, while it runs */
    struct transport *transport;
    const char *special;  /* the address it was not connected to */
    uint64_t head, waste; /* bytes of headers, of bodies not wanted */
};

/* O stays the caller's and must live as long. NULL: WHY says why. */
struct transport *transport_new(const struct fetch_options *o, unsigned n,
                                const char **why);
/* No try may be running. */
void transport_free(struct transport *t);

void transport_start(struct transport *t, struct transfer *tr);
/* Works until something happens, or MS milliseconds. */
void transport_run(struct transport *t, int ms);
/* A try that is over; NULL: none is. */
struct transfer *transport_ended(struct transport *t);
/* Ends TR, if it runs, without handing it out. */
void transport_stop(struct transfer *tr);
const struct curl_library *transport_curl(const struct transport *t);
/* Ends transport_run(). Any thread. */
void transport_wake(struct transport *t);

void transfer_done(struct transfer *tr); /* frees what it owns */

#endif
