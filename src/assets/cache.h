/* SPDX-License-Identifier: MIT */
/* cache.h - what was fetched, kept for the next run: files named by the SHA-256
 * of their bytes, and what each address gave. Several programs may use one
 * folder at the same time; whoever is killed leaves it usable.
 *
 *     packs/1             small files, one behind the other
 *     objects/ab/cdef...  a larger one by its SHA-256
 *     journal-2           lines: where in a pack a file is, what an address
 * gave tmp/                what is being written
 *
 * A pack and the journal only grow, by one write() at a time; all else is
 * written in tmp/ and renamed to its place. None of it is synced: what a kill
 * or a power failure cuts off or damages is found when it is read, and is
 * fetched again. All functions but open and close may be called by several
 * threads. */
#ifndef ASSETS_CACHE_H
#define ASSETS_CACHE_H

#include "base/diag.h"
#include "book/settings.h"

struct cache;

#define CACHE_HASH      32           /* bytes of a SHA-256 */
#define CACHE_FILE_MAX  (64u << 20)  /* a bigger file is none of ours */
#define CACHE_SMALL_MAX (128u << 10) /* a file in a pack */
#define CACHE_DAYS      90           /* how long --cache-gc keeps the unused */

/* --cache-dir, $XDG_CACHE_HOME/blog2book or the system's place for caches;
 * empty: there is none. */
str cache_default_dir(const struct settings *set, struct arena *a);

/* DIR is made when something is kept. Where it can't be written, what is
 * fetched goes to a private folder that ends with the cache. */
struct cache *cache_open(str dir);
void cache_close(struct cache *c); /* NULL is fine */
/* Writes what is not written yet; reports when DIR could not be written. */
void cache_report(struct cache *c, struct diag *dg);

/* The name of a file to download into, on the cache's file system; in A. */
str cache_temp(struct cache *c, struct arena *a);
/* A download into the file of that name failed because it could not be
 * written, with the errno ERROR: from here on the private folder is used.
 * False: the file was in that folder, or there is none. */
bool cache_fall_back(struct cache *c, str temp, int error);
/* Takes the file TEMP over, in which BYTES are. False: it could not be kept;
 * it is gone. */
bool cache_take(struct cache *c, str temp, str bytes, uint8_t hash[CACHE_HASH]);
/* Keeps BYTES that are in no file. False: it could not be kept. */
bool cache_keep(struct cache *c, str bytes, uint8_t hash[CACHE_HASH]);
/* Is there a file of this name? Looks at nothing else. */
bool cache_has(struct cache *c, const uint8_t hash[CACHE_HASH]);
/* Reads a file and checks it against its name; one that differs is removed.
 * False: it isn't there. */
bool cache_read(struct cache *c, const uint8_t hash[CACHE_HASH],
                struct arena *a, str *bytes);

/* How a small file is known to be the one of its name. Whoever can write in
 * the cache can make a file with the checksums of another one; nothing else
 * that may happen to a disk is likely to. */
enum cache_proof {
    CACHE_PROOF_SUMS, /* by its length, CRC-32 and Adler-32 when it was kept */
    CACHE_PROOF_HASH  /* by its SHA-256, which takes five times as long */
};

struct cache_file {
    str bytes;
    bool has_crc; /* a small file was summed up: CRC is its CRC-32 */
    uint32_t crc;
};
/* The same as cache_read(). */
bool cache_read_file(struct cache *c, const uint8_t hash[CACHE_HASH],
                     enum cache_proof proof, struct arena *a,
                     struct cache_file *out);

/* What an address gave when it was last asked. */
struct cache_entry {
    uint8_t hash[CACHE_HASH];
    uint64_t size;
    str final_url, type;
    str date; /* the day, "2026-11-22" */
};
/* The texts of OUT are in A. */
bool cache_find(struct cache *c, str url, struct arena *a,
                struct cache_entry *out);
void cache_note(struct cache *c, str url, const struct cache_entry *e);

/* Removes what no run of the last DAYS days used, and what a killed run left
 * behind; of the packs only while no other program uses the cache (false: one
 * does), and only when that frees something. Adds up what it freed. */
bool cache_gc(struct cache *c, unsigned days, uint64_t *n_files,
              uint64_t *n_bytes);

#endif
