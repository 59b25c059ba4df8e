/* SPDX-License-Identifier: MIT */
/* fetch.h - downloads, many at a time, by libcurl. One thread of its own does
 * all of them; every function may be called by several threads.
 *
 * http and https only; at most `connections` at once and 4 a host; at most 5
 * redirects; what is refused is refused again after DNS and after a redirect.
 * A connection to a loopback, link-local, private or otherwise special address
 * (RFC 6890) is refused unless `allow_private`. Tried three times, with a pause
 * that grows and that obeys Retry-After, when another try may help. */
#ifndef ASSETS_FETCH_H
#define ASSETS_FETCH_H

#include <signal.h>

#include "base/diag.h"

struct fetcher;

struct fetch_options {
    unsigned connections; /* 0: the default */
    str proxy;            /* empty: none; the environment's is not asked */
    bool allow_private;
    uint64_t file_max, total_max; /* bytes of one body, of all of them */
    const volatile sig_atomic_t *interrupted;
};

enum fetch_status {
    FETCH_OK,
    FETCH_DEAD,    /* not there: an error of the server, the network, ... */
    FETCH_REFUSED, /* we don't want to: a private address, a scheme, ... */
    FETCH_STOPPED  /* the run is ending */
};

struct fetch_result {
    enum fetch_status status;
    long code; /* of HTTP; 0: no answer */
    uint64_t size;
    str url;  /* after redirects */
    str type; /* Content-Type, lower case, without parameters */
    str why;  /* a clause for the user: "404 Not Found", "no such host" */
};

struct fetch; /* one download */

/* NULL: already reported. */
struct fetcher *fetcher_new(const struct fetch_options *o, struct diag *dg);
/* Ends what is under way. */
void fetcher_free(struct fetcher *f);

/* Begins to load URL, with REFERER when it is not empty, into the new file
 * TEMP, which is removed again when it fails. */
struct fetch *fetcher_start(struct fetcher *f, str url, str referer, str temp);

/* Waits for its end. The result lives until fetch_free(). */
const struct fetch_result *fetch_wait(struct fetch *fe);
/* Has it ended? */
bool fetch_is_done(struct fetch *fe);
void fetch_free(struct fetch *fe);

#endif
