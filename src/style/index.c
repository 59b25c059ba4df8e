/* SPDX-License-Identifier: MIT */
#include "style/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

void index_init(struct rule_index *ix, struct arena *a)
{
    *ix = (struct rule_index){ .arena = a };
    map_init(&ix->by_class, a);
    map_init(&ix->by_id, a);
}

void index_add(struct rule_index *ix, struct style_rule r)
{
    *vec_push(ix, ix->arena) = r;
}

static uint64_t weight_of(const struct style_rule *r)
{
    return (uint64_t)!r->is_base << 32 | r->selector.specificity;
}

/* A stable merge sort, because order decides between equal weights and the
 * qsort() of C keeps none. */
static void sort_rules(struct style_rule *v, struct style_rule *spare, size_t n)
{
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t at = 0; at < n; at += 2 * run) {
            size_t i = at, mid = at + run < n ? at + run : n;
            size_t j = mid, end = mid + run < n ? mid + run : n;
            for (size_t k = at; k < end; k++) {
                bool left = j == end ||
                            (i < mid && weight_of(&v[i]) <= weight_of(&v[j]));
                spare[k] = left ? v[i++] : v[j++];
            }
        }
        memcpy(v, spare, n * sizeof *v);
    }
}

static struct ranks *ranks_at(struct rule_index *ix, struct map *m, str key)
{
    void **at = map_at(m, key);

    if (!*at)
        *at = arena_new(ix->arena, struct ranks);
    return *at;
}

/* Where to look for C: under its id, else a class, else its type. */
static struct ranks *bucket_of(struct rule_index *ix, const struct compound *c)
{
    for (uint32_t i = 0; i < c->n_conds; i++)
        if (c->conds[i].kind == COND_ID)
            return ranks_at(ix, &ix->by_id, c->conds[i].text);
    for (uint32_t i = 0; i < c->n_conds; i++)
        if (c->conds[i].kind == COND_CLASS)
            return ranks_at(ix, &ix->by_class, c->conds[i].text);
    return c->tag < TAG_COUNT ? &ix->by_tag[c->tag] : &ix->others;
}

void index_finish(struct rule_index *ix)
{
    if (ix->n == 0)
        return;
    sort_rules(ix->v, arena_array(ix->arena, struct style_rule, ix->n), ix->n);
    for (uint32_t i = 0; i < ix->n; i++) {
        const struct compound *c = ix->v[i].selector.subject;
        if (!c->never)
            *vec_push(bucket_of(ix, c), ix->arena) = i;
    }
}

struct search {
    const struct rule_index *ix;
    const struct node *node;
    str lang;
    struct arena *arena;
    struct ranks *out;
};

static void search_bucket(const struct search *s, const struct ranks *bucket)
{
    for (size_t i = 0; bucket && i < bucket->n; i++)
        if (selector_match(&s->ix->v[bucket->v[i]].selector, s->node, s->lang))
            *vec_push(s->out, s->arena) = bucket->v[i];
}

static int compare_ranks(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* Few rules match most elements: then this is quicker than a call for each
 * comparison. */
static void sort_ranks(struct ranks *r)
{
    if (r->n > 24) {
        qsort(r->v, r->n, sizeof *r->v, compare_ranks);
        return;
    }
    for (size_t i = 1; i < r->n; i++) {
        uint32_t x = r->v[i];
        size_t j = i;
        for (; j > 0 && r->v[j - 1] > x; j--)
            r->v[j] = r->v[j - 1];
        r->v[j] = x;
    }
}

/* A class that an element names twice brings its rules twice. */
static void drop_doubles(struct ranks *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++)
        if (n == 0 || r->v[n - 1] != r->v[i])
            r->v[n++] = r->v[i];
    r->n = n;
}

void index_match(const struct rule_index *ix, const struct node *n, str lang,
                 struct arena *a, struct ranks *out)
{
    struct search s = { ix, n, lang, a, out };
    str id = node_attr(n, ATTR_ID), classes = node_attr(n, ATTR_CLASS);

    out->n = 0;
    search_bucket(&s, &ix->others);
    search_bucket(&s, &ix->by_tag[n->tag]);
    if (id.n)
        search_bucket(&s, map_find(&ix->by_id, id));
    while (classes.n) {
        str word = str_trim(str_cut(&classes, ' '));
        if (word.n)
            search_bucket(&s, map_find(&ix->by_class, word));
    }
    sort_ranks(out);
    drop_doubles(out);
}
