/* SPDX-License-Identifier: MIT */
/* library_parts.h - what the files of the library share: one item an address
 * and lane. Whoever sets an item's state to ITEM_BUSY owns the item until he
 * sets another one; a done item changes no more, so it is read by anybody. */
#ifndef ASSETS_LIBRARY_PARTS_H
#define ASSETS_LIBRARY_PARTS_H

#include <pthread.h>

#include "assets/cache.h"
#include "assets/fetch.h"
#include "assets/library.h"
#include "assets/lock.h"
#include "base/vec.h"

/* The downloads: fetch.h's, or a test's. */
struct fetch_calls {
    struct fetcher *(*open)(const struct fetch_options *o, struct diag *dg);
    void (*close)(struct fetcher *f);
    struct fetch *(*start)(struct fetcher *f, str url, str referer, str temp);
    const struct fetch_result *(*wait)(struct fetch *fe);
    bool (*is_done)(struct fetch *fe);
    void (*free)(struct fetch *fe);
};

struct library *library_open_with(const struct fetch_calls *calls,
                                  const struct library_options *o,
                                  struct diag *dg);

enum item_state {
    ITEM_NEW,
    ITEM_BUSY,
    ITEM_KEPT,     /* the cache should have it, by `found.hash` */
    ITEM_FETCHING, /* a download is under way, or over */
    ITEM_DONE
};

/* Whom the download asks. */
enum item_stage {
    STAGE_DIRECT,
    STAGE_QUERY, /* the archive: is there a copy? */
    STAGE_COPY   /* the archive: the copy */
};

/* What is asked of one address for different ends has different answers. */
enum item_lane { LANE_PICTURE, LANE_GUESS, LANE_DATA, LANE_COUNT };

struct item {
    enum item_state state;    /* under the library's mutex */
    bool asked;               /* by library_get(); under the mutex */
    struct item *prev, *next; /* in flight; under the mutex */
    bool in_flight;           /* under the mutex */

    str url, referer;
    enum web_kind kind;
    bool guess;
    struct date date; /* under the mutex, as is */
    uint32_t order;   /* whose date it is; UINT32_MAX: nobody's yet */
    const struct lock_entry *locked; /* what the lock says; may be NULL */

    enum item_stage stage;
    struct fetch *fetch;
    str at, temp; /* what is asked, and where its answer goes */
    str dead_why; /* why the address itself gave nothing */

    enum web_status status; /* and all below: the answer */
    struct lock_entry found;
    bool differs; /* from the lock */
    bool unsure;  /* dead, but it may be back another day */
};

struct library {
    const struct fetch_calls *calls;
    const struct settings *set;
    const volatile sig_atomic_t *interrupted;
    struct cache *cache;
    struct fetcher *fetcher; /* NULL: offline */
    struct lock lock;
    str lock_path;
    bool of_folder; /* and not of single posts */
    bool obey;      /* the lock is not renewed by this run */
    str today;

    pthread_mutex_t mutex; /* guards all below */
    pthread_cond_t changed;
    struct arena arena;
    struct map items[LANE_COUNT]; /* by address */
    struct item *first, *last;    /* in flight, the oldest first */
    bool needed, settled;
    VEC(bool) told;  /* by order of the posts: see library_told() */
    uint32_t n_told; /* so many from the first on, without a gap */
};

/* A copy of S that lives as long as the library. */
str library_keep(struct library *lib, str s);

/* The item of WANT, made when there is none; mutex held. */
struct item *item_find(struct library *lib, const struct web_want *want);
/* The date of WANT counts when its post is the first; mutex held. */
void item_claim(struct item *it, const struct web_want *want);
/* Waits until the date of IT stays as it is, and returns it. */
struct date item_wait_for_date(struct library *lib, const struct item *it);

/* Each of these is called by the item's owner and ends his owning. */

/* Finds out, of a new item, where its answer comes from: it is then kept, done
 * or being fetched. */
void item_plan(struct library *lib, struct item *it);
/* Begins to ask the network, unless it must not be asked. */
void item_begin(struct library *lib, struct item *it);
/* Begins the download of `at`. */
void item_fetch(struct library *lib, struct item *it);
/* Reads the file found for IT into A. A lock names it by its SHA-256, so where
 * there is one, or will be, nothing less is believed. */
bool item_read(struct library *lib, const struct item *it, struct arena *a,
               struct cache_file *file);
/* Reads a kept item into A: it is then done or, when the cache does not have
 * it after all, being fetched. */
void item_take_kept(struct library *lib, struct item *it, struct arena *a,
                    struct cache_file *file);
/* Waits for the download under way: the item is then done, with its *BYTES in
 * A, or the next download is under way. */
void item_take_fetched(struct library *lib, struct item *it, struct arena *a,
                       str *bytes);
/* It is done: `found` is set, or WHY it isn't. */
void item_end(struct library *lib, struct item *it, enum web_status status,
              str why);
void item_set(struct library *lib, struct item *it, enum item_state state);

/* Is the archive to be asked when the address gives nothing? */
bool item_has_archive(const struct library *lib, const struct item *it);
/* The cache's name for the archived copy of an address. */
str item_archive_name(const struct item *it, struct arena *a);

/* Its download is over. */
void item_land(struct library *lib, struct item *it);
/* Goes on with downloads that are over but that need another one, among the
 * oldest that are under way: nobody may be waiting for them yet. */
void library_advance(struct library *lib);
/* Keeps what was downloaded and that nobody came for. */
void library_gather(struct library *lib);

/* Reports what differs from the lock. */
void library_report(struct library *lib, struct diag *dg);
bool library_write_lock(struct library *lib, struct diag *dg);
/* "2026-11-22": SOURCE_DATE_EPOCH, or today. */
str library_today(struct arena *a);

#endif
