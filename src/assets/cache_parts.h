/* SPDX-License-Identifier: MIT */
/* cache_parts.h - what the files of the cache share. */
#ifndef ASSETS_CACHE_PARTS_H
#define ASSETS_CACHE_PARTS_H

#include <pthread.h>

#include "assets/cache.h"
#include "base/buf.h"
#include "base/map.h"

#define CACHE_OBJECTS "objects"
#define CACHE_URLS    "urls" /* of older versions; not read any more */
#define CACHE_PACKS   "packs"
#define CACHE_TMP     "tmp"
#define CACHE_JOURNAL "journal-2"

#define CACHE_DAY        (24 * 60 * 60)
#define CACHE_PACK_MAX   (256u << 20) /* one that long gets nothing more */
#define CACHE_FIELDS_MAX 6

/* A line of the journal: a check of all that follows, the letter of its kind
 * and its fields, separated by tabs. Of the lines for one key the last counts.
 * The check is looked at when a line is used. */
enum cache_line {
    LINE_NOTE,  /* sha256, size, date, type, final address; key: the address */
    LINE_PLACE, /* pack, offset, size, day of use, sums; key: sha256 */
    LINE_USE,   /* day of use; key: sha256 */
    LINE_KINDS
};

struct cache_pack {
    unsigned id; /* and its name in packs/ */
    int fd;      /* for reading */
};

/* A folder of kept files: the user's, or the private one. What is open stays
 * open until the end. */
struct cache_store {
    str root; /* empty: there is none */
    struct arena arena;
    struct map lines[LINE_KINDS]; /* by key: str *, or NULL: forgotten */
    int journal;                  /* locked (shared), or -1 */
    bool can_write;               /* the journal was opened for it */
    uint64_t seen;                /* bytes of the journal that are in LINES */
    uint64_t size;                /* how long it was when it was last read */
    struct buf pending;           /* lines that are not written yet */
    double flushed, looked;       /* when; clock_seconds() */
    struct cache_pack *packs;
    size_t n_packs, cap_packs;
    unsigned last_pack; /* the highest number met; 0: none */
    int writing;        /* the last pack, for appending, or -1 */
    uint64_t written;   /* how long that was when it was last seen */
};

struct cache {
    pthread_mutex_t mutex; /* guards all but `own.root` and `nonce` */
    struct arena arena;
    struct cache_store own;   /* its root is without a slash at its end */
    struct cache_store spare; /* private; without a root: not needed yet */
    str nonce;   /* tells this run's temporary files from others' */
    str trouble; /* why `own` can't be written; empty: it can, so far */
    bool ready;  /* `own` was made, swept and tried */
    unsigned n_temps;
};

void cache_store_init(struct cache_store *s, str root);
/* Writes what is pending, and closes; S may be used again, as a new one. */
void cache_store_done(struct cache_store *s);

/* All of these that take a store are called with the cache's mutex held. */

/* The newest line of KIND for KEY: its fields, which live as long as S. Where
 * there is none, what other programs wrote is looked at, as often as they
 * write. */
bool cache_line_find(struct cache_store *s, enum cache_line kind, str key,
                     str fields[CACHE_FIELDS_MAX]);
/* As if KEY had none. */
void cache_line_forget(struct cache_store *s, enum cache_line kind, str key);
/* Adds a line, for this run at once and for others when it is flushed. */
void cache_line_add(struct cache_store *s, enum cache_line kind, str key,
                    str fields);
/* Appends to OUT the line as it stands in the file. */
void cache_line_print(enum cache_line kind, str key, str fields,
                      struct buf *out);
/* Writes the lines added so far. False: errno says why. */
bool cache_flush(struct cache_store *s);
/* The same unless it was done a moment ago: a thousand small files that come in
 * a second are not a thousand writes. */
bool cache_flush_soon(struct cache_store *s);
/* Reads the journal, if there is one; what FLAGS says is tried besides reading.
 * Waits for one who makes it anew. */
void cache_journal_read(struct cache_store *s);
/* Opens the journal of ROOT with FLAGS and locks it by OPERATION of flock().
 * -1: errno says why. */
int cache_journal_open(str root, int flags, int operation);

struct cache_spot {
    unsigned pack;
    uint64_t offset, size;
    uint32_t day; /* since 1970, when it was last used */
    /* The CRC-32 of its bytes, before their Adler-32. Older versions did not
     * note them. */
    bool has_sums;
    uint64_t sums;
};

uint64_t cache_sums(str bytes);

uint32_t cache_today(void);
/* Where the file HEX is in a pack. */
bool cache_spot_find(struct cache_store *s, str hex, struct cache_spot *out);
void cache_spot_add(struct cache_store *s, str hex,
                    const struct cache_spot *spot);
/* The fields of its line, in A. */
str cache_spot_fields(const struct cache_spot *spot, struct arena *a);
/* The pack of that number; -1: it isn't there. Borrowed. */
int cache_pack_open(struct cache_store *s, unsigned id);
/* Reads SPOT of its open pack FD; needs no mutex. */
bool cache_pack_read(int fd, const struct cache_spot *spot, struct arena *a,
                     str *bytes);
/* Appends BYTES to the last pack. False: errno says why. */
bool cache_pack_append(struct cache_store *s, str bytes,
                       struct cache_spot *out);

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

/* Where new files go: `own`, or `spare` after trouble; NULL: nowhere. */
struct cache_store *cache_target(struct cache *c);
str cache_root(struct cache *c); /* its folder; takes the mutex itself */
str cache_spare(struct cache *c);
/* `own` can't be written, as the errno E says: `spare` is used from here on. */
void cache_distrust(struct cache *c, int e);
/* The same with the mutex held. */
void cache_distrust_held(struct cache *c, int e);
/* The name of a new file in tmp/. */
str cache_temp_name(struct cache *c, struct arena *a);

/* Takes the file TEMP over, whose bytes have this HASH. False: it could not be
 * kept; it is gone. */
bool cache_take_hashed(struct cache *c, str temp,
                       const uint8_t hash[CACHE_HASH]);

/* Says that the open file FD was used, at most once a day. */
void cache_touch(int fd);
/* Calls VISIT with each entry of the open folder AT but "." and "..". */
void cache_each_entry(int at, void (*visit)(int, const char *, void *),
                      void *data);
/* Is the file HEX among the objects of ROOT? */
bool cache_has_object(str root, str hex);
/* What is left of the journal and the packs of ROOT when those files go that
 * were last used before the day SINCE, and notes of what isn't there. NONCE
 * names temporary files. */
bool cache_compact(str root, str nonce, uint32_t since, uint64_t *n_files,
                   uint64_t *n_bytes);
/* Removes the private folder DIR with all that is in it. */
void cache_remove(str dir);

#endif
