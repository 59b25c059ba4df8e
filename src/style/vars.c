/* SPDX-License-Identifier: MIT */
/* Custom properties. Only those of :root exist, which is what a theme needs;
 * so a name has one value in a book. */
#include "base/vec.h"
#include "style/decl.h"

#define VARS_DEPTH 8
/* Doubling each other, a few variables could fill the memory. */
#define VARS_TOKENS 4096

struct expansion {
    VEC(struct token) out;
    const struct map *vars;
    struct arena *arena;
};

static bool is_var(const struct token *t)
{
    return t->kind == TOK_FUNCTION && str_eq_nocase(t->text, S("var"));
}

static bool put_tokens(struct expansion *e, struct tokens t, int depth);

static bool put_var(struct expansion *e, struct tokens var, int depth)
{
    struct tokens fallback = tokens_inside(var);
    struct tokens name = tokens_cut(&fallback, ',');

    if (name.n != 1 || depth >= VARS_DEPTH)
        return false;
    const struct tokens *value = e->vars ? map_find(e->vars, name.v[0].text)
                                         : NULL;
    if (value)
        return put_tokens(e, *value, depth + 1);
    return fallback.v && put_tokens(e, fallback, depth + 1);
}

static bool put_tokens(struct expansion *e, struct tokens t, int depth)
{
    while (t.n) {
        if (is_var(&t.v[0])) {
            if (!put_var(e, tokens_next(&t), depth))
                return false;
            continue;
        }
        if (e->out.n >= VARS_TOKENS)
            return false;
        *vec_push(&e->out, e->arena) = t.v[0];
        t = tokens_from(t, 1);
    }
    return true;
}

bool vars_expand(const struct map *vars, struct tokens *t, struct arena *a)
{
    struct expansion e = { .vars = vars, .arena = a };
    size_t i = 0;

    while (i < t->n && !is_var(&t->v[i]))
        i++;
    if (i == t->n)
        return true;
    if (!put_tokens(&e, *t, 0))
        return false;
    tokens_match(e.out.v, e.out.n, a);
    *t = (struct tokens){ e.out.v, e.out.n };
    return true;
}
