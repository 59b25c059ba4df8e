/* SPDX-License-Identifier: MIT */
#include "assets/made.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "assets/cache.h"
#include "assets/decoders.h"
#include "base/config.h"
#include "base/datadir.h"
#include "base/hash.h"

/* The file that is kept: this line, the length of each part on a line, then
 * the parts. */
#define HEAD "blog2book made 1"
/* A line that is kept in the note itself, where other notes have a type. */
#define LINE_HEAD "made: "

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
    uint8_t digest[SHA256_SIZE];
    char hex[HASH_HEX_SIZE];

    if (!m)
        return (str){ 0 };
    buf_puts(&all, what);
    buf_putc(&all, '\n');
    buf_put(&all, m->program);
    buf_putc(&all, '\n');
    for (size_t i = 0; i < n; i++) {
        buf_put_int(&all, (int64_t)parts[i].n);
        buf_putc(&all, '\n');
        buf_put(&all, parts[i]);
    }
    hash_sha256(buf_str(&all), digest);
    buf_reset(&all);
    buf_puts(&all, what);
    buf_putc(&all, ':');
    buf_put(&all, hash_put_hex(digest, hex));
    str key = arena_dup(a, buf_str(&all));
    buf_done(&all);
    return key;
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

    if (!m || !m->cache || !cache_find(m->cache, key, a, &e))
        return false;
    if (str_starts(e.type, S(LINE_HEAD))) {
        parts[0] = str_from(e.type, strlen(LINE_HEAD));
        for (size_t i = 1; i < n; i++)
            parts[i] = (str){ 0 };
        return true;
    }
    return cache_read_file(m->cache, e.hash, CACHE_PROOF_SUMS, a, &file) &&
           cut_parts(file.bytes, parts, n);
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

void made_keep_line(struct made *m, str key, const uint8_t *of, str line,
                    size_t n)
{
    struct cache_entry e = { 0 };
    str parts[MADE_PARTS_MAX] = { line };
    struct arena a;

    if (!m || !m->cache)
        return;
    if (!cache_has(m->cache, of)) {
        made_keep(m, key, parts, n);
        return;
    }
    arena_init(&a);
    memcpy(e.hash, of, CACHE_HASH);
    e.type = arena_join(&a, S(LINE_HEAD), line);
    cache_note(m->cache, key, &e);
    arena_done(&a);
}
