/* SPDX-License-Identifier: MIT */
#include "pdf/fontstore.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/datadir.h"
#include "base/map.h"
#include "pdf/face.h"
#include "pdf/fontchain.h"

/* Glyphs of all fonts are numbered in 32 bits: fontuse.c. */
#define FONTS_MAX 60000

/* Of font folders that no book uses any more. */
#define STORES_KEPT 2

enum slot_state { SLOT_NEW, SLOT_LOADED, SLOT_BROKEN };

struct slot {
    struct font font;
    const char *why; /* SLOT_BROKEN */
    _Atomic int state;
};

struct fontstore {
    struct arena arena; /* guarded by lock once open */
    struct diag said;
    bool has_plan;
    struct font_list list;
    struct font_index index;
    struct slot *slots;
    struct system_fonts *sys;
    pthread_mutex_t lock;
};

/* What fonts.yaml names first is numbered first; UINT32_MAX: not named. */
static void rank_families(struct map *ranks, const struct str_vec *families,
                          struct arena *a)
{
    for (size_t i = 0; i < families->n; i++) {
        void **at = map_at(ranks, font_family_key(families->v[i], a));
        if (!*at)
            *at = (void *)(uintptr_t)ranks->n;
    }
}

static void rank_sources(struct font_list *list, const struct font_plan *plan)
{
    struct arena *a = list->arena;
    struct map ranks;

    map_init(&ranks, a);
    for (int l = 0; l < LANG_COUNT; l++)
        for (int r = 0; r < FONT_ROLE_COUNT; r++)
            rank_families(&ranks, &plan->text[l][r], a);
    rank_families(&ranks, &plan->emoji, a);
    rank_families(&ranks, &plan->symbols, a);
    for (size_t i = 0; i < list->sources.n; i++) {
        struct font_source *s = &list->sources.v[i];
        s->rank = UINT32_MAX;
        for (size_t k = 0; k < s->families.n; k++) {
            str key = font_family_key(s->families.v[k], a);
            uintptr_t rank = (uintptr_t)map_find(&ranks, key);
            if (rank && rank < s->rank)
                s->rank = (uint32_t)rank;
        }
    }
}

#define COMPARE(x, y)                                                          \
    if ((x) != (y))                                                            \
    return (x) < (y) ? -1 : 1

static int compare_sources(const void *px, const void *py)
{
    const struct font_source *x = px, *y = py;

    COMPARE(x->origin, y->origin);
    COMPARE(x->rank, y->rank);
    int c = str_cmp(x->families.v[0], y->families.v[0]);
    if (c)
        return c;
    COMPARE(abs(x->width - 100), abs(y->width - 100));
    COMPARE(x->weight, y->weight);
    COMPARE(x->italic, y->italic);
    c = str_cmp(x->path, y->path);
    if (c)
        return c;
    COMPARE(x->face_index, y->face_index);
    return 0;
}

/* Sorts the list and drops what stands in it twice or has no name. */
static void order_sources(struct font_list *list)
{
    struct font_source *v = list->sources.v;
    size_t n = 0;

    for (size_t i = 0; i < list->sources.n; i++)
        if (v[i].families.n)
            v[n++] = v[i];
    if (n)
        qsort(v, n, sizeof *v, compare_sources);
    list->sources.n = 0;
    for (size_t i = 0; i < n && list->sources.n < FONTS_MAX; i++) {
        size_t k = list->sources.n;
        if (k && v[k - 1].face_index == v[i].face_index &&
            str_eq(v[k - 1].path, v[i].path))
            continue;
        v[list->sources.n++] = v[i];
    }
}

static void find_sources(struct fontstore *st, const struct str_vec *dirs)
{
    struct arena *a = &st->arena;
    str own = data_find(S("fonts"), a);

    if (own.n)
        font_scan(&st->list, own, 0, &st->said);
    for (size_t i = 0; i < dirs->n; i++) {
        size_t before = st->list.sources.n;
        font_scan(&st->list, dirs->v[i], (uint32_t)i + 1, &st->said);
        if (st->list.sources.n == before)
            diag_add(&st->said, DIAG_FONT_BROKEN, arena_dup(a, dirs->v[i]), 0,
                     "no font that can be used is in this folder, went on "
                     "without");
    }
    st->sys = system_fonts_add(&st->list);
    rank_sources(&st->list, &st->index.plan);
    order_sources(&st->list);
}

