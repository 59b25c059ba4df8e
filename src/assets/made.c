/* SPDX-License-Identifier: MIT */
#include "assets/made.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "assets/cache.h"
#include "assets/decoders.h"
#include "base/config.h"
#include "base/datadir.h"
#include "base/hash.h"

/* The file that is kept: this line, the length of each part on a line, then
 * the parts. */
#define HEAD "blog2book made 1"

struct made {
    struct arena arena;
    struct cache *cache; /* NULL: there is none */
    str program;         /* tells this build from others */
};

/* The version is not enough for those who work on the program, nor the program
 * where libraries are renewed beneath it. */
static str program_mark(struct arena *a)
{
    str path = data_program(a), png = png_library_version(a);
    str webp = webp_library_version(a);
    struct stat st = { 0 };

    if (path.n)
        stat(arena_cstr(a, path), &st);
    return arena_printf(a, BLOG2BOOK_VERSION " %lld %lld %.*s %.*s",
                        (long long)st.st_size, (long long)st.st_mtime,
                        STR_ARG(png), STR_ARG(webp));
}

struct made *made_open(struct cache *cache)
{
    struct made *m = calloc(1, sizeof *m);

    if (!m)
        die("out of memory");
    arena_init(&m->arena);
    m->cache = cache;
    m->program = program_mark(&m->arena);
    return m;
}

void made_close(struct made *m)
{
    if (!m)
        return;
    arena_done(&m->arena);
    free(m);
}

str made_key(const struct made *m, const char *what, const str *parts, size_t n,
             struct arena *a)
{
    struct buf all = { 0 };

    if (!m)
        return (str){ 0 };
    buf_printf(&all, "%s\n%.*s\n", what, STR_ARG(m->program));
    for (size_t i = 0; i < n; i++) {
        buf_printf(&all, "%zu\n", parts[i].n);
        buf_put(&all, parts[i]);
    }
    str hex = hash_hex(buf_str(&all), 2 * SHA256_SIZE, a);
    buf_done(&all);
    return arena_printf(a, "%s:%.*s", what, STR_ARG(hex));
}

static bool cut_parts(str all, str *parts, size_t n)
{
    uint64_t lengths[MADE_PARTS_MAX];
    str line;

    if (!str_next_line(&all, &line) || !str_eq(line, S(HEAD)))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!str_next_line(&all, &line) || !str_to_uint(line, &lengths[i]))
            return false;
    for (size_t i = 0; i < n; i++) {
        if (lengths[i] > all.n)
            return false;
        parts[i] = str_sub(all, 0, (size_t)lengths[i]);
        all = str_from(all, (size_t)lengths[i]);
    }
    return all.n == 0;
}

bool made_recall(struct made *m, str key, struct arena *a, str *parts, size_t n)
{
    struct cache_entry e;
    struct cache_file file;
    struct arena work;

    if (!m || !m->cache)
        return false;
    arena_init(&work);
    bool found = cache_find(m->cache, key, &work, &e) &&
                 cache_read_file(m->cache, e.hash, CACHE_PROOF_SUMS, a,
                                 &file) &&
                 cut_parts(file.bytes, parts, n);
    arena_done(&work);
    return found;
}

static void put_parts(struct buf *all, const str *parts, size_t n)
{
    buf_puts(all, HEAD "\n");
    for (size_t i = 0; i < n; i++)
        buf_printf(all, "%zu\n", parts[i].n);
    for (size_t i = 0; i < n; i++)
        buf_put(all, parts[i]);
}

void made_keep(struct made *m, str key, const str *parts, size_t n)
{
    struct cache_entry e = { 0 };
    struct buf all = { 0 };

    if (!m || !m->cache)
        return;
    put_parts(&all, parts, n);
    e.size = all.n;
    if (all.n <= CACHE_FILE_MAX && cache_keep(m->cache, buf_str(&all), e.hash))
        cache_note(m->cache, key, &e);
    buf_done(&all);
}
