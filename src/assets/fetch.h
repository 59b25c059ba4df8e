/* SPDX-License-Identifier: MIT */
/* fetch.h - downloads, many at a time, by libcurl. One thread of its own does
 * all of them; every function but fetcher_free() may be called by several
 * threads at once.
 *
 * http and https only; at most `connections` at once and 4 a host; at most 5
 * redirects; what is refused is refused again after DNS and after a redirect.
 * A connection to a loopback, link-local, private or otherwise special address
 * (RFC 6890) is refused unless `allow_private`; behind a proxy, which does the
 * DNS, only an address that is written as one. Tried three times, with a pause
 * that grows and that obeys Retry-After, when another try may help. A host
 * that gave no answer to two downloads running is not asked again.
 *
 * Where libcurl is missing every download ends as FETCH_DEAD and says so; it is
 * loaded, and the thread begun, with the first download. */
#ifndef ASSETS_FETCH_H
#define ASSETS_FETCH_H

#include <signal.h>

#include "base/diag.h"

struct fetcher;

/* Milliseconds; 0 is the default. */
struct fetch_times {
    unsigned connect; /* DNS, TCP and TLS: 10,000 */
    unsigned stall;   /* under 100 bytes a second, whole seconds: 15,000 */
    unsigned total;   /* one answer with its body: 120,000 */
    unsigned pause;   /* before the second try: 500; 4 times it: the third */
};

struct fetch_options {
    unsigned connections; /* 0: 24; at most 256 */
    str proxy;            /* http, https or socks5h://host:port; empty: none;
                             the environment's is not asked */
    str ca_file;          /* PEM file of whom to trust; empty: the system's */
    bool allow_private;
    /* Bytes of one body, and of all of them, failed ones too; as they are
     * without Content-Encoding. 0: 64 MB, 4 GB. */
    uint64_t file_max, total_max;
    uint64_t small_max; /* up to so many bytes are given in memory; 0: none */
    struct fetch_times times;
    /* Non-zero ends all downloads as FETCH_STOPPED, in a tenth of a second.
     * May be NULL. */
    const volatile sig_atomic_t *interrupted;
};

enum fetch_status {
    FETCH_OK,
    FETCH_DEAD,    /* not there: an error of the server, the network, ... */
    FETCH_REFUSED, /* we don't want to: a private address, a scheme, a size */
    FETCH_STOPPED  /* the run is ending */
};

struct fetch_result {
    enum fetch_status status;
    long code; /* of HTTP; 0: no answer */
    uint64_t size;
    str bytes; /* of a small body, which is in no file; else p is NULL */
    str url;   /* after redirects, without a fragment */
    str type;  /* Content-Type, lower case, without parameters */
    str why;   /* a clause for the user: "404 Not Found", "no such host"; empty
                  when all is well; the same words whatever the libcurl */
    int disk_error; /* TEMP could not be written: an errno; else 0 */
};

struct fetch; /* one download */

/* Copies what O points to but `interrupted`. NULL: already reported. */
struct fetcher *fetcher_new(const struct fetch_options *o, struct diag *dg);
/* Ends what is under way, and frees every download that is not freed yet; no
 * thread may be in fetch_wait(). NULL is fine. */
void fetcher_free(struct fetcher *f);

/* Begins to load URL, with REFERER when it is not empty, into memory or the new
 * file TEMP, which is removed again when it fails. Copies its texts. */
struct fetch *fetcher_start(struct fetcher *f, str url, str referer, str temp);

/* Waits for its end. The result lives until fetch_free(). */
const struct fetch_result *fetch_wait(struct fetch *fe);
/* Has it ended? */
bool fetch_is_done(struct fetch *fe);
/* Before its end: nobody wants it any more; TEMP goes away, in time. */
void fetch_free(struct fetch *fe);

#endif
