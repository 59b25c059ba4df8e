/* SPDX-License-Identifier: MIT */
#include "diff.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "epub/xhtml.h"
#include "epub/zip_read.h"

/* Bytes; a title that somebody made longer is cut. */
#define TITLE_MAX 2000

enum fate { REMOVED, ADDED, CHANGED, SAME, FATE_COUNT };

static const struct {
    const char *sign, *key;
} fates[] = {
    [REMOVED] = { "-", "removed" },
    [ADDED] = { "+", "added" },
    [CHANGED] = { "~", "changed" },
    [SAME] = { "=", "unchanged" },
};

struct edition {
    str name, title;
    enum fate fate; /* REMOVED until a chapter of its name is met */
    uint8_t hash[SHA256_SIZE];
};

struct diff {
    struct arena arena;
    const struct book *book;
    struct map old; /* name -> struct edition * */
    VEC(struct edition) now;
    size_t n[FATE_COUNT];
};

static str decode(str s, struct arena *a)
{
    static const struct {
        str entity;
        char c;
    } entities[] = { { STR_INIT("&amp;"), '&' },
                     { STR_INIT("&lt;"), '<' },
                     { STR_INIT("&gt;"), '>' },
                     { STR_INIT("&quot;"), '"' } };
    char *to = arena_bytes(a, s.n + 1);
    size_t n = 0;

    while (s.n) {
        size_t used = 1;
        to[n] = s.p[0];
        for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
            if (str_starts(s, entities[i].entity)) {
                to[n] = entities[i].c;
                used = entities[i].entity.n;
            }
        }
        n++;
        s = str_from(s, used);
    }
    return (str){ to, n };
}

static str title_of(str xhtml, struct arena *a)
{
    struct utf8_report ignored = { 0 };
    size_t from = str_find(xhtml, S("<title>"));

    if (from == STR_NONE)
        return (str){ 0 };
    str rest = str_from(xhtml, from + sizeof "<title>" - 1);
    size_t end = str_find(rest, S("</title>"));
    if (end == STR_NONE)
        return (str){ 0 };
    if (end > TITLE_MAX)
        end = TITLE_MAX;
    return utf8_clean(decode(str_sub(rest, 0, end), a), a, &ignored);
}

static void add_old(void *context, str name, str bytes)
{
    struct diff *d = context;
    struct edition *e = arena_new(&d->arena, struct edition);

    e->name = arena_dup(&d->arena, name);
    e->title = title_of(bytes, &d->arena);
    hash_sha256(bytes, e->hash);
    map_put(&d->old, e->name, e);
}

struct diff *diff_new(const struct book *book, struct diag *dg)
{
    struct diff *d = calloc(1, sizeof *d);

    if (!d)
        die("out of memory");
    arena_init(&d->arena);
    map_init(&d->old, &d->arena);
    d->book = book;
    str path = book->settings->diff;
    struct zip_visitor visitor = { add_old, d };
    bool ok = zip_read_chapters(path, &visitor, dg);
    if (ok && d->old.n == 0)
        diag_add(dg, DIAG_EDITION_BAD, path, 0,
                 "can't compare with this file: it has no chapter of this "
                 "program; nothing was published");
    if (ok && d->old.n)
        return d;
    diff_free(d);
    return NULL;
}

void diff_free(struct diff *d)
{
    if (!d)
        return;
    arena_done(&d->arena);
    free(d);
}

void *diff_prepare(const struct diff *d, const struct chapter *c,
                   struct arena *a)
{
    struct buf xhtml = { 0 };
    struct xhtml_seen ignored = { 0 };
    uint8_t *hash = arena_alloc(a, SHA256_SIZE);

    xhtml_chapter(&xhtml, c, xhtml_language(d->book, c),
                  d->book->settings->css.n > 0, &ignored);
    hash_sha256(buf_str(&xhtml), hash);
    buf_done(&xhtml);
    return hash;
}

void diff_commit(struct diff *d, const struct post *post, const void *prepared)
{
    struct edition *old = map_find(&d->old, post->name);
    struct edition *now = vec_push(&d->now, &d->arena);

    now->name = post->name;
    now->title = post->title;
    now->fate = ADDED;
    if (old) {
        bool same = memcmp(old->hash, prepared, SHA256_SIZE) == 0;
        now->fate = same ? SAME : CHANGED;
        old->fate = now->fate;
    }
    d->n[now->fate]++;
}

static void print_one(const struct edition *e, FILE *to)
{
    fprintf(to, "%s ", fates[e->fate].sign);
    diag_print_safe(e->name, to);
    fputs(".xhtml", to);
    if (e->title.n) {
        fputc(' ', to);
        diag_print_safe(e->title, to);
    }
    fputc('\n', to);
}

static const struct edition *old_at(const struct diff *d, size_t i)
{
    return d->old.entries[i].value;
}

void diff_print(const struct diff *d, FILE *to)
{
    for (size_t i = 0; i < d->now.n; i++)
        if (d->now.v[i].fate != SAME)
            print_one(&d->now.v[i], to);
    for (size_t i = 0; i < d->old.n; i++)
        if (old_at(d, i)->fate == REMOVED)
            print_one(old_at(d, i), to);
}

static void put_if(const struct edition *e, enum fate fate, struct json *j)
{
    if (e->fate != fate)
        return;
    json_open(j, NULL, '{');
    str file = { 0 };
    struct arena a;
    arena_init(&a);
    file = arena_join(&a, e->name, S(".xhtml"));
    json_text(j, "chapter", file);
    json_text(j, "title", e->title);
    json_close(j, '}');
    arena_done(&a);
}

void diff_json(const struct diff *d, struct json *j)
{
    json_text(j, "edition", d->book->settings->diff);
    for (int fate = REMOVED; fate < SAME; fate++) {
        json_open(j, fates[fate].key, '[');
        for (size_t i = 0; fate != REMOVED && i < d->now.n; i++)
            put_if(&d->now.v[i], (enum fate)fate, j);
        for (size_t i = 0; fate == REMOVED && i < d->old.n; i++)
            put_if(old_at(d, i), REMOVED, j);
        json_close(j, ']');
    }
    json_number(j, fates[SAME].key, d->n[SAME]);
}
