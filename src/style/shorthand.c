/* SPDX-License-Identifier: MIT */
#include "style/shorthand.h"

#include "base/vec.h"

enum shorthand_kind { FOUR, PAIR, ANY, FONT, GROUND };

struct shorthand {
    str name;
    enum shorthand_kind kind;
    size_t n; /* longhands that are parsed; the others repeat them */
    const enum prop *props;
    size_t n_props;
};

#define LIST(...) ((const enum prop[]){ __VA_ARGS__ })

static const struct shorthand shorthands[] = {
#define SHORTHAND(name, kind, n, ...)                                          \
    { STR_INIT(name), kind, n, LIST(__VA_ARGS__),                              \
      sizeof LIST(__VA_ARGS__) / sizeof(enum prop) },
#include "style/props.def"
};

const struct shorthand *shorthand_find(str name)
{
    for (size_t i = 0; i < sizeof shorthands / sizeof *shorthands; i++)
        if (str_eq_nocase(shorthands[i].name, name))
            return &shorthands[i];
    return NULL;
}

/* The most longhands that any shorthand parses. */
#define PARSED_MAX 6

struct parsed {
    struct value v[PARSED_MAX];
    bool is_set[PARSED_MAX];
};

/* One to four values; a missing one repeats that of the side across. */
static bool parse_sides(const struct shorthand *sh, struct tokens t,
                        struct arena *a, struct parsed *out)
{
    size_t n = 0;

    for (; t.n; n++) {
        struct tokens one = tokens_next(&t);
        if (n == sh->n || !value_parse(sh->props[n], one, a, &out->v[n]))
            return false;
    }
    if (n == 0)
        return false;
    for (; n < sh->n; n++)
        out->v[n] = out->v[n == 1 ? 0 : n - 2];
    return true;
}

static void parse_initial(const struct shorthand *sh, struct parsed *out)
{
    for (size_t i = 0; i < sh->n; i++)
        out->v[i] = (struct value){ .kind = VALUE_INITIAL };
}

/* Gives ONE to the first of the longhands FROM to TO that takes it. */
static bool offer(const struct shorthand *sh, size_t to, struct tokens one,
                  struct arena *a, struct parsed *out)
{
    for (size_t i = 0; i < to; i++) {
        struct value v;
        if (!out->is_set[i] && value_parse(sh->props[i], one, a, &v)) {
            out->v[i] = v;
            out->is_set[i] = true;
            return true;
        }
    }
    return false;
}

static bool parse_any(const struct shorthand *sh, struct tokens t,
                      struct arena *a, struct parsed *out)
{
    bool some = t.n > 0;

    parse_initial(sh, out);
    while (t.n)
        if (!offer(sh, sh->n, tokens_next(&t), a, out))
            return false;
    return some;
}

/* The colour of a background; its pictures and positions are left out. */
static bool parse_ground(const struct shorthand *sh, struct tokens t,
                         struct arena *a, struct parsed *out)
{
    parse_initial(sh, out);
    if (tokens_are_word(t, "none"))
        return true;
    while (t.n)
        if (value_parse(sh->props[0], tokens_next(&t), a, &out->v[0]))
            return true;
    return false;
}

/* style, variant and weight in any order, size[/line-height], families. */
static bool parse_font(const struct shorthand *sh, struct tokens t,
                       struct arena *a, struct parsed *out)
{
    enum { SIZE = 3, LINE, FAMILY };

    parse_initial(sh, out);
    while (t.n && (tokens_are_word(tokens_sub(t, 0, 1), "normal") ||
                   offer(sh, SIZE, tokens_sub(t, 0, 1), a, out)))
        t = tokens_from(t, 1);
    if (!value_parse(sh->props[SIZE], tokens_next(&t), a, &out->v[SIZE]))
        return false;
    if (t.n && token_is(&t.v[0], '/')) {
        t = tokens_from(t, 1);
        if (!value_parse(sh->props[LINE], tokens_next(&t), a, &out->v[LINE]))
            return false;
    }
    return value_parse(sh->props[FAMILY], t, a, &out->v[FAMILY]);
}

/* One of the words that every property takes sets all longhands. */
static bool parse_wide(const struct shorthand *sh, struct tokens t,
                       struct arena *a, struct parsed *out)
{
    if (t.n != 1)
        return false;
    for (size_t i = 0; i < sh->n; i++)
        if (!value_parse(sh->props[i], t, a, &out->v[i]) ||
            out->v[i].kind < VALUE_INHERIT)
            return false;
    return true;
}

typedef bool parse_fn(const struct shorthand *sh, struct tokens t,
                      struct arena *a, struct parsed *out);

static parse_fn *const parsers[] = { [FOUR] = parse_sides,
                                     [PAIR] = parse_sides,
                                     [ANY] = parse_any,
                                     [FONT] = parse_font,
                                     [GROUND] = parse_ground };

bool shorthand_parse(const struct shorthand *sh, struct tokens t,
                     struct arena *a, struct decls *out)
{
    struct parsed p = { 0 };

    if (!parse_wide(sh, t, a, &p) && !parsers[sh->kind](sh, t, a, &p))
        return false;
    for (size_t i = 0; i < sh->n_props; i++)
        *vec_push(out, a) = (struct decl){ .prop = sh->props[i],
                                           .value = p.v[i % sh->n] };
    return true;
}