static void fill_slots(struct fontstore *st)
{
    size_t n = st->list.sources.n;

    st->slots = arena_array(&st->arena, struct slot, n);
    for (size_t i = 0; i < n; i++) {
        const struct font_source *s = &st->list.sources.v[i];
        st->slots[i].font = (struct font){
            .index = (uint32_t)i,
            .family = s->families.v[0],
            .weight = s->weight,
            .italic = s->italic,
        };
    }
}

static bool read_plan(struct fontstore *st)
{
    const str name = S("fonts/fonts.yaml");
    str yaml;

    return data_read(name, &st->arena, &yaml, &st->said) &&
           font_plan_read(&st->index.plan, yaml, name, &st->arena, &st->said);
}

static void *make_store(str key, const void *dirs)
{
    struct fontstore *st = calloc(1, sizeof *st);

    if (!st || pthread_mutex_init(&st->lock, NULL) != 0)
        die("out of memory");
    arena_init(&st->arena);
    diag_init(&st->said, &st->arena);
    st->list.arena = &st->arena;
    st->has_plan = read_plan(st);
    if (st->has_plan) {
        find_sources(st, dirs);
        font_index_init(&st->index, &st->list, &st->arena);
        fill_slots(st);
    }
    return st;
}

static void free_store(void *thing)
{
    struct fontstore *st = thing;

    for (size_t i = 0; st->slots && i < st->list.sources.n; i++)
        face_done(st->slots[i].font.face);
    system_fonts_free(st->sys);
    pthread_mutex_destroy(&st->lock);
    arena_done(&st->arena);
    free(st);
}

static const struct shelf_kind stores_kind = { make_store, free_store,
                                               STORES_KEPT };

struct shelf *fontstores_new(void)
{
    return shelf_new(&stores_kind);
}

struct fontstore *fontstores_take(struct shelf *stores,
                                  const struct str_vec *dirs)
{
    struct buf key = { 0 };

    for (size_t i = 0; i < dirs->n; i++)
        font_scan_key(dirs->v[i], &key);
    struct fontstore *st = shelf_take(stores, buf_str(&key), dirs);
    buf_done(&key);
    return st;
}

const struct diag *fontstore_said(const struct fontstore *st)
{
    return &st->said;
}

const struct font_index *fontstore_index(const struct fontstore *st)
{
    return st->has_plan ? &st->index : NULL;
}

static void open_slot(struct fontstore *st, uint32_t i)
{
    const struct font_source *s = &st->list.sources.v[i];
    struct slot *slot = &st->slots[i];

    slot->why = face_load(&slot->font, s->path, s->face_index, &st->arena);
    /* Before and after, the answer to what is in the font is the same. */
    if (!slot->why && s->charset)
        system_fonts_limit(s, &slot->font.face->coverage);
    atomic_store_explicit(&slot->state, slot->why ? SLOT_BROKEN : SLOT_LOADED,
                          memory_order_release);
}

const struct font *fontstore_load(struct fontstore *st, uint32_t i)
{
    struct slot *slot = &st->slots[i];
    int state = atomic_load_explicit(&slot->state, memory_order_acquire);

    if (state == SLOT_NEW) {
        pthread_mutex_lock(&st->lock);
        if (atomic_load_explicit(&slot->state, memory_order_relaxed) ==
            SLOT_NEW)
            open_slot(st, i);
        pthread_mutex_unlock(&st->lock);
        state = atomic_load_explicit(&slot->state, memory_order_acquire);
    }
    return state == SLOT_LOADED ? &slot->font : NULL;
}

const struct font *fontstore_opened(const struct fontstore *st, uint32_t i)
{
    const struct slot *slot = &st->slots[i];

    return atomic_load_explicit(&slot->state, memory_order_acquire) ==
                   SLOT_LOADED
               ? &slot->font
               : NULL;
}

const char *fontstore_why(const struct fontstore *st, uint32_t i)
{
    return st->slots[i].why;
}
