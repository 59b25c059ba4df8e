/* SPDX-License-Identifier: MIT */
/* lock.h - blog2book.lock: what every address on the web gave when the book
 * was locked, one block an address, sorted by address:
 *
 *     version: 1
 *     files:
 *     - url: https://example.org/a.png
 *       final: https://cdn.example.org/a.png     where it differs from url
 *       status: ok                               archived, dead, refused,
 * offline sha256: 9f86d081884c7d65...              when there is a file type:
 * image/png size: 20481                              bytes pixels: 640x480 of a
 * picture reason: 404 Not Found                    when there is no file date:
 * 2026-11-22                         the day it was fetched
 *
 * It is YAML, of which only this shape is read: an entry starts where a line
 * starts with "- ". So memory and time stay linear whatever the file has. */
#ifndef ASSETS_LOCK_H
#define ASSETS_LOCK_H

#include "base/diag.h"
#include "base/map.h"

#define LOCK_HASH        32 /* bytes of a SHA-256 */
#define LOCK_FILE_MAX    (64u << 20)
#define LOCK_ENTRIES_MAX 1000000

enum lock_status {
    LOCK_OK,
    LOCK_ARCHIVED,
    LOCK_DEAD,
    LOCK_REFUSED,
    LOCK_OFFLINE /* not kept, and the network was not asked: it binds only
                    --frozen */
};

struct lock_entry {
    str url, final_url; /* final_url: empty where it is url */
    enum lock_status status;
    uint8_t hash[LOCK_HASH]; /* of LOCK_OK and LOCK_ARCHIVED, as all below */
    uint64_t size;
    uint32_t width, height; /* 0: not known */
    str type;
    str reason; /* of the others */
    str date;
    unsigned line; /* in the file, of its first line */
};

struct lock {
    struct map entries; /* by url, to struct lock_entry */
    bool exists;        /* there is a file */
};

/* Does E have a file? */
static inline bool lock_has_file(const struct lock_entry *e)
{
    return e->status == LOCK_OK || e->status == LOCK_ARCHIVED;
}

/* Reads PATH; no file is an empty lock. The texts of L are in A. False: already
 * reported. */
bool lock_read(struct lock *l, str path, struct arena *a, struct diag *dg);

/* NULL: not locked. */
const struct lock_entry *lock_find(const struct lock *l, str url);

/* Sorts the N entries by address and writes them to PATH, whole or not at all.
 * Of two with the same address the one that has a file is written. False:
 * already reported. */
bool lock_write(struct lock_entry *entries, size_t n, str path,
                struct diag *dg);

#endif
