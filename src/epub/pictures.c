/* SPDX-License-Identifier: MIT */
#include "epub/pictures.h"

#include <pthread.h>
#include <stdlib.h>

#include "assets/image.h"
#include "base/hash.h"
#include "base/map.h"
#include "epub/deflate.h"

#define NAME_DIGITS 12

/* What is known of a picture; set once. Its changed bytes stay only until they
 * are in the book. */
struct known {
    struct fitted fitted;
    struct arena bytes;
    bool is_same, is_forgotten;
};

struct pictures {
    struct fit_limits limits;
    struct made *kept;
    pthread_mutex_t lock; /* of all below */
    struct arena arena;
    struct map by_name; /* before it was made fit -> struct known * */
};

struct pictures *pictures_new(const struct fit_limits *limits,
                              struct made *kept)
{
    struct pictures *p = calloc(1, sizeof *p);

    if (!p || pthread_mutex_init(&p->lock, NULL))
        die("out of memory");
    p->limits = *limits;
    p->kept = kept;
    arena_init(&p->arena);
    map_init(&p->by_name, &p->arena);
    return p;
}

static void forget(struct known *k)
{
    if (!k->is_forgotten)
        arena_done(&k->bytes);
    k->is_forgotten = true;
}

void pictures_free(struct pictures *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->by_name.n; i++)
        forget(p->by_name.entries[i].value);
    pthread_mutex_destroy(&p->lock);
    arena_done(&p->arena);
    free(p);
}

static bool look_up(struct pictures *p, const struct image *im,
                    struct fitted *out)
{
    pthread_mutex_lock(&p->lock);
    const struct known *k = map_find(&p->by_name, im->name);
    if (k) {
        str path = im->path;
        *out = k->fitted;
        out->image.path = path;
        out->image.line = im->line;
        if (k->is_same)
            out->image.bytes = im->bytes;
    }
    pthread_mutex_unlock(&p->lock);
    return k != NULL;
}

static void make(const struct pictures *p, const struct image *im,
                 struct arena *a, struct fitted *out, bool *is_same)
{
    struct fit fit;

    fit_kept(p->kept, im, &p->limits, a, &fit);
    *is_same = fit.is_same;
    *out = (struct fitted){ .image = *im,
                            .wrong = fit.wrong,
                            .lacks = fit.lacks,
                            .did = fit.did,
                            .moves = fit.moves };
    if (fit.wrong) {
        out->image.type = IMAGE_UNKNOWN;
        return;
    }
    out->image.type = fit.type;
    out->image.bytes = fit.bytes;
    out->image.width = fit.width;
    out->image.height = fit.height;
    out->image.has_crc = fit.is_same && im->has_crc;
    out->crc = out->image.has_crc ? im->crc : deflate_crc(fit.bytes);
    if (fit.is_same)
        return;
    if (fit.digest.n == 0)
        fit.digest = hash_hex(fit.bytes, NAME_DIGITS, a);
    out->image.name = arena_printf(a, "%.*s.%s", NAME_DIGITS, fit.digest.p,
                                   image_extension(fit.type));
}

/* False: another worker was faster. */
static bool keep(struct pictures *p, const struct image *im,
                 const struct fitted *f, const struct arena *bytes,
                 bool is_same)
{
    pthread_mutex_lock(&p->lock);
    bool first = !map_find(&p->by_name, im->name);
    if (first) {
        struct known *k = arena_new(&p->arena, struct known);
        *k = (struct known){ .fitted = *f,
                             .bytes = *bytes,
                             .is_same = is_same };
        k->fitted.image.name = arena_dup(&p->arena, f->image.name);
        k->fitted.did = arena_dup(&p->arena, f->did);
        map_put(&p->by_name, arena_dup(&p->arena, im->name), k);
    }
    pthread_mutex_unlock(&p->lock);
    return first;
}

void pictures_fit(struct pictures *p, const struct image *im, struct arena *a,
                  struct fitted *out)
{
    struct arena own;
    bool is_same;

    if (look_up(p, im, out))
        return;
    arena_init(&own);
    make(p, im, &own, out, &is_same);
    bool first = keep(p, im, out, &own, is_same);
    /* The texts that OUT has are not to depend on others' forgetting. */
    out->image.name = arena_dup(a, out->image.name);
    out->did = arena_dup(a, out->did);
    if (!first) {
        if (!is_same)
            out->image.bytes = arena_dup(a, out->image.bytes);
        arena_done(&own);
    }
}

void pictures_forget(struct pictures *p, str name)
{
    pthread_mutex_lock(&p->lock);
    struct known *k = map_find(&p->by_name, name);
    if (k)
        forget(k);
    pthread_mutex_unlock(&p->lock);
}
