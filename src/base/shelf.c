/* SPDX-License-Identifier: MIT */
#include "base/shelf.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct item {
    char *key;
    size_t n_key;
    void *thing; /* NULL: being made; changes under both locks */
    unsigned users;
    pthread_mutex_t making;
    struct item *next;
};

struct shelf {
    const struct shelf_kind *kind;
    struct item *first; /* what came back last is before what came back first */
    pthread_mutex_t lock;
};

struct shelf *shelf_new(const struct shelf_kind *kind)
{
    struct shelf *sh = calloc(1, sizeof *sh);

    if (!sh || pthread_mutex_init(&sh->lock, NULL) != 0)
        die("out of memory");
    sh->kind = kind;
    return sh;
}

static void item_free(struct shelf *sh, struct item *it)
{
    sh->kind->free(it->thing);
    pthread_mutex_destroy(&it->making);
    free(it->key);
    free(it);
}

void shelf_free(struct shelf *sh)
{
    if (!sh)
        return;
    while (sh->first) {
        struct item *it = sh->first;
        sh->first = it->next;
        item_free(sh, it);
    }
    pthread_mutex_destroy(&sh->lock);
    free(sh);
}

static struct item *item_new(str key)
{
    struct item *it = calloc(1, sizeof *it);

    if (!it || !(it->key = malloc(key.n + 1)) ||
        pthread_mutex_init(&it->making, NULL) != 0)
        die("out of memory");
    memcpy(it->key, key.p ? key.p : "", key.n);
    it->n_key = key.n;
    return it;
}

/* The item of KEY, with one user more. */
static struct item *find(struct shelf *sh, str key)
{
    struct item *it = sh->first;

    while (it && !str_eq((str){ it->key, it->n_key }, key))
        it = it->next;
    if (!it) {
        it = item_new(key);
        it->next = sh->first;
        sh->first = it;
    }
    it->users++;
    return it;
}

static void make(struct shelf *sh, struct item *it, const void *from)
{
    void *thing = sh->kind->make((str){ it->key, it->n_key }, from);

    pthread_mutex_lock(&sh->lock);
    it->thing = thing;
    pthread_mutex_unlock(&sh->lock);
}

void *shelf_take(struct shelf *sh, str key, const void *from)
{
    pthread_mutex_lock(&sh->lock);
    struct item *it = find(sh, key);
    pthread_mutex_unlock(&sh->lock);

    pthread_mutex_lock(&it->making);
    if (!it->thing)
        make(sh, it, from);
    void *thing = it->thing;
    pthread_mutex_unlock(&it->making);
    return thing;
}

static struct item **place_of(struct shelf *sh, const void *thing)
{
    struct item **at = &sh->first;

    while ((*at)->thing != thing)
        at = &(*at)->next;
    return at;
}

/* Takes one that is too many off the list; NULL: none is. */
static struct item *take_off(struct shelf *sh)
{
    struct item **last = NULL;
    unsigned idle = 0;

    for (struct item **at = &sh->first; *at; at = &(*at)->next)
        if ((*at)->users == 0) {
            idle++;
            last = at;
        }
    if (idle <= sh->kind->keep)
        return NULL;
    struct item *it = *last;
    *last = it->next;
    return it;
}

void shelf_give_back(struct shelf *sh, void *thing)
{
    struct item *spare = NULL;

    if (!thing)
        return;
    pthread_mutex_lock(&sh->lock);
    struct item **at = place_of(sh, thing), *it = *at;
    *at = it->next;
    it->next = sh->first;
    sh->first = it;
    if (--it->users == 0)
        spare = take_off(sh);
    pthread_mutex_unlock(&sh->lock);
    if (spare)
        item_free(sh, spare);
}
