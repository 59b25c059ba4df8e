/* SPDX-License-Identifier: MIT */
/* The cache: any bytes for what is known of an address, and for a file that
 * was fetched; and what is written is what is read. */
#include <stdint.h>

#include "assets/cache.h"
#include "base/hash.h"
#include "scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const str url = STR_INIT("https://example.org/a.png");

/* Puts a file where the cache DIR has one for the digest HEX. */
static void put(str dir, const char *kind, str hex, str bytes, struct arena *a)
{
    str room = scratch_folder(dir, kind, a);
    str shelf = scratch_folder(room, arena_printf(a, "%.2s", hex.p).p, a);

    scratch_file(shelf, hex.p + 2, bytes, a);
}

static bool is_line(str s)
{
    return str_find_char(s, '\n') == STR_NONE;
}

/* What is believed of an address can be written and is found again. */
static void write_again(struct cache *c, const struct cache_entry *e,
                        struct arena *a)
{
    static const str other = STR_INIT("https://example.org/b.png");
    struct cache_entry back;

    if (!is_line(e->final_url) || !is_line(e->type) || !is_line(e->date))
        abort();
    cache_note(c, other, e);
    if (!cache_find(c, other, a, &back))
        return; /* a control character in it */
    if (back.size != e->size || memcmp(back.hash, e->hash, CACHE_HASH) != 0 ||
        !str_eq(back.final_url, e->final_url))
        abort();
}

static void use(struct cache *c, str bytes, struct arena *a)
{
    static const uint8_t none[CACHE_HASH] = { 0xAB, 0xCD };
    struct cache_entry e;
    uint64_t n_files = 0, n_bytes = 0;
    uint8_t hash[CACHE_HASH];
    str read;

    if (cache_find(c, url, a, &e)) {
        cache_has(c, e.hash);
        write_again(c, &e, a);
    }
    /* The file is not what its name says. */
    hash_sha256(bytes, hash);
    if (cache_read(c, none, a, &read) && memcmp(hash, none, sizeof hash) != 0)
        abort();
    cache_gc(c, 0, &n_files, &n_bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t none[CACHE_HASH] = { 0xAB, 0xCD };
    str bytes = { (const char *)data, size };
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    str dir = scratch_new(&a);
    put(dir, "urls", hash_hex(url, 2 * CACHE_HASH, &a), bytes, &a);
    put(dir, "objects", hash_to_hex(none, &a), bytes, &a);
    struct cache *c = cache_open(dir);
    use(c, bytes, &a);
    cache_close(c, &dg);
    scratch_remove(dir, &a);
    arena_done(&a);
    return 0;
}
