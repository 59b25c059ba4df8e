/* SPDX-License-Identifier: MIT */
/* Styles of a chapter's nodes. Elements with the same parent style, rules,
 * inline declarations and language have the same style, so nearly all of a
 * chapter comes out of a table. */
#include <string.h>

#include "base/hash.h"
#include "base/vec.h"
#include "style/compute.h"
#include "style/sheet.h"

struct language {
    str tag;
    enum lang id;
};

/* Everything that an element's style depends on. */
struct cause {
    const struct style *parent;
    const struct language *lang;
    const struct decls *own; /* the style attribute's; NULL: none */
    const uint32_t *ranks;
    size_t n_ranks;
};

struct entry {
    uint64_t hash;
    struct cause cause; /* of `by_cause` */
    const struct style *style;
};

/* Open addressing; a power of two; at most half full. */
struct table {
    struct entry *v;
    size_t n, cap;
};

struct cascading {
    const struct sheet *sheet;
    struct arena *arena;
    str lang; /* of the chapter */
    struct ranks ranks;
    struct map languages, inlines;
    struct table by_cause, by_value;
    const struct style *root;
    uint32_t n_distinct;
};

static void grow_table(struct table *t, struct arena *a)
{
    struct table old = *t;

    t->cap = old.cap ? old.cap * 2 : 64;
    t->v = arena_array(a, struct entry, t->cap);
    for (size_t i = 0; i < old.cap; i++) {
        size_t at = old.v[i].hash & (t->cap - 1);
        if (!old.v[i].style)
            continue;
        while (t->v[at].style)
            at = (at + 1) & (t->cap - 1);
        t->v[at] = old.v[i];
    }
}

/* The entry that holds what SAME accepts, or a free one. */
static struct entry *find_entry(struct table *t, uint64_t hash,
                                bool (*same)(const struct entry *,
                                             const void *),
                                const void *key, struct arena *a)
{
    if (t->n * 2 >= t->cap)
        grow_table(t, a);
    for (size_t at = hash & (t->cap - 1);; at = (at + 1) & (t->cap - 1)) {
        struct entry *e = &t->v[at];
        if (!e->style || (e->hash == hash && same(e, key)))
            return e;
    }
}

static bool same_cause(const struct entry *e, const void *key)
{
    const struct cause *a = &e->cause, *b = key;

    return a->parent == b->parent && a->lang == b->lang && a->own == b->own &&
           a->n_ranks == b->n_ranks &&
           (a->n_ranks == 0 ||
            memcmp(a->ranks, b->ranks, a->n_ranks * sizeof *a->ranks) == 0);
}

static bool same_value(const struct entry *e, const void *key)
{
    return memcmp(e->style, key, sizeof *e->style) == 0;
}

static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

static uint64_t hash_cause(const struct cause *c)
{
    uint64_t h = mix((uintptr_t)c->parent, (uintptr_t)c->lang);

    h = mix(h, (uintptr_t)c->own);
    for (size_t i = 0; i < c->n_ranks; i++)
        h = mix(h, c->ranks[i]);
    return h;
}

static const struct language *find_language(struct cascading *cs, str tag)
{
    void **at = map_at(&cs->languages, tag);

    if (!*at) {
        struct language *l = arena_new(cs->arena, struct language);
        *l = (struct language){ tag, lang_of_tag(tag) };
        *at = l;
    }
    return *at;
}

static const struct decls *find_inline(struct cascading *cs, str text)
{
    void **at = map_at(&cs->inlines, text);

    if (!*at) {
        struct decls *d = arena_new(cs->arena, struct decls);
        struct decl_reader r = { .arena = cs->arena, .vars = &cs->sheet->vars };
        decls_read(&r, css_tokenize(text, cs->arena), d);
        *at = d;
    }
    return *at;
}

static const struct style *compute(struct cascading *cs,
                                   const struct cause *why)
{
    struct cascade c = { .initial = &cs->sheet->initial,
                         .parent = why->parent,
                         .root = cs->root };
    struct style *s = arena_new(cs->arena, struct style);

    for (int important = 0; important < 2; important++) {
        for (size_t i = 0; i < why->n_ranks; i++)
            cascade_add(&c, cs->sheet->rules.v[why->ranks[i]].decls, important);
        cascade_add(&c, why->own, important);
    }
    compute_style(&c, s);
    if (why->lang) {
        s->lang = why->lang->tag;
        s->lang_id = why->lang->id;
    }
    uint64_t hash = hash_object(s, sizeof *s);
    struct entry *e = find_entry(&cs->by_value, hash, same_value, s, cs->arena);
    if (!e->style) {
        *e = (struct entry){ .hash = hash, .style = s };
        cs->by_value.n++;
        cs->n_distinct++;
    }
    return e->style;
}

static const struct style *style_element(struct cascading *cs,
                                         const struct node *n,
                                         const struct style *parent)
{
    str lang = node_attr(n, ATTR_LANG), own = node_attr(n, ATTR_STYLE);

    if (!cs->root && lang.n == 0)
        lang = cs->lang;
    index_match(&cs->sheet->rules, n, cs->lang, cs->arena, &cs->ranks);
    struct cause why = {
        .parent = parent,
        .lang = lang.n ? find_language(cs, lang) : NULL,
        .own = own.n ? find_inline(cs, own) : NULL,
        .ranks = cs->ranks.v,
        .n_ranks = cs->ranks.n,
    };
    uint64_t hash = hash_cause(&why);
    struct entry *e = find_entry(&cs->by_cause, hash, same_cause, &why,
                                 cs->arena);
    if (!e->style) {
        const struct style *s = compute(cs, &why);
        /* The ranks are overwritten for the next element. */
        uint32_t *kept = arena_array(cs->arena, uint32_t, why.n_ranks);
        if (why.n_ranks)
            memcpy(kept, why.ranks, why.n_ranks * sizeof *kept);
        why.ranks = kept;
        *e = (struct entry){ hash, why, s };
        cs->by_cause.n++;
    }
    return e->style;
}

struct styles *cascade_chapter(const struct sheet *sh, const struct chapter *c,
                               struct arena *a)
{
    struct cascading cs = { .sheet = sh, .arena = a, .lang = c->lang_tag };
    struct styles *out = arena_new(a, struct styles);

    map_init(&cs.languages, a);
    map_init(&cs.inlines, a);
    out->n = c->n_nodes;
    out->initial = &sh->initial;
    out->of = arena_array(a, const struct style *, c->n_nodes);
    for (const struct node *n = c->root; n; n = node_next(n, c->root)) {
        const struct style *parent = n == c->root ? &sh->initial
                                                  : out->of[n->parent->id];
        out->of[n->id] = n->tag == TAG_TEXT ? parent
                                            : style_element(&cs, n, parent);
        if (n == c->root)
            cs.root = out->of[n->id];
    }
    out->n_distinct = cs.n_distinct;
    return out;
}
