/* SPDX-License-Identifier: MIT */
#include "assets/cache.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "assets/cache_parts.h"
#include "base/path.h"

str cache_default_dir(const struct settings *set, struct arena *a)
{
    str xdg = str_of(getenv("XDG_CACHE_HOME")), home = str_of(getenv("HOME"));

    if (set->cache_dir.n || set->safe) /* that of others is not for strangers */
        return set->cache_dir;
    /* XDG Base Directory Specification: a relative path is to be ignored. */
    if (str_starts(xdg, S("/")))
        return path_join(a, xdg, S("blog2book"));
    if (home.n == 0)
        return (str){ 0 };
#ifdef __APPLE__
    return path_join(a, home, S("Library/Caches/blog2book"));
#else
    return path_join(a, home, S(".cache/blog2book"));
#endif
}

struct cache *cache_open(str dir)
{
    struct cache *c = calloc(1, sizeof *c);

    if (!c)
        die("out of memory");
    arena_init(&c->arena);
    pthread_mutex_init(&c->mutex, NULL);
    while (dir.n > 1 && dir.p[dir.n - 1] == '/')
        dir.n--;
    cache_store_init(&c->own, arena_dup(&c->arena, dir));
    cache_store_init(&c->spare, (str){ 0 });
    c->nonce = cache_new_nonce(&c->arena);
    return c;
}

void cache_report(struct cache *c, struct diag *dg)
{
    pthread_mutex_lock(&c->mutex);
    if (c->trouble.n == 0 && !cache_flush(&c->own))
        cache_distrust_held(c, errno);
    if (c->trouble.n)
        diag_add(dg, DIAG_CACHE_UNUSABLE, arena_dup(dg->arena, c->own.root), 0,
                 "what was fetched can't be kept here: %.*s; the next run will "
                 "fetch it again",
                 STR_ARG(c->trouble));
    pthread_mutex_unlock(&c->mutex);
}

void cache_close(struct cache *c)
{
    if (!c)
        return;
    cache_store_done(&c->own);
    cache_store_done(&c->spare);
    if (c->spare.root.n)
        cache_remove(c->spare.root);
    arena_done(&c->own.arena);
    arena_done(&c->spare.arena);
    pthread_mutex_destroy(&c->mutex);
    arena_done(&c->arena);
    free(c);
}

static str make_spare(struct cache *c)
{
    const char *tmp = getenv("TMPDIR");
    str dir = arena_printf(&c->arena, "%s/blog2book-XXXXXX",
                           tmp && *tmp ? tmp : "/tmp");

    if (!mkdtemp((char *)dir.p) || !cache_prepare(dir, c->nonce))
        return (str){ 0 };
    return dir;
}

void cache_distrust_held(struct cache *c, int e)
{
    if (c->trouble.n)
        return;
    c->trouble = c->own.root.n ? arena_dup(&c->arena, str_of(strerror(e)))
                               : S("there is no home folder");
    c->spare.root = make_spare(c);
}

void cache_distrust(struct cache *c, int e)
{
    pthread_mutex_lock(&c->mutex);
    cache_distrust_held(c, e);
    pthread_mutex_unlock(&c->mutex);
}

struct cache_store *cache_target(struct cache *c)
{
    if (c->trouble.n == 0 && !c->ready) {
        c->ready = c->own.root.n && cache_prepare(c->own.root, c->nonce);
        if (!c->ready)
            cache_distrust_held(c, errno);
    }
    struct cache_store *s = c->trouble.n ? &c->spare : &c->own;
    return s->root.n ? s : NULL;
}

str cache_root(struct cache *c)
{
    pthread_mutex_lock(&c->mutex);
    const struct cache_store *s = cache_target(c);
    str root = s ? s->root : (str){ 0 };
    pthread_mutex_unlock(&c->mutex);
    return root;
}

str cache_temp_name(struct cache *c, struct arena *a)
{
    pthread_mutex_lock(&c->mutex);
    unsigned n = ++c->n_temps;
    pthread_mutex_unlock(&c->mutex);
    return arena_printf(a, "%.*s-%u.tmp", STR_ARG(c->nonce), n);
}

str cache_temp(struct cache *c, struct arena *a)
{
    str root = cache_root(c), name = cache_temp_name(c, a);

    /* Without any place the download fails by itself. */
    return arena_printf(a, "%.*s/" CACHE_TMP "/%.*s",
                        STR_ARG(root.n ? root : c->own.root), STR_ARG(name));
}

str cache_spare(struct cache *c)
{
    pthread_mutex_lock(&c->mutex);
    str spare = c->spare.root;
    pthread_mutex_unlock(&c->mutex);
    return spare;
}

bool cache_fall_back(struct cache *c, str temp, int error)
{
    cache_distrust(c, error);
    str spare = cache_spare(c);
    return spare.n > 0 && !str_starts(temp, spare);
}
