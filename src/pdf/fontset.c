/* SPDX-License-Identifier: MIT */
#include "pdf/fontset.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/map.h"
#include "pdf/face.h"
#include "pdf/fontchain.h"
#include "pdf/fontstore.h"

struct fontset {
    struct arena arena;   /* guarded by lock once open */
    struct shelf *stores, /* where STORE is from */
        *own_stores;      /* NULL: they were lent */
    struct fontstore *store;
    const struct font_index *index; /* the store's */
    struct map chains;              /* guarded by lock */
    /* By font: this book came upon it, and it can't be used. */
    atomic_bool *missed;
    const struct font *last_resort, *emoji;
    pthread_mutex_t lock;
};

static size_t count_fonts(const struct fontset *fs)
{
    return fs->index->list->sources.n;
}

static const struct font *load_font(struct fontset *fs, uint32_t i)
{
    const struct font *f = fontstore_load(fs->store, i);

    if (!f)
        atomic_store_explicit(&fs->missed[i], true, memory_order_relaxed);
    return f;
}

static const struct font *find_emoji(struct fontset *fs)
{
    const struct str_vec *names = &fs->index->plan.emoji;
    const struct font_style style = { .weight = 400 };

    for (size_t i = 0; i < names->n; i++) {
        uint32_t at = font_index_find(fs->index, names->v[i], &style,
                                      &fs->arena);
        const struct font *f = at == UINT32_MAX ? NULL : load_font(fs, at);
        if (f)
            return f;
    }
    return NULL;
}

static const struct font *find_any(struct fontset *fs)
{
    for (size_t i = 0; i < count_fonts(fs); i++) {
        const struct font *f = load_font(fs, (uint32_t)i);
        if (f && f->kind != FONT_COLOR)
            return f;
    }
    return NULL;
}

static bool fill_fontset(struct fontset *fs, struct diag *dg)
{
    diag_repeat(dg, fontstore_said(fs->store));
    fs->index = fontstore_index(fs->store);
    if (!fs->index)
        return false;
    fs->missed = arena_array(&fs->arena, atomic_bool, count_fonts(fs));
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

struct fontset *fontset_borrow(struct shelf *stores, const struct str_vec *dirs,
                               struct diag *dg)
{
    struct fontset *fs = calloc(1, sizeof *fs);

    if (!fs || pthread_mutex_init(&fs->lock, NULL) != 0)
        die("out of memory");
    arena_init(&fs->arena);
    map_init(&fs->chains, &fs->arena);
    if (!stores)
        stores = fs->own_stores = fontstores_new();
    fs->stores = stores;
    fs->store = fontstores_take(stores, dirs);
    if (fill_fontset(fs, dg))
        return fs;
    fontset_close(fs);
    return NULL;
}

struct fontset *fontset_open(const struct str_vec *dirs, struct diag *dg)
{
    return fontset_borrow(NULL, dirs, dg);
}

void fontset_close(struct fontset *fs)
{
    if (!fs)
        return;
    shelf_give_back(fs->stores, fs->store);
    shelf_free(fs->own_stores);
    pthread_mutex_destroy(&fs->lock);
    arena_done(&fs->arena);
    free(fs);
}

void fontset_report(const struct fontset *fs, struct diag *dg)
{
    for (uint32_t i = 0; i < count_fonts(fs); i++) {
        const struct font_source *s = &fs->index->list->sources.v[i];
        if (atomic_load_explicit(&fs->missed[i], memory_order_relaxed))
            diag_add(dg, DIAG_FONT_BROKEN, arena_dup(dg->arena, s->path), 0,
                     "font '%.*s' %s, took the next one",
                     STR_ARG(s->families.v[0]), fontstore_why(fs->store, i));
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
        chain = font_chain_make(fs->index, q, &fs->arena);
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

static bool source_has(const void *source, uint32_t c)
{
    return system_fonts_cover(source, c);
}

const struct font *font_chain_for(const struct font_chain *chain, uint32_t i,
                                  str text, const struct cluster *k)
{
    const struct fontset *fs = chain->fs;
    uint32_t font = chain->fonts[i];
    const struct font *open = fontstore_opened(fs->store, font);

    if (open)
        return open;
    const struct font_source *s = &fs->index->list->sources.v[font];
    if (s->charset && !cluster_covered_by(source_has, s, text, k))
        return NULL;
    return load_font(chain->fs, font);
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
    for (size_t i = 0; i < fs->index->list->sources.n; i++) {
        if (!system_fonts_cover(&fs->index->list->sources.v[i], c))
            continue;
        const struct font *f = load_font(fs, (uint32_t)i);
        if (f && face_covers(f, c))
            return f;
    }
    return NULL;
}
