/* SPDX-License-Identifier: MIT */
/* Makes the journal and the packs anew without what nobody used. The old ones
 * are in use until the new journal is renamed to its place; whoever is killed
 * before leaves a pack that no line names, behind it old packs. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assets/cache_parts.h"
#include "base/hash.h"

struct compaction {
    struct cache_store from, to; /* TO has a journal of its own: `lines` */
    struct buf lines;
    struct map kept; /* by sha256 */
    uint32_t since;
    unsigned first_new; /* number of the first new pack */
    bool failed;        /* the disk is full, ... */
    uint64_t *n_files, *n_bytes;
};

static bool is_sound(str hex, str bytes)
{
    uint8_t want[CACHE_HASH], got[CACHE_HASH];

    hash_sha256(bytes, got);
    return hash_from_hex(hex, want) && memcmp(want, got, CACHE_HASH) == 0;
}

/* Copies a file that is used and sound to a new pack. */
static bool copy_file(struct compaction *k, str hex,
                      const struct cache_spot *old, struct arena *a)
{
    struct cache_spot spot;
    str bytes;
    int fd = cache_pack_open(&k->from, old->pack);

    if (old->day < k->since || fd < 0 || !cache_pack_read(fd, old, a, &bytes) ||
        !is_sound(hex, bytes))
        return false;
    if (!cache_pack_append(&k->to, bytes, &spot)) {
        k->failed = true;
        return false;
    }
    spot.day = old->day;
    cache_line_print(LINE_PLACE, hex, cache_spot_fields(&spot, a), &k->lines);
    map_put(&k->kept, hex, k);
    return true;
}

static void copy_files(struct compaction *k)
{
    const struct map *m = &k->from.lines[LINE_PLACE];
    struct cache_spot spot;
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < m->n && !k->failed; i++) {
        str hex = m->entries[i].key;
        arena_reset(&a);
        if (cache_spot_find(&k->from, hex, &spot) &&
            !copy_file(k, hex, &spot, &a)) {
            ++*k->n_files;
            *k->n_bytes += spot.size;
        }
    }
    arena_done(&a);
}

static void copy_notes(struct compaction *k)
{
    const struct map *m = &k->from.lines[LINE_NOTE];
    str f[CACHE_FIELDS_MAX];
    uint8_t hash[CACHE_HASH];

    for (size_t i = 0; i < m->n; i++) {
        str key = m->entries[i].key;
        if (!cache_line_find(&k->from, LINE_NOTE, key, f) ||
            !hash_from_hex(f[0], hash) ||
            (!map_find(&k->kept, f[0]) &&
             !cache_has_object(k->from.root, f[0])))
            continue;
        /* They stand one behind the other, with tabs between. */
        str fields = { f[0].p, (size_t)(f[4].p + f[4].n - f[0].p) };
        cache_line_print(LINE_NOTE, key, fields, &k->lines);
    }
}

static bool write_journal(struct compaction *k, str nonce)
{
    struct arena a;

    arena_init(&a);
    int root = cache_folder(-1, k->from.root.p, false);
    int tmp = cache_room(k->from.root, CACHE_TMP, true);
    struct cache_place to = { tmp, root, CACHE_JOURNAL };
    bool ok = root >= 0 && tmp >= 0 &&
              cache_write(&to,
                          arena_printf(&a, "%.*s-gc.tmp", STR_ARG(nonce)).p,
                          buf_str(&k->lines));
    if (tmp >= 0)
        close(tmp);
    if (root >= 0)
        close(root);
    arena_done(&a);
    return ok;
}

/* Removes the packs from number FROM on, or all before it. */
struct sweep {
    uint64_t from;
    bool before;
};

static void sweep_pack(int at, const char *name, void *data)
{
    const struct sweep *s = data;
    uint64_t id;

    if (str_to_uint(str_of(name), &id) && (id < s->from) == s->before)
        unlinkat(at, name, 0);
}

struct highest {
    unsigned id;
};

static void see_pack(int at, const char *name, void *data)
{
    struct highest *h = data;
    uint64_t id;

    (void)at;
    if (str_to_uint(str_of(name), &id) && id < UINT32_MAX / 2 && id > h->id)
        h->id = (unsigned)id;
}

static void weigh_pack(int at, const char *name, void *data)
{
    uint64_t id, *bytes = data;
    struct stat st;

    if (str_to_uint(str_of(name), &id) &&
        fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
        *bytes += (uint64_t)st.st_size;
}

static uint64_t length_of_lines(const struct map *m)
{
    uint64_t n = 0;

    for (size_t i = 0; i < m->n; i++)
        if (m->entries[i].value)
            n += ((const str *)m->entries[i].value)->n + 1;
    return n;
}

/* Is there anything old, anything that no line names, or a journal that is
 * mostly old lines? */
static bool frees_something(struct compaction *k, int packs)
{
    const struct map *m = k->from.lines;
    uint64_t packed = 0, named = 0;
    struct cache_spot spot;

    cache_each_entry(packs, weigh_pack, &packed);
    for (size_t i = 0; i < m[LINE_PLACE].n; i++) {
        if (!cache_spot_find(&k->from, m[LINE_PLACE].entries[i].key, &spot) ||
            spot.day < k->since)
            return true;
        named += spot.size;
    }
    return packed > named ||
           k->from.seen / 2 >
               length_of_lines(&m[LINE_PLACE]) + length_of_lines(&m[LINE_NOTE]);
}

static void compact(struct compaction *k, int packs, str nonce)
{
    struct highest highest = { 0 };

    cache_journal_read(&k->from);
    if (!frees_something(k, packs))
        return;
    cache_each_entry(packs, see_pack, &highest);
    k->first_new = k->to.last_pack = highest.id + 1;
    copy_files(k);
    if (!k->failed)
        copy_notes(k);
    k->failed = k->failed || !write_journal(k, nonce);
    struct sweep sweep = { k->first_new, !k->failed };
    cache_each_entry(packs, sweep_pack, &sweep);
}

static bool has_packs(str root)
{
    int fd = cache_room(root, CACHE_PACKS, false);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

bool cache_compact(str root, str nonce, uint32_t since, uint64_t *n_files,
                   uint64_t *n_bytes)
{
    uint64_t files = 0, bytes = 0;
    struct compaction k = { .since = since,
                            .n_files = &files,
                            .n_bytes = &bytes };
    bool is_used = has_packs(root);
    int lock = cache_journal_open(root, is_used ? O_RDWR | O_CREAT : O_RDWR,
                                  LOCK_EX | LOCK_NB);
    bool busy = lock < 0 && errno == EBUSY;
    int packs = lock < 0 ? -1 : cache_room(root, CACHE_PACKS, true);

    if (packs >= 0) {
        cache_store_init(&k.from, root);
        cache_store_init(&k.to, root);
        map_init(&k.kept, &k.from.arena);
        k.from.journal = dup(lock); /* another lock of ours would wait */
        compact(&k, packs, nonce);
        cache_store_done(&k.from);
        cache_store_done(&k.to);
        buf_done(&k.lines);
        if (!k.failed) {
            *n_files += files;
            *n_bytes += bytes;
        }
    }
    if (lock >= 0)
        close(lock);
    if (packs >= 0)
        close(packs);
    return !busy;
}
