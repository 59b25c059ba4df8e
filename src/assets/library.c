/* SPDX-License-Identifier: MIT */
#include "assets/library.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "assets/library_parts.h"
#include "base/path.h"
#include "doc/chapter.h"

#define ROUNDS_MAX 3 /* of asking again for what the cache lost */

static const struct fetch_calls curl_calls = {
    .open = fetcher_new,
    .close = fetcher_free,
    .start = fetcher_start,
    .wait = fetch_wait,
    .is_done = fetch_is_done,
    .free = fetch_free,
};

/* The folder that book.yaml is read from. */
static bool find_folder(const struct settings *set, struct arena *a, str *out)
{
    struct stat st;

    for (size_t i = 0; i < set->paths.n; i++) {
        *out = set->paths.v[i];
        if (stat(arena_cstr(a, *out), &st) == 0 && S_ISDIR(st.st_mode))
            return true;
    }
    return false;
}

static bool names_folder(const struct settings *set, struct arena *a)
{
    str folder;

    return set->paths.n == 0 || find_folder(set, a, &folder);
}

str library_lock_path(const struct settings *set, struct arena *a)
{
    str folder;

    if (!find_folder(set, a, &folder))
        folder = set->paths.n ? path_dir(set->paths.v[0]) : (str){ 0 };
    return path_join(a, folder, S("blog2book.lock"));
}

struct library *library_open(const struct library_options *o, struct diag *dg)
{
    return library_open_with(&curl_calls, o, dg);
}

static bool open_fetcher(struct library *lib, struct diag *dg)
{
    const struct settings *set = lib->set;
    struct fetch_options o = {
        .connections = set->connections,
        .proxy = set->proxy,
        .allow_private = set->allow_private_network,
        .file_max = CACHE_FILE_MAX,
        .small_max = CACHE_SMALL_MAX,
        .interrupted = lib->interrupted,
    };

    if (!set->offline)
        lib->fetcher = lib->calls->open(&o, dg);
    return set->offline || lib->fetcher;
}

static void free_library(struct library *lib)
{
    if (lib->fetcher)
        lib->calls->close(lib->fetcher);
    pthread_cond_destroy(&lib->changed);
    pthread_mutex_destroy(&lib->mutex);
    arena_done(&lib->arena);
    free(lib);
}

struct library *library_open_with(const struct fetch_calls *calls,
                                  const struct library_options *o,
                                  struct diag *dg)
{
    struct library *lib = calloc(1, sizeof *lib);

    if (!lib)
        die("out of memory");
    arena_init(&lib->arena);
    pthread_mutex_init(&lib->mutex, NULL);
    pthread_cond_init(&lib->changed, NULL);
    for (int i = 0; i < LANE_COUNT; i++)
        map_init(&lib->items[i], &lib->arena);
    lib->calls = calls;
    lib->set = o->set;
    lib->interrupted = o->interrupted;
    lib->lock_path = arena_dup(&lib->arena, o->lock_path);
    lib->of_folder = names_folder(o->set, &lib->arena);
    lib->obey = !o->set->lock || o->set->frozen;
    lib->today = library_today(&lib->arena);
    lib->cache = o->cache;
    if (lock_read(&lib->lock, lib->lock_path, &lib->arena, dg) &&
        open_fetcher(lib, dg))
        return lib;
    free_library(lib);
    return NULL;
}

bool library_close(struct library *lib, bool publish, struct diag *dg)
{
    bool ok = true;

    if (!lib)
        return true;
    library_settle(lib);
    library_gather(lib);
    library_report(lib, dg);
    if (publish && lib->set->lock && !lib->set->frozen)
        ok = library_write_lock(lib, dg);
    /* What others of the same cache kept is not to be spoken of here. */
    if (lib->needed)
        cache_report(lib->cache, dg);
    free_library(lib);
    return ok;
}

str library_keep(struct library *lib, str s)
{
    pthread_mutex_lock(&lib->mutex);
    str kept = s.n ? arena_dup(&lib->arena, s) : (str){ 0 };
    pthread_mutex_unlock(&lib->mutex);
    return kept;
}

void item_set(struct library *lib, struct item *it, enum item_state state)
{
    pthread_mutex_lock(&lib->mutex);
    it->state = state;
    pthread_cond_broadcast(&lib->changed);
    pthread_mutex_unlock(&lib->mutex);
}

