/* SPDX-License-Identifier: MIT */
#include "pdf/fontchain.h"

#include <stdlib.h>

struct font_family {
    VEC(uint32_t) faces; /* in the list's order */
};

void font_index_init(struct font_index *ix, const struct font_list *list,
                     struct arena *a)
{
    ix->list = list;
    map_init(&ix->families, a);
    for (size_t i = 0; i < list->sources.n; i++) {
        const struct font_source *s = &list->sources.v[i];
        for (size_t k = 0; k < s->families.n; k++) {
            void **at = map_at(&ix->families,
                               font_family_key(s->families.v[k], a));
            struct font_family *family = *at;
            if (!family)
                *at = family = arena_new(a, struct font_family);
            *vec_push(&family->faces, a) = (uint32_t)i;
        }
    }
}

/* CSS Fonts 4, 5.2: how far a face's weight is from the wanted one; the
 * wanted side of it counts first. */
static int weight_distance(int have, int want)
{
    bool wrong_side = want > 500 ? have < want : have > want;

    if (have == want)
        return 0;
    if (want >= 400 && want <= 500 && have >= want && have <= 500)
        return have - want;
    return abs(have - want) + (wrong_side ? 2000 : 500);
}

/* Origin, then width, then slant, then weight. */
static uint64_t distance(const struct font_source *s,
                         const struct font_style *style)
{
    uint64_t origin = s->origin < 0xFFFF ? s->origin : 0xFFFF;
    uint64_t width = (uint64_t)abs(s->width - 100) & 0xFFFF;
    uint64_t weight = (uint64_t)weight_distance(s->weight, style->weight);

    return origin << 48 | width << 32 |
           (uint64_t)(s->italic != style->italic) << 24 | weight;
}

uint32_t font_index_find(const struct font_index *ix, str family,
                         const struct font_style *style, struct arena *a)
{
    const struct font_family *f = map_find(&ix->families,
                                           font_family_key(family, a));
    uint32_t best = UINT32_MAX;
    uint64_t least = UINT64_MAX;

    for (size_t i = 0; f && i < f->faces.n; i++) {
        uint64_t d = distance(&ix->list->sources.v[f->faces.v[i]], style);
        if (d < least) {
            least = d;
            best = f->faces.v[i];
        }
    }
    return best;
}

void font_query_key(const struct font_query *q, struct buf *key)
{
    const int numbers[] = { (int)q->role, q->weight, q->italic, (int)q->lang };

    buf_put(key, (str){ (const char *)numbers, sizeof numbers });
    for (size_t i = 0; i < q->n_families; i++) {
        buf_putc(key, '\n');
        buf_put(key, q->families[i]);
    }
}

struct builder {
    const struct font_index *ix;
    const struct font_query *query;
    struct arena *arena;
    struct font_chain *chain;
    uint32_t cap;
};

static void add_font(struct builder *b, uint32_t font)
{
    struct font_chain *c = b->chain;

    for (uint32_t i = 0; i < c->n; i++)
        if (c->fonts[i] == font)
            return;
    size_t cap = b->cap;
    c->fonts = vec_grow(b->arena, c->fonts, sizeof *c->fonts, c->n, &cap);
    b->cap = (uint32_t)cap;
    c->fonts[c->n++] = font;
}

static void add_family(struct builder *b, str family)
{
    struct font_style style = { b->query->weight, b->query->italic };
    uint32_t i = font_index_find(b->ix, family, &style, b->arena);

    if (i != UINT32_MAX)
        add_font(b, i);
}

static void add_families(struct builder *b, const struct str_vec *families)
{
    for (size_t i = 0; i < families->n; i++)
        add_family(b, families->v[i]);
}

/* CSS Fonts 4, 2.1.3: what the generic families are here. */
static bool find_generic(str name, enum font_role *role)
{
    static const struct {
        const char *name;
        enum font_role role;
    } generic[] = {
        { "serif", FONT_SERIF },       { "sans-serif", FONT_SANS },
        { "monospace", FONT_MONO },    { "system-ui", FONT_SANS },
        { "ui-serif", FONT_SERIF },    { "ui-sans-serif", FONT_SANS },
        { "ui-monospace", FONT_MONO }, { "cursive", FONT_SERIF },
        { "fantasy", FONT_SANS },      { "math", FONT_SERIF },
    };

    for (size_t i = 0; i < sizeof generic / sizeof *generic; i++)
        if (str_eq_nocase(name, str_of(generic[i].name))) {
            *role = generic[i].role;
            return true;
        }
    return false;
}

/* Latin has no fonts of its own in fonts.yaml but und's. */
static enum lang plan_lang(enum lang lang)
{
    return lang == LANG_EN ? LANG_OTHER : lang;
}

static void add_role(struct builder *b, enum lang lang, enum font_role role)
{
    add_families(b, &b->ix->plan.text[plan_lang(lang)][role]);
}

static bool is_italic_face(const struct builder *b, uint32_t font)
{
    return font != UINT32_MAX && b->ix->list->sources.v[font].italic;
}

/* The first real italic, for the Latin words of a text whose own font has
 * none. */
static void add_italic(struct builder *b, enum font_role role)
{
    const struct str_vec *own = &b->ix->plan.text[LANG_OTHER][role];
    struct font_style style = { b->query->weight, true };

    for (size_t i = 0; i < own->n; i++) {
        uint32_t f = font_index_find(b->ix, own->v[i], &style, b->arena);
        if (is_italic_face(b, f)) {
            add_font(b, f);
            if (plan_lang(b->query->lang) != LANG_OTHER)
                b->chain->n_latin = b->chain->n;
            return;
        }
    }
}

/* The role that the text has in the end: its first generic family's. */
static enum font_role role_of(const struct font_query *q)
{
    enum font_role role;

    for (size_t i = 0; i < q->n_families; i++)
        if (find_generic(q->families[i], &role))
            return role;
    return q->role;
}

static bool has_italic_family(const struct builder *b)
{
    const struct font_query *q = b->query;
    struct font_style style = { q->weight, true };
    enum font_role role;

    for (size_t i = 0; i < q->n_families; i++) {
        if (find_generic(q->families[i], &role))
            return false;
        if (is_italic_face(
                b, font_index_find(b->ix, q->families[i], &style, b->arena)))
            return true;
    }
    return false;
}

static void add_wanted(struct builder *b, enum font_role role)
{
    const struct font_query *q = b->query;
    enum font_role generic;

    for (size_t i = 0; i < q->n_families; i++) {
        if (find_generic(q->families[i], &generic))
            add_role(b, q->lang, generic);
        else
            add_family(b, q->families[i]);
    }
    add_role(b, q->lang, role);
}

struct font_chain *font_chain_make(const struct font_index *ix,
                                   const struct font_query *q, struct arena *a)
{
    struct builder b = { ix, q, a, arena_new(a, struct font_chain), 0 };
    enum font_role role = role_of(q);

    if (q->italic && !has_italic_family(&b))
        add_italic(&b, role);
    add_wanted(&b, role);
    add_role(&b, LANG_OTHER, role);
    for (int lang = LANG_OTHER + 1; lang < LANG_COUNT; lang++)
        add_role(&b, lang, role);
    add_families(&b, &ix->plan.symbols);
    add_role(&b, q->lang, role == FONT_SANS ? FONT_SERIF : FONT_SANS);
    return b.chain;
}
