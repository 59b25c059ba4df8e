/* SPDX-License-Identifier: MIT */
/* The files of the cache, named by their bytes: a larger one has a file of its
 * own, a small one a place in a pack. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assets/cache_parts.h"
#include "base/file.h"
#include "base/hash.h"

static bool copy_file(int from, int to)
{
    char part[32 << 10];
    ssize_t n;

    while ((n = read(from, part, sizeof part)) > 0)
        if (!cache_write_all(to, (str){ part, (size_t)n }))
            return false;
    return n == 0;
}

/* Copies TEMP, on another disk, to NAME of the open folder. A copy cut short
 * would be found by its hash. */
static bool copy_into(str temp, int folder, const char *name)
{
    int from = open(temp.p, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    int to = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                    0600);
    bool ok = from >= 0 && to >= 0 && copy_file(from, to) &&
              unlink(temp.p) == 0;

    if (from >= 0)
        close(from);
    if (to >= 0)
        close(to);
    return ok;
}

/* Moves TEMP to its place among ROOT's objects. */
static bool store_object(str root, str temp, str hex)
{
    int folder = cache_shelf(root, CACHE_OBJECTS, hex, true);

    if (folder < 0)
        return false;
    bool ok = renameat(AT_FDCWD, temp.p, folder, hex.p + 2) == 0 ||
              (errno == EXDEV && copy_into(temp, folder, hex.p + 2));
    int e = errno;
    close(folder);
    errno = e;
    return ok;
}

bool cache_take_hashed(struct cache *c, str temp,
                       const uint8_t hash[CACHE_HASH])
{
    struct arena a;

    arena_init(&a);
    str hex = hash_to_hex(hash, &a);
    bool ok = store_object(cache_root(c), temp, hex);
    if (!ok) {
        cache_distrust(c, errno);
        ok = store_object(cache_spare(c), temp, hex);
    }
    if (!ok)
        unlink(temp.p);
    arena_done(&a);
    return ok;
}

bool cache_take(struct cache *c, str temp, str bytes, uint8_t hash[CACHE_HASH])
{
    hash_sha256(bytes, hash);
    return cache_take_hashed(c, temp, hash);
}

static int open_object(int folder, const char *name)
{
    return openat(folder, name,
                  O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

/* Reads NAME, and removes what is not what its name says. */
static bool read_object(int folder, str hex, struct arena *a, str *bytes)
{
    uint8_t want[CACHE_HASH], got[CACHE_HASH];
    int fd = open_object(folder, hex.p + 2);

    if (fd < 0)
        return false;
    bool ok = file_read_fd(fd, CACHE_FILE_MAX, a, bytes) == FILE_OK;
    if (ok) {
        hash_sha256(*bytes, got);
        ok = hash_from_hex(hex, want) && memcmp(want, got, CACHE_HASH) == 0;
    }
    if (ok)
        cache_touch(fd);
    else
        unlinkat(folder, hex.p + 2, 0);
    close(fd);
    return ok;
}

static bool read_in(str root, str hex, struct arena *a, struct cache_file *out)
{
    int folder = cache_shelf(root, CACHE_OBJECTS, hex, false);

    if (folder < 0)
        return false;
    *out = (struct cache_file){ 0 };
    bool ok = read_object(folder, hex, a, &out->bytes);
    close(folder);
    return ok;
}

/* A pack that was opened and the place in it; -1: there is none. */
static int open_spot(struct cache *c, struct cache_store *s, str hex,
                     struct cache_spot *spot)
{
    pthread_mutex_lock(&c->mutex);
    bool ok = s->root.n > 0 && cache_spot_find(s, hex, spot);
    int fd = ok ? cache_pack_open(s, spot->pack) : -1;
    pthread_mutex_unlock(&c->mutex);
    return fd;
}

static void forget_spot(struct cache *c, struct cache_store *s, str hex)
{
    pthread_mutex_lock(&c->mutex);
    cache_line_forget(s, LINE_PLACE, hex);
    pthread_mutex_unlock(&c->mutex);
}

/* Remembers that it was used today, and its sums. */
static void note_use(struct cache *c, struct cache_store *s, str hex,
                     const struct cache_spot *old, uint64_t sums)
{
    struct cache_spot spot = *old;
    struct arena a;

    if (spot.has_sums && spot.day == cache_today())
        return;
    spot.day = cache_today();
    spot.sums = sums;
    arena_init(&a);
    pthread_mutex_lock(&c->mutex);
    if (s->can_write && !spot.has_sums)
        cache_spot_add(s, hex, &spot);
    else if (s->can_write)
        cache_line_add(s, LINE_USE, hex, arena_printf(&a, "%u", spot.day));
    pthread_mutex_unlock(&c->mutex);
    arena_done(&a);
}

static bool has_hash(str bytes, const uint8_t hash[CACHE_HASH])
{
    uint8_t got[CACHE_HASH];

    hash_sha256(bytes, got);
    return memcmp(hash, got, CACHE_HASH) == 0;
}

struct reading {
    struct cache *cache;
    const uint8_t *hash;
    str hex;
    enum cache_proof proof;
};

static bool read_spot(const struct reading *r, struct cache_store *s,
                      struct arena *a, struct cache_file *out)
{
    struct cache_spot spot;
    int fd = open_spot(r->cache, s, r->hex, &spot);
    uint64_t sums = 0;

    if (fd < 0)
        return false;
    bool ok = cache_pack_read(fd, &spot, a, &out->bytes);
    if (ok) {
        sums = cache_sums(out->bytes);
        ok = r->proof == CACHE_PROOF_SUMS && spot.has_sums
                 ? sums == spot.sums
                 : has_hash(out->bytes, r->hash);
    }
    if (!ok) {
        forget_spot(r->cache, s, r->hex);
        return false;
    }
    note_use(r->cache, s, r->hex, &spot, sums);
    out->has_crc = true;
    out->crc = (uint32_t)(sums >> 32);
    return true;
}

bool cache_read_file(struct cache *c, const uint8_t hash[CACHE_HASH],
                     enum cache_proof proof, struct arena *a,
                     struct cache_file *out)
{
    char digits[HASH_HEX_SIZE];
    str hex = hash_put_hex(hash, digits);
    const struct reading r = { c, hash, hex, proof };

    return read_spot(&r, &c->own, a, out) || read_spot(&r, &c->spare, a, out) ||
           read_in(c->own.root, hex, a, out) ||
           read_in(cache_spare(c), hex, a, out);
}

bool cache_read(struct cache *c, const uint8_t hash[CACHE_HASH],
                struct arena *a, str *bytes)
{
    struct cache_file file = { 0 };
    bool ok = cache_read_file(c, hash, CACHE_PROOF_HASH, a, &file);

    *bytes = file.bytes;
    return ok;
}

bool cache_has_object(str root, str hex)
{
    int folder = cache_shelf(root, CACHE_OBJECTS, hex, false);
    struct stat st;

    if (folder < 0)
        return false;
    bool ok = fstatat(folder, hex.p + 2, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
              S_ISREG(st.st_mode);
    close(folder);
    return ok;
}

static bool has_spot(struct cache *c, struct cache_store *s, str hex)
{
    struct cache_spot spot;

    return open_spot(c, s, hex, &spot) >= 0;
}

bool cache_has(struct cache *c, const uint8_t hash[CACHE_HASH])
{
    char digits[HASH_HEX_SIZE];
    str hex = hash_put_hex(hash, digits);

    return has_spot(c, &c->own, hex) || has_spot(c, &c->spare, hex) ||
           cache_has_object(c->own.root, hex) ||
           cache_has_object(cache_spare(c), hex);
}
