/* SPDX-License-Identifier: MIT */
/* The cache: any lines for what is known of addresses and of files, as they
 * are or, behind '!', with the right checksum; and any pack. */
#include <stdint.h>

#include "assets/cache_parts.h"
#include "base/hash.h"
#include "scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const str url = STR_INIT("https://example.org/a.png");
static const str small = STR_INIT("a small file");

/* "!N FIELDS KEY", between tabs, as the cache would write it. */
static void put_line(str line, struct buf *out)
{
    static const char letters[LINE_KINDS] = { 'N', 'Q', 'U' };

    for (int i = 0; i < LINE_KINDS; i++) {
        size_t last = str_rfind_char(line, '\t');
        if (line.n < 4 || line.p[0] != '!' || line.p[1] != letters[i] ||
            line.p[2] != '\t' || last < 3)
            continue;
        cache_line_print((enum cache_line)i, str_from(line, last + 1),
                         str_sub(line, 3, last - 3), out);
        return;
    }
    buf_put(out, line);
    buf_putc(out, '\n');
}

static void write_cache(str dir, str input, struct arena *a)
{
    struct buf journal = { 0 };
    str packs = scratch_folder(dir, CACHE_PACKS, a);

    scratch_file(packs, "1", arena_join(a, small, input), a);
    while (input.n > 0)
        put_line(str_cut(&input, '\n'), &journal);
    scratch_file(dir, CACHE_JOURNAL, buf_str(&journal), a);
    buf_done(&journal);
}

static bool is_field(str s)
{
    return str_find_char(s, '\n') == STR_NONE &&
           str_find_char(s, '\t') == STR_NONE;
}

/* What is believed of an address can be written and is found again. */
static void write_again(struct cache *c, const struct cache_entry *e,
                        struct arena *a)
{
    static const str other = STR_INIT("https://example.org/b.png");
    struct cache_entry back;

    if (!is_field(e->final_url) || !is_field(e->type) || !is_field(e->date))
        abort();
    cache_note(c, other, e);
    if (!cache_find(c, other, a, &back))
        return; /* a control character in it */
    if (back.size != e->size || memcmp(back.hash, e->hash, CACHE_HASH) != 0)
        abort();
}

/* A file is the one of that hash, or it isn't there. */
static void read_file(struct cache *c, const uint8_t want[CACHE_HASH],
                      struct arena *a)
{
    uint8_t hash[CACHE_HASH];
    struct cache_file file;
    str bytes;

    cache_has(c, want);
    /* Whoever writes lines may write sums too. */
    cache_read_file(c, want, CACHE_PROOF_SUMS, a, &file);
    if (!cache_read(c, want, a, &bytes))
        return;
    hash_sha256(bytes, hash);
    if (memcmp(hash, want, sizeof hash) != 0)
        abort();
}

static void use(struct cache *c, struct arena *a)
{
    struct cache_entry e;
    uint64_t n_files = 0, n_bytes = 0;
    uint8_t hash[CACHE_HASH];

    if (cache_find(c, url, a, &e)) {
        read_file(c, e.hash, a);
        write_again(c, &e, a);
    }
    hash_sha256(small, hash);
    read_file(c, hash, a);
    /* Kept once more, it is there, whatever was known of it. */
    if (cache_keep(c, small, hash))
        read_file(c, hash, a);
    cache_gc(c, 0, &n_files, &n_bytes);
    read_file(c, hash, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;

    arena_init(&a);
    str dir = tempdir_new(&a);
    write_cache(dir, (str){ (const char *)data, size }, &a);
    struct cache *c = cache_open(dir);
    use(c, &a);
    cache_close(c);
    scratch_remove(dir, &a);
    arena_done(&a);
    return 0;
}
