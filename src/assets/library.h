/* SPDX-License-Identifier: MIT */
/* library.h - what a book takes from the web: files by address, out of the
 * lock, the cache or the network, in this order.
 *
 * The same address is asked for once, however many posts name it, and every
 * asker gets the same answer. All functions may be called by several threads
 * at once. */
#ifndef ASSETS_LIBRARY_H
#define ASSETS_LIBRARY_H

#include <signal.h>

#include "base/diag.h"
#include "book/post.h"
#include "book/settings.h"

struct library;
struct cache;

enum web_kind {
    WEB_PICTURE, /* anything else that comes is no answer */
    WEB_DATA     /* JSON or text: what an embed table's endpoint says */
};

struct web_want {
    str url;     /* http or https, absolute, as sent: percent-encoded, ASCII
                    host; a fragment is not part of it */
    str referer; /* the post's address, or empty */
    enum web_kind kind;
    bool guess;       /* a picture's better address, made up of the one that its
                         author gave: the archive is not asked for it */
    struct date date; /* the post's, for the archive; year 0: unknown */
    uint32_t order;   /* the post's in the book: of all askers' dates the
                         first one's counts */
};

enum web_status {
    WEB_FOUND,
    WEB_ARCHIVED, /* found, in the Internet Archive */
    WEB_OFFLINE,  /* not kept, and the network was not asked */
    WEB_DEAD,     /* asked for, and not to be had */
    WEB_REFUSED,  /* an address that we do not ask: a private network, ... */
    WEB_UNLOCKED  /* --frozen, and the lock doesn't have it or differs */
};

struct web_file {
    enum web_status status;
    str bytes; /* of the file, when it was found; in the caller's arena */
    const uint8_t *sha256; /* of the bytes, beside them; NULL: not computed */
    bool has_crc;          /* CRC is the bytes' CRC-32 */
    uint32_t crc;
    str url; /* where it was found in the end */
    str why; /* when it was not: a clause for the user, "404 Not Found" */
};

/* "blog2book.lock" beside book.yaml: in the first folder that was named. */
str library_lock_path(const struct settings *set, struct arena *a);

struct library_options {
    const struct settings *set;
    struct cache *cache; /* borrowed */
    str lock_path;
    /* When it becomes non-zero, all waiting ends. */
    const volatile sig_atomic_t *interrupted;
};

/* The library of a run. Reads the lock; connects to nothing yet. NULL: already
 * reported. */
struct library *library_open(const struct library_options *o, struct diag *dg);

/* Begins to fetch WANT if that needs the network; does not wait. */
void library_want(struct library *lib, const struct web_want *want);

/* WANT, a picture, may be asked for later: its date counts from now on. Only
 * the archive needs to know. */
void library_claim(struct library *lib, const struct web_want *want);

/* The post of this place in the book has claimed all it will; each post tells
 * so once or more, whatever becomes of it. Before, the archive is not asked for
 * what posts behind it want, so that no order of threads shows in a book. */
void library_told(struct library *lib, uint32_t order);

/* Waits for WANT. OUT's texts live in A. Never reports: what a missing file
 * means is the caller's to say. */
void library_get(struct library *lib, const struct web_want *want,
                 struct arena *a, struct web_file *out);

/* Waits until the network is needed for the first time (true), or until
 * library_close() or library_settle() make that impossible (false): then it is
 * worth looking ahead for what else the book wants. */
bool library_wait_for_need(struct library *lib);
void library_settle(struct library *lib);

/* How many files are asked for and not here yet, and the host of one of them,
 * for the progress line. */
uint32_t library_waiting(struct library *lib, struct arena *a, str *host);

/* Ends what is under way, reports what differs from the lock and a cache that
 * could not be used, and frees LIB; NULL is fine. With PUBLISH and --lock (and
 * no --frozen), writes the lock first, sorted by address. Only what
 * library_get() was asked for is in it, and what it had of other addresses when
 * this is a book of some of the posts. False: already reported. */
bool library_close(struct library *lib, bool publish, struct diag *dg);

#endif
