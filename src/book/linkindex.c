/* SPDX-License-Identifier: MIT */
#include "book/linkindex.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/utf8.h"
#include "book/linkkey.h"
#include "book/variant.h"

/* More posts of one name are something else. */
#define TRANSLATIONS_MAX 32

enum kind { BY_PATH, BY_PERMALINK, BY_DATE, BY_SLUG, BY_TITLE, N_KINDS };

/* Keys are not kept, only their hashes: a hit is made sure of by making the
 * keys of the post again. */
struct entry {
    uint64_t hash;
    uint32_t post;
    uint32_t next; /* index + 1 of the next in this bucket */
};

struct linkindex {
    struct arena *arena;
    struct post *const *posts;
    struct entry *entries;
    size_t n_entries;
    uint32_t *buckets; /* index + 1; 0 is empty */
    size_t n_buckets;
    struct str_vec hosts;    /* the blog's own */
    struct str_vec prefixes; /* paths of its base URLs: "/blog" */
};

struct lookup {
    const struct linkindex *x;
    struct arena *scratch;
    str exact; /* folded path with its extension, to tell a.md from a.mdx */
    const char *variant; /* of translations, the one that is meant */
    const struct post *from, *found;
};

static uint64_t key_hash(enum kind kind, str key)
{
    return hash_bytes(key) ^ (uint64_t)(kind + 1) * 0x9E3779B97F4A7C15u;
}

static void add_key(struct str_vec *keys, struct arena *a, str key)
{
    if (key.n > 0)
        *vec_push(keys, a) = key;
}

static void path_keys(const struct post *p, struct arena *a,
                      struct str_vec *out)
{
    str key = linkkey_path(p->rel, a), dir = path_dir(key);

    add_key(out, a, key);
    if (dir.n > 0 && str_eq(path_base(dir), path_base(key)))
        add_key(out, a, dir);
}

static void permalink_keys(const struct post *p, struct arena *a,
                           struct str_vec *out)
{
    add_key(out, a, linkkey_permalink(p->permalink, a));
    for (size_t i = 0; i < p->aliases.n; i++)
        add_key(out, a, linkkey_permalink(p->aliases.v[i], a));
}

static void slug_keys(const struct post *p, struct arena *a,
                      struct str_vec *out)
{
    str slug = linkkey_fold(p->slug, a);
    str stem = path_base(linkkey_path(p->rel, a));

    add_key(out, a, slug);
    if (!str_eq(slug, stem))
        add_key(out, a, stem);
}

static void date_keys(const struct post *p, struct arena *a,
                      struct str_vec *out)
{
    struct str_vec slugs = { 0 };

    if (!p->date.year)
        return;
    slug_keys(p, a, &slugs);
    for (size_t i = 0; i < slugs.n; i++)
        add_key(out, a, linkkey_date_slug(&p->date, slugs.v[i], a));
}

static void title_keys(const struct post *p, struct arena *a,
                       struct str_vec *out)
{
    add_key(out, a, utf8_fold(str_trim(p->title), a));
}

static void post_keys(const struct post *p, enum kind kind, struct arena *a,
                      struct str_vec *out)
{
    static void (*const makers[N_KINDS])(const struct post *, struct arena *,
                                         struct str_vec *) = {
        path_keys, permalink_keys, date_keys, slug_keys, title_keys
    };

    makers[kind](p, a, out);
}

static void add_post(struct buf *entries, const struct post *p, uint32_t i,
                     struct arena *scratch)
{
    for (enum kind kind = 0; kind < N_KINDS; kind++) {
        struct str_vec keys = { 0 };
        post_keys(p, kind, scratch, &keys);
        for (size_t k = 0; k < keys.n; k++) {
            struct entry e = { key_hash(kind, keys.v[k]), i, 0 };
            buf_put(entries, (str){ (const char *)&e, sizeof e });
        }
    }
}

static uint32_t *bucket_of(const struct linkindex *x, uint64_t hash)
{
    return &x->buckets[(hash ^ hash >> 32) & (x->n_buckets - 1)];
}

