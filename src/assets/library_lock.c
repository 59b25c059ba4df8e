/* SPDX-License-Identifier: MIT */
/* What a run has to say about its lock, and the lock it writes. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assets/library_parts.h"
#include "base/vec.h"

#define YEAR_10000 253402300800u /* seconds since 1970 */

str library_today(struct arena *a)
{
    uint64_t fixed;
    time_t now = time(NULL);
    struct tm day = { 0 };

    if (str_to_uint(str_of(getenv("SOURCE_DATE_EPOCH")), &fixed) &&
        fixed < YEAR_10000)
        now = (time_t)fixed;
    gmtime_r(&now, &day);
    return arena_printf(a, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1,
                        day.tm_mday);
}

struct entries {
    struct lock_entry *v;
    size_t n, cap;
};

static bool differs(const struct library *lib, str url)
{
    for (int lane = 0; lane < LANE_COUNT; lane++) {
        const struct item *it = map_find(&lib->items[lane], url);
        if (it && it->asked && it->state == ITEM_DONE && it->differs)
            return true;
    }
    return false;
}

void library_report(struct library *lib, struct diag *dg)
{
    /* In the lock's order, which is no order of threads. */
    for (size_t i = 0; i < lib->lock.entries.n; i++) {
        const struct lock_entry *e = lib->lock.entries.entries[i].value;
        if (differs(lib, e->url))
            diag_add(dg, DIAG_LOCK_DIFFERS,
                     arena_dup(dg->arena, lib->lock_path), e->line,
                     "'%.*s' is another file now; left it out, --lock would "
                     "take the new one",
                     STR_ARG(e->url));
    }
}

static enum lock_status lock_status_of(enum web_status status)
{
    switch (status) {
    case WEB_FOUND:
        return LOCK_OK;
    case WEB_ARCHIVED:
        return LOCK_ARCHIVED;
    case WEB_REFUSED:
        return LOCK_REFUSED;
    case WEB_OFFLINE:
        return LOCK_OFFLINE;
    default:
        return LOCK_DEAD;
    }
}

static bool says_the_same(const struct lock_entry *a,
                          const struct lock_entry *b)
{
    if (a->status != b->status)
        return false;
    return lock_has_file(a) ? memcmp(a->hash, b->hash, LOCK_HASH) == 0
                            : str_eq(a->reason, b->reason);
}

/* May a file that is not to be had today still be the one to want? */
static bool stays_locked(const struct item *it)
{
    return it->locked && (it->status == WEB_OFFLINE ||
                          (it->status == WEB_DEAD && it->unsure &&
                           lock_has_file(it->locked)));
}

/* The entry of an item; false: there is nothing to say. */
static bool entry_of(const struct library *lib, const struct item *it,
                     struct lock_entry *out)
{
    if (!it->asked || it->state != ITEM_DONE)
        return false;
    if (stays_locked(it)) {
        *out = *it->locked;
        return true;
    }
    *out = it->found;
    out->status = lock_status_of(it->status);
    if (getenv("SOURCE_DATE_EPOCH") || out->date.n == 0)
        out->date = lib->today;
    if (it->locked && says_the_same(it->locked, out))
        *out = *it->locked;
    return true;
}

/* A book of some of the posts says nothing of the others' pictures. */
static bool is_of_a_part(const struct library *lib)
{
    const struct settings *set = lib->set;

    return set->since.year || set->until.year || set->tag.n > 0 ||
           !lib->of_folder;
}

static bool was_asked(const struct library *lib, str url)
{
    for (int lane = 0; lane < LANE_COUNT; lane++) {
        const struct item *it = map_find(&lib->items[lane], url);
        if (it && it->asked)
            return true;
    }
    return false;
}

/* What the old lock says of addresses that this run did not meet. */
static void keep_unasked(const struct library *lib, struct entries *out,
                         struct arena *a)
{
    for (size_t i = 0; i < lib->lock.entries.n; i++) {
        const struct lock_entry *e = lib->lock.entries.entries[i].value;
        if (!was_asked(lib, e->url))
            *vec_push(out, a) = *e;
    }
}

bool library_write_lock(struct library *lib, struct diag *dg)
{
    struct arena a;
    struct entries entries = { 0 };

    arena_init(&a);
    for (int lane = 0; lane < LANE_COUNT; lane++) {
        const struct map *items = &lib->items[lane];
        for (size_t i = 0; i < items->n; i++) {
            struct lock_entry e;
            if (entry_of(lib, items->entries[i].value, &e))
                *vec_push(&entries, &a) = e;
        }
    }
    if (is_of_a_part(lib))
        keep_unasked(lib, &entries, &a);
    bool ok = lock_write(entries.v, entries.n, lib->lock_path, dg);
    arena_done(&a);
    return ok;
}
