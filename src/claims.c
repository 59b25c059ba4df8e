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
    struct map taken; /* path to whose it is, a str */
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

/* NULL: it was free; otherwise whose it is. */
static const str *take(struct claims *c, str path, str whose)
{
    str key = path_normal(&c->arena, path);
    str *owner = map_find(&c->taken, key);

    if (owner)
        return owner;
    owner = arena_new(&c->arena, str);
    *owner = arena_dup(&c->arena, whose);
    map_put(&c->taken, arena_dup(&c->arena, key), owner);
    return NULL;
}

void claims_reserve(struct claims *c, str path, str whose)
{
    take(c, path, whose);
}

static void take_all(struct claims *c, struct claim *w)
{
    for (unsigned i = 0; i < w->outputs->n && w->refused < 0; i++) {
        const str *owner = take(c, w->outputs->v[i].path, w->whose);
        if (!owner)
            continue;
        w->refused = (int)i;
        w->owner = *owner;
    }
}

void claims_take(struct claims *c, struct claim *wanted)
{
    wanted->refused = -1;
    pthread_mutex_lock(&c->lock);
    while (c->turn != wanted->turn)
        pthread_cond_wait(&c->changed, &c->lock);
    take_all(c, wanted);
    c->turn++;
    pthread_cond_broadcast(&c->changed);
    pthread_mutex_unlock(&c->lock);
}
