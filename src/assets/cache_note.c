/* SPDX-License-Identifier: MIT */
/* Notes about addresses: lines "key value" behind a line that says what this
 * is. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "assets/cache_parts.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"

#define NOTE_HEAD "blog2book address 1"
#define NOTE_MAX  (256u << 10)

struct note {
    str url, final_url, type, sha256, size, date;
};

static const struct {
    const char *key;
    size_t at;
} fields[] = {
    { "url", offsetof(struct note, url) },
    { "final", offsetof(struct note, final_url) },
    { "type", offsetof(struct note, type) },
    { "sha256", offsetof(struct note, sha256) },
    { "size", offsetof(struct note, size) },
    { "date", offsetof(struct note, date) },
};

#define N_FIELDS (sizeof fields / sizeof *fields)

static str *field(struct note *n, size_t i)
{
    return (str *)((char *)n + fields[i].at);
}

static bool parse_note(str text, struct note *out)
{
    str line;

    if (!str_next_line(&text, &line) || !str_eq(line, S(NOTE_HEAD)))
        return false;
    while (str_next_line(&text, &line)) {
        str key = str_cut(&line, ' ');
        for (size_t i = 0; i < N_FIELDS; i++)
            if (str_eq(key, str_of(fields[i].key)))
                *field(out, i) = line;
    }
    return true;
}

static bool understand(const struct note *n, str url, struct cache_entry *out)
{
    *out = (struct cache_entry){ .final_url = n->final_url,
                                 .type = n->type,
                                 .date = n->date };
    return str_eq(n->url, url) && hash_from_hex(n->sha256, out->hash) &&
           str_to_uint(n->size, &out->size);
}

static bool read_note(int folder, const char *name, struct arena *a, str *text)
{
    int fd = openat(folder, name,
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

    if (fd < 0)
        return false;
    bool ok = file_read_fd(fd, NOTE_MAX, a, text) == FILE_OK;
    if (ok)
        cache_touch(fd);
    close(fd);
    return ok;
}

bool cache_find(struct cache *c, str url, struct arena *a,
                struct cache_entry *out)
{
    struct note n = { 0 };
    str text, hex = hash_hex(url, 2 * CACHE_HASH, a);
    int folder = cache_shelf(c->dir, CACHE_URLS, hex, false);

    if (folder < 0)
        return false;
    bool ok = read_note(folder, hex.p + 2, a, &text) && parse_note(text, &n) &&
              understand(&n, url, out);
    close(folder);
    return ok;
}

static void print_note(const struct note *n, struct buf *out)
{
    struct note copy = *n;

    buf_puts(out, NOTE_HEAD "\n");
    for (size_t i = 0; i < N_FIELDS; i++) {
        buf_puts(out, fields[i].key);
        buf_putc(out, ' ');
        buf_put(out, *field(&copy, i));
        buf_putc(out, '\n');
    }
}

/* A server's text must not make a line of its own. */
static bool is_one_line(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F)
            return false;
    return true;
}

static bool store_note(struct cache *c, str hex, str text, struct arena *a)
{
    str root = cache_root(c);
    int shelf = cache_shelf(root, CACHE_URLS, hex, true);
    int tmp = cache_room(root, CACHE_TMP, false);
    struct cache_place to = { tmp, shelf, hex.p + 2 };
    bool ok = shelf >= 0 && tmp >= 0 &&
              cache_write(&to, cache_temp_name(c, a).p, text);
    int e = errno;

    if (tmp >= 0)
        close(tmp);
    if (shelf >= 0)
        close(shelf);
    errno = e;
    return ok;
}

void cache_note(struct cache *c, str url, const struct cache_entry *e)
{
    struct arena a;
    struct buf text = { 0 };

    if (!is_one_line(url) || !is_one_line(e->final_url))
        return;
    arena_init(&a);
    struct note n = { url,
                      e->final_url,
                      is_one_line(e->type) ? e->type : S(""),
                      hash_to_hex(e->hash, &a),
                      arena_printf(&a, "%llu", (unsigned long long)e->size),
                      e->date };
    print_note(&n, &text);
    if (text.n <= NOTE_MAX &&
        !store_note(c, hash_hex(url, 2 * CACHE_HASH, &a), buf_str(&text), &a))
        cache_distrust(c, errno);
    buf_done(&text);
    arena_done(&a);
}
