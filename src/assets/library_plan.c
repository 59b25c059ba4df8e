/* SPDX-License-Identifier: MIT */
/* Where an answer comes from, in this order: the lock, the cache, the network.
 */
#include <string.h>

#include "assets/library_parts.h"

str item_archive_name(const struct item *it, struct arena *a)
{
    return arena_join(a, S("archived "), it->url);
}

bool item_has_archive(const struct library *lib, const struct item *it)
{
    return lib->set->archive_fallback && it->kind == WEB_PICTURE && !it->guess;
}

static bool keep_noted(struct library *lib, struct item *it, str name,
                       enum lock_status status)
{
    struct arena a;
    struct cache_entry e;

    arena_init(&a);
    bool ok = cache_find(lib->cache, name, &a, &e) &&
              cache_has(lib->cache, e.hash);
    if (ok) {
        it->found = (struct lock_entry){
            .status = status,
            .final_url = library_keep(lib, e.final_url),
            .type = library_keep(lib, e.type),
            .date = library_keep(lib, e.date),
            .size = e.size,
        };
        memcpy(it->found.hash, e.hash, CACHE_HASH);
    }
    arena_done(&a);
    return ok;
}

/* What the cache noted of the address or, failing that, of the archive's copy
 * of it. */
static bool find_noted(struct library *lib, struct item *it)
{
    struct arena a;

    if (keep_noted(lib, it, it->url, LOCK_OK))
        return true;
    if (!item_has_archive(lib, it))
        return false;
    arena_init(&a);
    bool ok = keep_noted(lib, it, item_archive_name(it, &a), LOCK_ARCHIVED);
    arena_done(&a);
    return ok;
}

static bool find_locked(struct library *lib, struct item *it)
{
    if (!it->locked || !lock_has_file(it->locked) ||
        !cache_has(lib->cache, it->locked->hash))
        return false;
    it->found = *it->locked;
    return true;
}

/* What the lock makes of an address that it has no file of. */
static const enum web_status ends[] = {
    [LOCK_DEAD] = WEB_DEAD,
    [LOCK_REFUSED] = WEB_REFUSED,
    [LOCK_OFFLINE] = WEB_OFFLINE,
};

/* Dead when it was locked, or --frozen and not locked. */
static bool ends_by_lock(struct library *lib, struct item *it)
{
    const struct lock_entry *e = it->locked;

    if (!lib->obey || (e && lock_has_file(e)) || (!e && !lib->set->frozen))
        return false;
    if (e)
        item_end(lib, it, ends[e->status], e->reason);
    else
        item_end(lib, it, WEB_UNLOCKED,
                 lib->lock.exists ? S("blog2book.lock does not have it")
                                  : S("there is no blog2book.lock"));
    return true;
}

void item_plan(struct library *lib, struct item *it)
{
    it->locked = lock_find(&lib->lock, it->url);
    if (it->locked && it->locked->status == LOCK_OFFLINE && lib->obey &&
        !lib->set->frozen)
        it->locked = NULL;
    if (ends_by_lock(lib, it))
        return;
    bool bound = lib->obey && it->locked;
    if (find_locked(lib, it) || (!bound && find_noted(lib, it)))
        item_set(lib, it, ITEM_KEPT);
    else
        item_begin(lib, it);
}

void item_begin(struct library *lib, struct item *it)
{
    const struct lock_entry *e = it->locked;

    it->found = (struct lock_entry){ 0 };
    if (!lib->fetcher) {
        item_end(lib, it, WEB_OFFLINE, S("it is not kept here"));
        return;
    }
    it->stage = STAGE_DIRECT;
    it->at = it->url;
    if (lib->obey && e && e->status == LOCK_ARCHIVED) {
        it->stage = STAGE_COPY;
        it->at = e->final_url;
    }
    item_fetch(lib, it);
}

void item_end(struct library *lib, struct item *it, enum web_status status,
              str why)
{
    bool found = status == WEB_FOUND || status == WEB_ARCHIVED;

    if (!found && status != WEB_UNLOCKED && lib->set->frozen && it->locked &&
        lock_has_file(it->locked))
        status = WEB_UNLOCKED;
    it->status = status;
    it->found.url = it->url;
    it->found.reason = library_keep(lib, why);
    item_set(lib, it, ITEM_DONE);
}