static void fill_table(struct linkindex *x, const struct buf *entries)
{
    x->n_entries = entries->n / sizeof(struct entry);
    x->entries = arena_array(x->arena, struct entry, x->n_entries + 1);
    if (entries->n)
        memcpy(x->entries, entries->p, entries->n);
    for (x->n_buckets = 16; x->n_buckets < x->n_entries;)
        x->n_buckets *= 2;
    x->buckets = arena_array(x->arena, uint32_t, x->n_buckets);
    for (size_t i = x->n_entries; i > 0; i--) {
        uint32_t *bucket = bucket_of(x, x->entries[i - 1].hash);
        x->entries[i - 1].next = *bucket;
        *bucket = (uint32_t)i;
    }
}

static void add_base_url(struct linkindex *x, str url)
{
    struct address ad = address_parse(url, x->arena);

    if (!ad.absolute)
        return;
    linkindex_add_host(x, ad.host);
    str prefix = linkkey_path(ad.path, x->arena);
    if (prefix.n > 0)
        *vec_push(&x->prefixes, x->arena) = prefix;
}

static bool parts_urls(char c)
{
    return c == ',' || ascii_is_space((unsigned char)c);
}

static void add_base_urls(struct linkindex *x, str urls)
{
    for (size_t from = 0, i = 0; i <= urls.n; i++) {
        if (i < urls.n && !parts_urls(urls.p[i]))
            continue;
        add_base_url(x, str_sub(urls, from, i - from));
        from = i + 1;
    }
}

struct linkindex *linkindex_new(const struct book *book, struct arena *a)
{
    struct linkindex *x = arena_new(a, struct linkindex);
    struct arena scratch;
    struct buf entries = { 0 };

    arena_init(&scratch);
    x->arena = a;
    x->posts = book->posts;
    for (uint32_t i = 0; i < book->n_posts; i++) {
        arena_reset(&scratch);
        add_post(&entries, book->posts[i], i, &scratch);
    }
    fill_table(x, &entries);
    add_base_urls(x,
                  book->settings ? book->settings->base_url : book->base_url);
    buf_done(&entries);
    arena_done(&scratch);
    return x;
}

void linkindex_add_host(struct linkindex *x, str host)
{
    *vec_push(&x->hosts, x->arena) = arena_dup(x->arena, host);
}

static bool has_key(struct lookup *l, const struct post *p, enum kind kind,
                    str key)
{
    struct str_vec keys = { 0 };

    post_keys(p, kind, l->scratch, &keys);
    return str_is_among(key, keys.v, keys.n);
}

/* Of translations, the wanted one is best, then the one that says nothing. */
static int translation_rank(const struct lookup *l, const struct post *p)
{
    const char *variant = variant_of_path(p->rel);

    return strcmp(variant, l->variant) == 0 ? 2 : *variant == '\0';
}

/* Of two files with one key, the one that is written out, then the one of the
 * language, then the one in the folder of the post that links. */
static bool is_better(const struct lookup *l, enum kind kind,
                      const struct post *p, const struct post *than)
{
    int rank = translation_rank(l, p), than_rank = translation_rank(l, than);

    if (kind != BY_PATH)
        return rank > than_rank;
    bool exact = str_eq(linkkey_fold(p->rel, l->scratch), l->exact);
    bool than_exact = str_eq(linkkey_fold(than->rel, l->scratch), l->exact);
    bool same = l->from && str_eq(p->root, l->from->root);
    bool than_same = l->from && str_eq(than->root, l->from->root);

    return exact != than_exact ? exact
           : rank != than_rank ? rank > than_rank
                               : same && !than_same;
}

static enum link_found find_key(struct lookup *l, enum kind kind, str key)
{
    const struct linkindex *x = l->x;
    const struct post *best = NULL;
    bool tie = false;
    unsigned n = 0;

    if (key.n == 0)
        return LINK_NONE;
    uint64_t hash = key_hash(kind, key);
    for (uint32_t i = *bucket_of(x, hash); i; i = x->entries[i - 1].next) {
        const struct entry *e = &x->entries[i - 1];
        const struct post *p = x->posts[e->post];
        if (e->hash != hash || p == best || !has_key(l, p, kind, key))
            continue;
        if (++n > TRANSLATIONS_MAX && kind != BY_PATH)
            return LINK_AMBIGUOUS;
        if (!best || is_better(l, kind, p, best)) {
            best = p;
            tie = false;
        } else if (!is_better(l, kind, best, p)) {
            tie = true;
        }
    }
    if (!best)
        return LINK_NONE;
    l->found = best;
    return tie ? LINK_AMBIGUOUS : LINK_ONE;
}

