/* SPDX-License-Identifier: MIT */
/* Downloads under way. */
#include "assets/library_parts.h"

#define ADVANCE_MAX 32

static void take_off(struct library *lib, struct item *it)
{
    it->prev = lib->last;
    it->next = NULL;
    if (lib->last)
        lib->last->next = it;
    else
        lib->first = it;
    lib->last = it;
    it->in_flight = true;
}

static void land(struct library *lib, struct item *it)
{
    if (!it->in_flight)
        return;
    if (it->prev)
        it->prev->next = it->next;
    else
        lib->first = it->next;
    if (it->next)
        it->next->prev = it->prev;
    else
        lib->last = it->prev;
    it->in_flight = false;
}

void item_land(struct library *lib, struct item *it)
{
    pthread_mutex_lock(&lib->mutex);
    land(lib, it);
    pthread_mutex_unlock(&lib->mutex);
}

void item_fetch(struct library *lib, struct item *it)
{
    struct arena a;

    arena_init(&a);
    it->temp = library_keep(lib, cache_temp(lib->cache, &a));
    arena_done(&a);
    it->fetch = lib->calls->start(lib->fetcher, it->at, it->referer, it->temp);
    pthread_mutex_lock(&lib->mutex);
    take_off(lib, it);
    it->state = ITEM_FETCHING;
    lib->needed = true;
    pthread_cond_broadcast(&lib->changed);
    pthread_mutex_unlock(&lib->mutex);
}

/* Will what is over be followed by another download? */
static bool goes_on(const struct library *lib, const struct item *it)
{
    const struct fetch_result *r = lib->calls->wait(it->fetch);

    return it->stage == STAGE_QUERY ||
           (it->stage == STAGE_DIRECT && r->status == FETCH_DEAD &&
            item_has_archive(lib, it) && it->order <= lib->n_told);
}

/* Up to ADVANCE_MAX items that go on, now owned; mutex held. */
static unsigned claim_advancing(struct library *lib, struct item **out)
{
    unsigned n = 0, seen = 0;

    for (struct item *it = lib->first, *next; it && seen < ADVANCE_MAX;
         it = next, seen++) {
        next = it->next;
        if (it->state != ITEM_FETCHING || !lib->calls->is_done(it->fetch))
            continue;
        land(lib, it);
        if (goes_on(lib, it)) {
            it->state = ITEM_BUSY;
            out[n++] = it;
        }
    }
    return n;
}

void library_advance(struct library *lib)
{
    struct item *items[ADVANCE_MAX];
    struct arena a;

    pthread_mutex_lock(&lib->mutex);
    unsigned n = claim_advancing(lib, items);
    pthread_mutex_unlock(&lib->mutex);
    arena_init(&a);
    for (unsigned i = 0; i < n; i++) {
        str ignored;
        item_take_fetched(lib, items[i], &a, &ignored);
    }
    arena_done(&a);
}

/* "example.org" of "https://user@example.org:8080/a". */
static str host_of(str url)
{
    size_t at = str_find(url, S("://"));
    str s = str_from(url, at == STR_NONE ? 0 : at + 3);
    size_t n = 0;

    while (n < s.n && s.p[n] != '/' && s.p[n] != '?' && s.p[n] != '#')
        n++;
    s.n = n;
    at = str_rfind_char(s, '@');
    s = at == STR_NONE ? s : str_from(s, at + 1);
    at = str_rfind_char(s, ':');
    return at == STR_NONE || str_ends(s, S("]")) ? s : str_sub(s, 0, at);
}

uint32_t library_waiting(struct library *lib, struct arena *a, str *host)
{
    uint32_t n = 0;

    library_advance(lib);
    *host = (str){ 0 };
    pthread_mutex_lock(&lib->mutex);
    for (const struct item *it = lib->first; it; it = it->next) {
        /* The owner of a busy one waits for it. */
        if (it->state == ITEM_FETCHING && lib->calls->is_done(it->fetch))
            continue;
        if (n++ == 0)
            *host = arena_dup(a, host_of(it->at));
    }
    pthread_mutex_unlock(&lib->mutex);
    return n;
}

static void gather_item(struct library *lib, struct item *it, struct arena *a)
{
    str ignored;

    if (it->state != ITEM_FETCHING || it->stage == STAGE_QUERY ||
        !lib->calls->is_done(it->fetch) ||
        lib->calls->wait(it->fetch)->status != FETCH_OK)
        return;
    it->state = ITEM_BUSY;
    item_take_fetched(lib, it, a, &ignored);
    arena_reset(a);
}

void library_gather(struct library *lib)
{
    struct arena a;

    arena_init(&a);
    for (int k = 0; k < LANE_COUNT; k++)
        for (size_t i = 0; i < lib->items[k].n; i++)
            gather_item(lib, lib->items[k].entries[i].value, &a);
    arena_done(&a);
}
