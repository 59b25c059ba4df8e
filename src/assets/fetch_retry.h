/* SPDX-License-Identifier: MIT */
/* fetch_retry.h - how a try can end, and whether another one may help. */
#ifndef ASSETS_FETCH_RETRY_H
#define ASSETS_FETCH_RETRY_H

#include "base/str.h"

enum fault {
    FAULT_NONE,
    FAULT_STATUS,       /* an answer, but no file: see the code */
    FAULT_NO_HOST,      /* DNS has no such name */
    FAULT_NO_CONNECT,   /* refused, no route, ... */
    FAULT_CONNECT_TIME, /* nobody answers */
    FAULT_TLS,          /* a certificate that is not trusted, ... */
    FAULT_STALL,        /* nothing comes any more */
    FAULT_TIME,         /* it comes, but takes too long */
    FAULT_CUT,          /* the connection broke off */
    FAULT_PROTOCOL,     /* not HTTP, or too much of it */
    FAULT_LOCAL,        /* our disk */
    FAULT_UNWANTED,     /* an address or a size that is refused */
    FAULT_COUNT
};

/* A longer Retry-After (seconds) is obeyed by not asking again. */
#define RETRY_AFTER_MAX 60

struct attempt {
    enum fault fault;
    long code;          /* of HTTP, or 0 */
    double retry_after; /* seconds; 0: the server didn't say */
};

/* Seconds to wait before try number DONE + 1 of URL, when FIRST is the pause
 * before the second one; less than 0: don't. What it adds to FIRST, so that a
 * page of pictures does not come back all at once, depends on URL alone. */
double retry_pause(const struct attempt *t, unsigned done, str url,
                   double first);

/* Does it speak against the host, not only against the file? */
bool retry_blames_host(const struct attempt *t);

/* "Not Found" of 404; "" if it is none of RFC 9110's. */
const char *retry_phrase(long code);

#endif
