/* SPDX-License-Identifier: MIT */
/* cache_parts.h - what the files of the cache share. */
#ifndef ASSETS_CACHE_PARTS_H
#define ASSETS_CACHE_PARTS_H

#include <pthread.h>

#include "assets/cache.h"

struct cache {
    pthread_mutex_t mutex; /* guards all but `dir` and `nonce` */
    struct arena arena;
    str dir;     /* the user's, without a slash at its end; empty: none */
    str nonce;   /* tells this run's temporary files from others' */
    str spare;   /* the private folder; empty: not needed yet */
    str trouble; /* why `dir` can't be written; empty: it can, so far */
    bool ready;  /* `dir` was made, swept and tried */
    unsigned n_temps;
};

/* The folders that hold files by the hash of their names, and the one for what
 * is being written. */
#define CACHE_OBJECTS "objects"
#define CACHE_URLS    "urls"
#define CACHE_TMP     "tmp"

/* Opens the folder NAME of the folder AT, or of none with AT < 0; makes it for
 * this user alone with MAKE. Follows no link when it has a parent. -1: errno
 * says why. */
int cache_folder(int at, const char *name, bool make);
/* The folder KIND of the cache ROOT, which may be empty: there is none. */
int cache_room(str root, const char *kind, bool make);
/* Its folder "ab" for the 64 hexadecimal digits HEX. */
int cache_shelf(str root, const char *kind, str hex, bool make);

struct cache_place {
    int tmp, folder; /* open */
    const char *name;
};
/* Writes BYTES under the name TEMP in tmp/, then renames the file to its
 * place. False: errno says why, and nothing is left. */
bool cache_write(const struct cache_place *to, const char *temp, str bytes);

/* False: errno says why. */
bool cache_write_all(int fd, str bytes);

/* Makes ROOT with the folders above it, marks it as a cache (CACHEDIR.TAG,
 * bford.info/cachedir) when it is new, removes what killed runs left, and sees
 * whether a file can be made in it. False: errno says why. */
bool cache_prepare(str root, str nonce);

/* The beginning of the names of this run's temporary files: the computer, the
 * process, the time. */
str cache_new_nonce(struct arena *a);
/* Removes from the open folder TMP what no run is writing any more. */
void cache_sweep(int tmp, uint64_t *n_files, uint64_t *n_bytes);

/* Where new files go: `dir`, or `spare` after trouble; empty: nowhere. */
str cache_root(struct cache *c);
str cache_spare(struct cache *c);
/* `dir` can't be written, as the errno E says: `spare` is used from here on. */
void cache_distrust(struct cache *c, int e);
/* The name of a new file in tmp/. */
str cache_temp_name(struct cache *c, struct arena *a);

/* Says that the open file FD was used, at most once a day. */
void cache_touch(int fd);
/* Removes the private folder DIR with all that is in it. */
void cache_remove(str dir);

#endif