struct item *item_find(struct library *lib, const struct web_want *want)
{
    enum item_lane lane = want->kind == WEB_DATA ? LANE_DATA
                          : want->guess          ? LANE_GUESS
                                                 : LANE_PICTURE;
    struct item *it = map_find(&lib->items[lane], want->url);

    if (it)
        return it;
    it = arena_new(&lib->arena, struct item);
    it->url = arena_dup(&lib->arena, want->url);
    it->referer = arena_dup(&lib->arena, want->referer);
    it->kind = want->kind;
    it->guess = want->guess;
    it->order = UINT32_MAX;
    map_put(&lib->items[lane], it->url, it);
    return it;
}

void library_want(struct library *lib, const struct web_want *want)
{
    pthread_mutex_lock(&lib->mutex);
    struct item *it = item_find(lib, want);
    bool is_new = it->state == ITEM_NEW;
    if (is_new)
        it->state = ITEM_BUSY;
    pthread_mutex_unlock(&lib->mutex);
    if (is_new)
        item_plan(lib, it);
}

/* Waits until nobody owns IT; returns how it was, and owns it then unless it is
 * done. */
static enum item_state claim(struct library *lib, struct item *it)
{
    pthread_mutex_lock(&lib->mutex);
    it->asked = true;
    while (it->state == ITEM_BUSY)
        pthread_cond_wait(&lib->changed, &lib->mutex);
    enum item_state was = it->state;
    if (was != ITEM_DONE)
        it->state = ITEM_BUSY;
    pthread_mutex_unlock(&lib->mutex);
    return was;
}

/* Brings IT to its end. FILE gets what had to be read for that. */
static void settle_item(struct library *lib, struct item *it, struct arena *a,
                        struct cache_file *file)
{
    for (;;) {
        switch (claim(lib, it)) {
        case ITEM_NEW:
            item_plan(lib, it);
            break;
        case ITEM_KEPT:
            item_take_kept(lib, it, a, file);
            break;
        case ITEM_FETCHING:
            item_take_fetched(lib, it, a, &file->bytes);
            library_advance(lib);
            break;
        default:
            return;
        }
    }
}

/* The cache lost a file since it was found: as if nobody had asked yet. */
static void forget(struct library *lib, struct item *it)
{
    pthread_mutex_lock(&lib->mutex);
    if (it->state == ITEM_DONE)
        it->state = ITEM_NEW;
    pthread_mutex_unlock(&lib->mutex);
}

static bool has_file(const struct item *it)
{
    return it->status == WEB_FOUND || it->status == WEB_ARCHIVED;
}

static void give_file(const struct item *it, const struct cache_file *file,
                      struct arena *a, struct web_file *out)
{
    str hash = { (const char *)it->found.hash, CACHE_HASH };

    out->bytes = file->bytes;
    out->sha256 = (const uint8_t *)arena_dup(a, hash).p;
    out->has_crc = file->has_crc;
    out->crc = file->crc;
}

void library_get(struct library *lib, const struct web_want *want,
                 struct arena *a, struct web_file *out)
{
    *out = (struct web_file){ .status = WEB_DEAD,
                              .why = S("the cache loses it again and again") };
    pthread_mutex_lock(&lib->mutex);
    struct item *it = item_find(lib, want);
    item_claim(it, want);
    pthread_mutex_unlock(&lib->mutex);
    for (unsigned round = 0; round < ROUNDS_MAX; round++) {
        struct cache_file file = { 0 };
        settle_item(lib, it, a, &file);
        if (!has_file(it) || file.bytes.p || item_read(lib, it, a, &file)) {
            str at = it->found.final_url.n ? it->found.final_url : it->url;
            out->status = it->status;
            if (has_file(it))
                give_file(it, &file, a, out);
            out->url = arena_dup(a, at);
            out->why = arena_dup(a, it->found.reason);
            return;
        }
        forget(lib, it);
    }
}

bool library_wait_for_need(struct library *lib)
{
    pthread_mutex_lock(&lib->mutex);
    while (!lib->needed && !lib->settled)
        pthread_cond_wait(&lib->changed, &lib->mutex);
    bool needed = !lib->settled;
    pthread_mutex_unlock(&lib->mutex);
    return needed;
}

void library_settle(struct library *lib)
{
    pthread_mutex_lock(&lib->mutex);
    lib->settled = true;
    pthread_cond_broadcast(&lib->changed);
    pthread_mutex_unlock(&lib->mutex);
}
