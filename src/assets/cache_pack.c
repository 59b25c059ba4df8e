/* SPDX-License-Identifier: MIT */
/* Packs: small files one behind the other, found by lines of the journal. What
 * stands at a place is believed only when it has the right hash. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "assets/cache_parts.h"
#include "assets/zstream.h"
#include "base/vec.h"

uint32_t cache_today(void)
{
    return (uint32_t)(time(NULL) / CACHE_DAY);
}

uint64_t cache_sums(str bytes)
{
    return (uint64_t)zstream_crc(bytes) << 32 | zstream_adler(bytes);
}

static bool to_number(str s, uint64_t max, uint64_t *out)
{
    return str_to_uint(s, out) && *out <= max;
}

/* A day that is still to come is none: nothing may stay for ever. */
static uint32_t to_day(str s)
{
    uint64_t day;

    return to_number(s, cache_today(), &day) ? (uint32_t)day : 0;
}

bool cache_spot_find(struct cache_store *s, str hex, struct cache_spot *out)
{
    str fields[CACHE_FIELDS_MAX];
    uint64_t pack;

    if (!cache_line_find(s, LINE_PLACE, hex, fields) ||
        !to_number(fields[0], UINT32_MAX, &pack) ||
        !to_number(fields[1], INT64_MAX / 2, &out->offset) ||
        !to_number(fields[2], CACHE_SMALL_MAX, &out->size))
        return false;
    out->pack = (unsigned)pack;
    out->day = to_day(fields[3]);
    out->has_sums = str_to_uint(fields[4], &out->sums);
    if (map_find(&s->lines[LINE_USE], hex) &&
        cache_line_find(s, LINE_USE, hex, fields) &&
        to_day(fields[0]) > out->day)
        out->day = to_day(fields[0]);
    return true;
}

str cache_spot_fields(const struct cache_spot *spot, struct arena *a)
{
    return arena_printf(a, "%u\t%llu\t%llu\t%u\t%llu", spot->pack,
                        (unsigned long long)spot->offset,
                        (unsigned long long)spot->size, spot->day,
                        (unsigned long long)spot->sums);
}

void cache_spot_add(struct cache_store *s, str hex,
                    const struct cache_spot *spot)
{
    struct arena a;

    arena_init(&a);
    cache_line_add(s, LINE_PLACE, hex, cache_spot_fields(spot, &a));
    arena_done(&a);
}

static int open_pack(const struct cache_store *s, unsigned id, int flags)
{
    int room = cache_room(s->root, CACHE_PACKS, flags & O_CREAT);
    char name[16];

    if (room < 0)
        return -1;
    snprintf(name, sizeof name, "%u", id);
    int fd = openat(room, name,
                    flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY,
                    0600);
    int e = errno;
    close(room);
    errno = e;
    return fd;
}

int cache_pack_open(struct cache_store *s, unsigned id)
{
    for (size_t i = 0; i < s->n_packs; i++)
        if (s->packs[i].id == id)
            return s->packs[i].fd;
    int fd = open_pack(s, id, O_RDONLY);
    if (fd >= 0) {
        struct cache_pack p = { id, fd };
        s->packs = vec_grow(&s->arena, s->packs, sizeof p, s->n_packs,
                            &s->cap_packs);
        s->packs[s->n_packs++] = p;
    }
    return fd;
}

bool cache_pack_read(int fd, const struct cache_spot *spot, struct arena *a,
                     str *bytes)
{
    size_t n = (size_t)spot->size;
    char *p = arena_bytes(a, n + 1);

    if (file_fill_at(fd, spot->offset, p, n) != n)
        return false;
    p[n] = '\0';
    *bytes = (str){ p, n };
    return true;
}

/* The highest number that a line names. */
static unsigned last_named(struct cache_store *s)
{
    const struct map *m = &s->lines[LINE_PLACE];
    struct cache_spot spot;
    unsigned last = 0;

    for (size_t i = 0; i < m->n; i++)
        if (m->entries[i].value &&
            cache_spot_find(s, m->entries[i].key, &spot) && spot.pack > last)
            last = spot.pack;
    return last;
}

static bool is_full(struct cache_store *s)
{
    struct stat st;

    if (fstat(s->writing, &st) != 0 || !S_ISREG(st.st_mode))
        return true;
    s->written = (uint64_t)st.st_size;
    return s->written >= CACHE_PACK_MAX;
}

static bool open_last(struct cache_store *s)
{
    const int flags = O_WRONLY | O_APPEND | O_CREAT;

    if (s->writing >= 0 && s->written < CACHE_PACK_MAX)
        return true;
    if (s->last_pack == 0) {
        cache_journal_read(s);
        s->last_pack = last_named(s);
    }
    if (s->last_pack == 0)
        s->last_pack = 1;
    do {
        if (s->writing >= 0) {
            close(s->writing);
            s->last_pack++;
        }
        s->writing = open_pack(s, s->last_pack, flags);
    } while (s->writing >= 0 && is_full(s));
    return s->writing >= 0;
}

bool cache_pack_append(struct cache_store *s, str bytes, struct cache_spot *out)
{
    ssize_t n;

    if (!open_last(s))
        return false;
    do
        n = write(s->writing, bytes.p, bytes.n);
    while (n < 0 && errno == EINTR);
    /* Where it is: with O_APPEND the place is set to the end before a write,
     * and others may have moved that. */
    off_t end = lseek(s->writing, 0, SEEK_CUR);
    if (n != (ssize_t)bytes.n || end < (off_t)bytes.n) {
        if (n >= 0)
            errno = ENOSPC;
        return false;
    }
    s->written = (uint64_t)end;
    *out = (struct cache_spot){ s->last_pack, (uint64_t)end - bytes.n,
                                bytes.n,      cache_today(),
                                true,         cache_sums(bytes) };
    return true;
}