static enum link_found find_file(struct lookup *l, str path)
{
    str normal = path_normal(l->scratch, path_percent_decode(l->scratch, path));

    l->exact = linkkey_fold(normal, l->scratch);
    return find_key(l, BY_PATH, linkkey_path(normal, l->scratch));
}

/* The post of the key that MAKE_KEY makes of PATH, else of what some
 * generators make of PATH in the names of folders. */
static enum link_found find_made(struct lookup *l, enum kind kind,
                                 str (*make_key)(str path, struct arena *a),
                                 str path)
{
    enum link_found r = find_key(l, kind, make_key(path, l->scratch));

    if (r != LINK_NONE)
        return r;
    str hyphened = linkkey_hyphened(path, l->scratch);
    return find_key(l, kind, make_key(hyphened, l->scratch));
}

static enum link_found find_dated(struct lookup *l, str path)
{
    return find_made(l, BY_DATE, linkkey_dated, path);
}

static enum link_found find_slug(struct lookup *l, str path)
{
    return find_made(l, BY_SLUG, linkkey_slug, path);
}

static bool is_own_host(const struct linkindex *x, str host)
{
    return str_is_among(host, x->hosts.v, x->hosts.n);
}

/* PATH below the base URL it begins with. */
static str below_base(const struct linkindex *x, str path)
{
    for (size_t i = 0; i < x->prefixes.n; i++) {
        str prefix = x->prefixes.v[i], inner = str_from(path, 1);
        if (str_starts_nocase(inner, prefix) &&
            (inner.n == prefix.n || inner.p[prefix.n] == '/'))
            return inner.n == prefix.n ? S("/") : str_from(inner, prefix.n);
    }
    return path;
}

/* A path of the blog: from its root, or relative to L->from. */
static enum link_found find_path(struct lookup *l, str path)
{
    enum link_found r = LINK_NONE;
    bool rooted = str_starts(path, S("/"));
    str dir = l->from ? path_dir(l->from->rel) : S("");

    if (!rooted && dir.n > 0)
        r = find_file(l, path_join(l->scratch, dir, path));
    if (r == LINK_NONE)
        r = find_file(l, str_from(path, rooted));
    if (r == LINK_NONE)
        r = find_key(l, BY_PERMALINK, linkkey_permalink(path, l->scratch));
    if (r == LINK_NONE)
        r = find_dated(l, path);
    return r != LINK_NONE ? r : find_slug(l, path);
}

static enum link_found find_absolute(struct lookup *l, const struct address *ad)
{
    str full = arena_printf(l->scratch, "//%.*s%.*s", STR_ARG(ad->host),
                            STR_ARG(ad->path));
    enum link_found r = find_key(l, BY_PERMALINK,
                                 linkkey_permalink(full, l->scratch));

    if (r != LINK_NONE)
        return r;
    if (is_own_host(l->x, ad->host))
        return find_path(l, below_base(l->x, ad->path));
    return find_dated(l, ad->path);
}

static bool is_bare_name(str href)
{
    return str_find_char(href, '/') == STR_NONE;
}

enum link_found linkindex_find(const struct linkindex *x,
                               const struct post *from, str href,
                               struct arena *scratch, const struct post **found)
{
    struct address ad = address_parse(href, scratch);
    struct lookup l = { x, scratch, { 0 }, variant_of_path(ad.path), from, 0 };
    enum link_found r = LINK_NONE;

    if (!*l.variant && from)
        l.variant = variant_of_path(from->rel);
    if (ad.absolute)
        r = find_absolute(&l, &ad);
    else if (!ad.other_scheme && !str_is_blank(ad.path))
        r = find_path(&l, str_starts(ad.path, S("/")) ? below_base(x, ad.path)
                                                      : ad.path);
    if (r == LINK_NONE && is_bare_name(href))
        r = find_key(&l, BY_TITLE, linkkey_fold(str_trim(href), scratch));
    *found = r == LINK_ONE ? l.found : NULL;
    return r;
}

enum link_found linkindex_find_dated(const struct linkindex *x, str path,
                                     struct arena *scratch,
                                     const struct post **found)
{
    struct lookup l = { .x = x,
                        .scratch = scratch,
                        .variant = variant_of_path(path) };
    enum link_found r = find_dated(&l, path);

    *found = r == LINK_ONE ? l.found : NULL;
    return r;
}
