/* SPDX-License-Identifier: MIT */
/* Keeping bytes: a few in a pack, many in a file of their own. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "assets/cache_parts.h"
#include "base/hash.h"

/* Is it there, and these bytes? */
static bool is_packed(struct cache_store *s, str hex, str bytes)
{
    struct cache_spot spot;
    struct arena a;
    str there;

    if (!cache_spot_find(s, hex, &spot))
        return false;
    int fd = cache_pack_open(s, spot.pack);
    arena_init(&a);
    bool ok = fd >= 0 && cache_pack_read(fd, &spot, &a, &there) &&
              str_eq(there, bytes);
    arena_done(&a);
    return ok;
}

static bool pack_in(struct cache_store *s, str hex, str bytes)
{
    struct cache_spot spot;

    if (!s) {
        errno = ENOENT;
        return false;
    }
    if (is_packed(s, hex, bytes))
        return true;
    if (!cache_pack_append(s, bytes, &spot))
        return false;
    cache_spot_add(s, hex, &spot);
    return true;
}

static bool keep_small(struct cache *c, str bytes,
                       const uint8_t hash[CACHE_HASH])
{
    struct arena a;

    arena_init(&a);
    str hex = hash_to_hex(hash, &a);
    pthread_mutex_lock(&c->mutex);
    bool ok = pack_in(cache_target(c), hex, bytes);
    if (!ok) {
        cache_distrust_held(c, errno);
        ok = pack_in(cache_target(c), hex, bytes);
    }
    pthread_mutex_unlock(&c->mutex);
    arena_done(&a);
    return ok;
}

static bool write_temp(str temp, str bytes)
{
    int fd = open(temp.p, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                  0600);

    if (fd < 0)
        return false;
    bool ok = cache_write_all(fd, bytes);
    int e = errno;
    ok = close(fd) == 0 && ok;
    if (!ok)
        unlink(temp.p);
    errno = e;
    return ok;
}

static bool keep_large(struct cache *c, str bytes,
                       const uint8_t hash[CACHE_HASH])
{
    struct arena a;

    arena_init(&a);
    str temp = cache_temp(c, &a);
    bool ok = write_temp(temp, bytes);
    if (!ok && cache_fall_back(c, temp, errno)) {
        temp = cache_temp(c, &a);
        ok = write_temp(temp, bytes);
    }
    ok = ok && cache_take_hashed(c, temp, hash);
    arena_done(&a);
    return ok;
}

bool cache_keep(struct cache *c, str bytes, uint8_t hash[CACHE_HASH])
{
    hash_sha256(bytes, hash);
    return bytes.n <= CACHE_SMALL_MAX ? keep_small(c, bytes, hash)
                                      : keep_large(c, bytes, hash);
}
