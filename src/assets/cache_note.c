/* SPDX-License-Identifier: MIT */
/* Notes about addresses. */
#include <errno.h>

#include "assets/cache_parts.h"
#include "base/hash.h"

#define NOTE_MAX (256u << 10) /* bytes */

static bool find_in(struct cache_store *s, str url, struct arena *a,
                    struct cache_entry *out)
{
    str f[CACHE_FIELDS_MAX];

    *out = (struct cache_entry){ 0 };
    if (!cache_line_find(s, LINE_NOTE, url, f) ||
        !hash_from_hex(f[0], out->hash) || !str_to_uint(f[1], &out->size))
        return false;
    out->date = arena_dup(a, f[2]);
    out->type = arena_dup(a, f[3]);
    out->final_url = arena_dup(a, f[4]);
    return true;
}

bool cache_find(struct cache *c, str url, struct arena *a,
                struct cache_entry *out)
{
    pthread_mutex_lock(&c->mutex);
    bool ok = find_in(&c->own, url, a, out) ||
              (c->spare.root.n > 0 && find_in(&c->spare, url, a, out));
    pthread_mutex_unlock(&c->mutex);
    return ok;
}

/* A server's text must not make a line, or a field, of its own. */
static bool is_one_field(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F)
            return false;
    return true;
}

static void note_in(struct cache *c, struct cache_store *s, str url, str fields)
{
    cache_line_add(s, LINE_NOTE, url, fields);
    if (!cache_flush_soon(s))
        cache_distrust_held(c, errno);
}

void cache_note(struct cache *c, str url, const struct cache_entry *e)
{
    struct arena a;

    if (url.n == 0 || !is_one_field(url) || !is_one_field(e->final_url) ||
        url.n + e->final_url.n > NOTE_MAX)
        return;
    arena_init(&a);
    str hash = hash_to_hex(e->hash, &a);
    str type = is_one_field(e->type) ? e->type : S("");
    str fields = arena_printf(&a, "%.*s\t%llu\t%.*s\t%.*s\t%.*s", STR_ARG(hash),
                              (unsigned long long)e->size, STR_ARG(e->date),
                              STR_ARG(type), STR_ARG(e->final_url));
    pthread_mutex_lock(&c->mutex);
    struct cache_store *s = cache_target(c);
    if (s)
        note_in(c, s, url, fields);
    pthread_mutex_unlock(&c->mutex);
    arena_done(&a);
}
