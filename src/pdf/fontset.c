/* SPDX-License-Identifier: MIT */
#include "pdf/fontset.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/datadir.h"
#include "base/map.h"
#include "pdf/face.h"
#include "pdf/fontchain.h"
#include "pdf/fontlist.h"

/* Glyphs of all fonts are numbered in 32 bits: fontuse.c. */
#define FONTS_MAX 60000

enum slot_state { SLOT_NEW, SLOT_LOADED, SLOT_BROKEN };

struct slot {
    struct font font;
    const char *why; /* SLOT_BROKEN */
    _Atomic int state;
};

struct fontset {
    struct arena arena; /* guarded by lock once open */
    struct font_list list;
    struct font_index index;
    struct map chains; /* guarded by lock */
    struct slot *slots;
    struct system_fonts *sys;
    const struct font *last_resort, *emoji;
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

static void find_sources(struct fontset *fs, const struct str_vec *dirs,
                         struct diag *dg)
{
    struct arena *a = &fs->arena;
    str own = data_find(S("fonts"), a);

    if (own.n)
        font_scan(&fs->list, own, 0, dg);
    for (size_t i = 0; i < dirs->n; i++)
        font_scan(&fs->list, dirs->v[i], (uint32_t)i + 1, dg);
    fs->sys = system_fonts_add(&fs->list);
    rank_sources(&fs->list, &fs->index.plan);
    order_sources(&fs->list);
}

static void fill_slots(struct fontset *fs)
{
    size_t n = fs->list.sources.n;

    fs->slots = arena_array(&fs->arena, struct slot, n);
    for (size_t i = 0; i < n; i++) {
        const struct font_source *s = &fs->list.sources.v[i];
        fs->slots[i].font = (struct font){
            .index = (uint32_t)i,
            .family = s->families.v[0],
            .weight = s->weight,
            .italic = s->italic,
        };
    }
}

static void open_slot(struct fontset *fs, uint32_t i)
{
    const struct font_source *s = &fs->list.sources.v[i];
    struct slot *slot = &fs->slots[i];

    slot->why = face_load(&slot->font, s->path, s->face_index, &fs->arena);
    atomic_store_explicit(&slot->state, slot->why ? SLOT_BROKEN : SLOT_LOADED,
                          memory_order_release);
}

static const struct font *load_font(struct fontset *fs, uint32_t i)
{
    struct slot *slot = &fs->slots[i];
    int state = atomic_load_explicit(&slot->state, memory_order_acquire);

    if (state == SLOT_NEW) {
        pthread_mutex_lock(&fs->lock);
        if (atomic_load_explicit(&slot->state, memory_order_relaxed) ==
            SLOT_NEW)
            open_slot(fs, i);
        pthread_mutex_unlock(&fs->lock);
        state = atomic_load_explicit(&slot->state, memory_order_acquire);
    }
    return state == SLOT_LOADED ? &slot->font : NULL;
}

static const struct font *find_emoji(struct fontset *fs)
{
    const struct str_vec *names = &fs->index.plan.emoji;
    const struct font_style style = { .weight = 400 };

    for (size_t i = 0; i < names->n; i++) {
        uint32_t at = font_index_find(&fs->index, names->v[i], &style,
                                      &fs->arena);
        const struct font *f = at == UINT32_MAX ? NULL : load_font(fs, at);
        if (f)
            return f;
    }
    return NULL;
}

static const struct font *find_any(struct fontset *fs)
{
    for (size_t i = 0; i < fs->list.sources.n; i++) {
        const struct font *f = load_font(fs, (uint32_t)i);
        if (f && f->kind != FONT_COLOR)
            return f;
    }
    return NULL;
}

static bool fill_fontset(struct fontset *fs, const struct str_vec *dirs,
                         struct diag *dg)
{
    const str name = S("fonts/fonts.yaml");
    str yaml;

    if (!data_read(name, &fs->arena, &yaml, dg) ||
        !font_plan_read(&fs->index.plan, yaml, name, &fs->arena, dg))
        return false;
    find_sources(fs, dirs, dg);
    font_index_init(&fs->index, &fs->list, &fs->arena);
    fill_slots(fs);
    fs->last_resort = find_any(fs);
    if (!fs->last_resort) {
        diag_add(dg, DIAG_FONT_NONE, S(""), 0,
                 "no usable font found, install one that fonts.yaml names or "
                 "name a folder with --font-dir");
        return false;
    }
    fs->emoji = find_emoji(fs);
    return true;
}

struct fontset *fontset_open(const struct str_vec *dirs, struct diag *dg)
{
    struct fontset *fs = calloc(1, sizeof *fs);

    if (!fs || pthread_mutex_init(&fs->lock, NULL) != 0)
        die("out of memory");
    arena_init(&fs->arena);
    fs->list.arena = &fs->arena;
    map_init(&fs->chains, &fs->arena);
    if (fill_fontset(fs, dirs, dg))
        return fs;
    fontset_close(fs);
    return NULL;
}

void fontset_close(struct fontset *fs)
{
    if (!fs)
        return;
    for (size_t i = 0; fs->slots && i < fs->list.sources.n; i++)
        face_done(fs->slots[i].font.face);
    system_fonts_free(fs->sys);
    pthread_mutex_destroy(&fs->lock);
    arena_done(&fs->arena);
    free(fs);
}

void fontset_report(const struct fontset *fs, struct diag *dg)
{
    for (size_t i = 0; i < fs->list.sources.n; i++) {
        const struct slot *slot = &fs->slots[i];
        if (slot->why)
            diag_add(dg, DIAG_FONT_BROKEN,
                     arena_dup(dg->arena, fs->list.sources.v[i].path), 0,
                     "font '%.*s' %s, took the next one",
                     STR_ARG(slot->font.family), slot->why);
    }
}

const struct font_chain *font_select(struct fontset *fs,
                                     const struct font_query *q)
{
    struct buf key = { 0 };

    font_query_key(q, &key);
    pthread_mutex_lock(&fs->lock);
    struct font_chain *chain = map_find(&fs->chains, buf_str(&key));
    if (!chain) {
        chain = font_chain_make(&fs->index, q, &fs->arena);
        chain->fs = fs;
        map_put(&fs->chains, arena_dup(&fs->arena, buf_str(&key)), chain);
    }
    pthread_mutex_unlock(&fs->lock);
    buf_done(&key);
    return chain;
}

const struct font *font_chain_at(const struct font_chain *chain, uint32_t i)
{
    return load_font(chain->fs, chain->fonts[i]);
}

const struct font *font_chain_first(const struct font_chain *chain)
{
    for (uint32_t i = chain->n_latin; i < chain->n; i++) {
        const struct font *f = font_chain_at(chain, i);
        if (f && f->kind != FONT_COLOR)
            return f;
    }
    return chain->fs->last_resort;
}

const struct font *fontset_emoji(struct fontset *fs)
{
    return fs->emoji;
}

const struct font *fontset_find(struct fontset *fs, uint32_t c)
{
    for (size_t i = 0; i < fs->list.sources.n; i++) {
        if (!system_fonts_cover(&fs->list.sources.v[i], c))
            continue;
        const struct font *f = load_font(fs, (uint32_t)i);
        if (f && face_covers(f, c))
            return f;
    }
    return NULL;
}
