/* SPDX-License-Identifier: MIT */
/* Brackets that grow. */
#include <string.h>

#include "math/tex_parts.h"

/* What stands behind "\left" and its like; empty: ".", which is nothing. */
static str read_delimiter(struct tex *t)
{
    tex_skip_blanks(t);
    str name = tex_command_at(t), one = str_sub(t->s, t->at, 1);

    if (name.n) {
        const struct tex_command *c = tex_find_command(name);
        t->at += name.n + 1;
        if (c && c->kind == TEX_FENCE)
            return c->text;
        tex_fail(t);
        return (str){ 0 };
    }
    t->at += one.n;
    if (one.n && strchr("()[]|/", one.p[0]))
        return one;
    if (str_eq(one, S("<")))
        return S("\u27e8");
    if (str_eq(one, S(">")))
        return S("\u27e9");
    if (!str_eq(one, S(".")))
        tex_fail(t);
    return (str){ 0 };
}

struct node *tex_make_left(struct tex *t, const struct tex_command *c,
                           struct node *row)
{
    struct node *n = tex_element(t, TAG_MROW);
    char until = t->until;

    str open = read_delimiter(t);
    if (open.n)
        node_append(n, tex_fence(t, open, true));
    t->until = '\0';
    node_move_children(tex_list(t), n);
    t->until = until;
    if (!tex_eat_command(t, S("right")))
        return tex_fail(t);
    str close = read_delimiter(t);
    if (close.n)
        node_append(n, tex_fence(t, close, true));
    return n;
}

/* "\abs{x}": the two signs of its text, around its argument. */
struct node *tex_make_brackets(struct tex *t, const struct tex_command *c,
                               struct node *row)
{
    str close = c->text, open = str_cut(&close, ' ');
    struct node *inside = tex_argument(t), *n = tex_element(t, TAG_MROW);

    if (!inside)
        return NULL;
    node_append(n, tex_fence(t, open, true));
    node_append(n, inside);
    node_append(n, tex_fence(t, close, true));
    return n;
}

struct node *tex_make_sized(struct tex *t, const struct tex_command *c,
                            struct node *row)
{
    str delimiter = read_delimiter(t);

    if (!delimiter.n)
        return NULL;
    struct node *n = tex_fence(t, delimiter, true);
    if (c->text.n) {
        node_set(n, t->a, ATTR_MINSIZE, c->text);
        node_set(n, t->a, ATTR_MAXSIZE, c->text);
    }
    return n;
}
