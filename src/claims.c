/* SPDX-License-Identifier: MIT */
#include "claims.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/path.h"

struct claims {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint32_t turn;
    struct arena arena;
    struct map taken;
};

struct claims *claims_new(void)
{
    struct claims *c = calloc(1, sizeof *c);

    if (!c || pthread_mutex_init(&c->lock, NULL) != 0 ||
        pthread_cond_init(&c->changed, NULL) != 0)
        die("out of memory");
    arena_init(&c->arena);
    map_init(&c->taken, &c->arena);
    return c;
}

void claims_free(struct claims *c)
{
    if (!c)
        return;
    pthread_cond_destroy(&c->changed);
    pthread_mutex_destroy(&c->lock);
    arena_done(&c->arena);
    free(c);
}

static bool take(struct claims *c, str path)
{
    str key = path_normal(&c->arena, path);

    if (map_find(&c->taken, key))
        return false;
    map_put(&c->taken, arena_dup(&c->arena, key), c);
    return true;
}

void claims_reserve(struct claims *c, str path)
{
    take(c, path);
}

int claims_take(struct claims *c, uint32_t turn, const struct outputs *o)
{
    int refused = -1;

    pthread_mutex_lock(&c->lock);
    while (c->turn != turn)
        pthread_cond_wait(&c->changed, &c->lock);
    for (unsigned i = 0; i < o->n && refused < 0; i++)
        if (!take(c, o->v[i].path))
            refused = (int)i;
    c->turn++;
    pthread_cond_broadcast(&c->changed);
    pthread_mutex_unlock(&c->lock);
    return refused;
}
