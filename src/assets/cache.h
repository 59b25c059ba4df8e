/* SPDX-License-Identifier: MIT */
/* cache.h - what was fetched, kept for the next run: files named by the SHA-256
 * of their bytes, and what each address gave. Several programs may use one
 * folder at the same time; whoever is killed leaves it usable. */
#ifndef ASSETS_CACHE_H
#define ASSETS_CACHE_H

#include "base/diag.h"

struct cache;

#define CACHE_HASH 32 /* bytes of a SHA-256 */

/* DIR is made when something is kept. Never fails: a folder that can't be used
 * is reported once and keeps nothing beyond this run. */
struct cache *cache_open(str dir, struct diag *dg);
void cache_close(struct cache *c);

/* The name of a file to download into, on the cache's file system; in A. */
str cache_temp(struct cache *c, struct arena *a);
/* Takes the file TEMP over. False: it could not be kept; it is gone. */
bool cache_take(struct cache *c, str temp, uint8_t hash[CACHE_HASH],
                uint64_t *size);
/* Reads a file and checks it against its name; one that differs is removed.
 * False: it isn't there. */
bool cache_read(struct cache *c, const uint8_t hash[CACHE_HASH],
                struct arena *a, str *bytes);

/* What an address gave when it was last asked. */
struct cache_entry {
    uint8_t hash[CACHE_HASH];
    uint64_t size;
    str final_url, type;
};
bool cache_find(struct cache *c, str url, struct arena *a,
                struct cache_entry *out);
void cache_note(struct cache *c, str url, const struct cache_entry *e);

/* Removes what no run of the last DAYS days used, and what a killed run left
 * behind. Adds up what it freed. */
bool cache_gc(struct cache *c, unsigned days, uint64_t *n_files,
              uint64_t *n_bytes, struct diag *dg);

#endif
