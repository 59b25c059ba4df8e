/* SPDX-License-Identifier: MIT */
#include "convert/idcache.h"

#include <pthread.h>
#include <stdlib.h>

#include "book/post.h"

struct idcache {
    pthread_mutex_t lock; /* guards all below */
    struct arena arena;
    struct map posts; /* a post's name -> struct idset * */
};

struct idcache *idcache_new(void)
{
    struct idcache *cache = calloc(1, sizeof *cache);

    if (!cache || pthread_mutex_init(&cache->lock, NULL) != 0)
        die("out of memory");
    arena_init(&cache->arena);
    map_init(&cache->posts, &cache->arena);
    return cache;
}

void idcache_free(struct idcache *cache)
{
    if (!cache)
        return;
    arena_done(&cache->arena);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static const struct idset *find(struct idcache *cache, const struct post *post)
{
    pthread_mutex_lock(&cache->lock);
    const struct idset *ids = map_find(&cache->posts, post->name);
    pthread_mutex_unlock(&cache->lock);
    return ids;
}

static void copy_map(struct map *to, const struct map *from, struct arena *a)
{
    map_init(to, a);
    for (size_t i = 0; i < from->n; i++) {
        str *value = arena_new(a, str);
        *value = arena_dup(a, *(const str *)from->entries[i].value);
        map_put(to, arena_dup(a, from->entries[i].key), value);
    }
}

/* What idset_find() looks at, in the cache's own memory. */
static const struct idset *keep(struct idcache *cache, const struct post *post,
                                const struct idset *made)
{
    pthread_mutex_lock(&cache->lock);
    struct idset *ids = map_find(&cache->posts, post->name);
    if (!ids) {
        ids = arena_new(&cache->arena, struct idset);
        copy_map(&ids->written, &made->written, &cache->arena);
        copy_map(&ids->present, &made->present, &cache->arena);
        copy_map(&ids->folded, &made->folded, &cache->arena);
        map_put(&cache->posts, post->name, ids);
    }
    pthread_mutex_unlock(&cache->lock);
    return ids;
}

const struct idset *idcache_get(struct idcache *cache, const struct post *post,
                                idcache_make *make, void *context)
{
    const struct idset *ids = find(cache, post);
    struct arena arena;
    struct idset made;

    if (ids)
        return ids;
    /* Two workers may do this at once; both find the same. */
    arena_init(&arena);
    idset_init(&made, &arena);
    make(context, post, &made);
    ids = keep(cache, post, &made);
    arena_done(&arena);
    return ids;
}
