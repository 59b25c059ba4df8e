/* SPDX-License-Identifier: MIT */
/* Letters, blanks, names of commands and arguments as they are typed; elements
 * of the tree. */
#include "math/tex_parts.h"

struct node *tex_fail(struct tex *t)
{
    t->failed = true;
    t->at = t->s.n;
    return NULL;
}

void tex_skip_blanks(struct tex *t)
{
    while (t->at < t->s.n) {
        if (t->s.p[t->at] == '%') {
            size_t lf = str_find_char(str_from(t->s, t->at), '\n');
            t->at = lf == STR_NONE ? t->s.n : t->at + lf;
        } else if (ascii_is_space((unsigned char)t->s.p[t->at])) {
            t->at++;
        } else {
            return;
        }
    }
}

int tex_peek(struct tex *t)
{
    tex_skip_blanks(t);
    return t->at < t->s.n ? (unsigned char)t->s.p[t->at] : -1;
}

bool tex_eat(struct tex *t, char c)
{
    if (tex_peek(t) != c)
        return false;
    t->at++;
    return true;
}

str tex_command_at(const struct tex *t)
{
    str name = str_from(t->s, t->at + 1);
    size_t n = 0;

    if (t->at >= t->s.n || t->s.p[t->at] != '\\')
        return (str){ 0 };
    while (n < name.n && ascii_is_alpha((unsigned char)name.p[n]))
        n++;
    return str_sub(name, 0, n ? n : 1);
}

bool tex_eat_command(struct tex *t, str name)
{
    tex_skip_blanks(t);
    if (!str_eq(tex_command_at(t), name))
        return false;
    t->at += name.n + 1;
    return true;
}

str tex_raw_argument(struct tex *t)
{
    unsigned depth = 0;

    if (tex_peek(t) != '{') {
        str one = str_sub(t->s, t->at, 1);
        t->at += one.n;
        return one;
    }
    size_t from = ++t->at;
    for (; t->at < t->s.n; t->at++) {
        char c = t->s.p[t->at];
        if (c == '\\')
            t->at++;
        else if (c == '{')
            depth++;
        else if (c == '}' && depth-- == 0)
            return str_sub(t->s, from, t->at++ - from);
    }
    tex_fail(t);
    return (str){ 0 };
}

struct node *tex_element(struct tex *t, enum tag tag)
{
    return node_new(t->a, tag, t->line);
}

struct node *tex_leaf(struct tex *t, enum tag tag, str text)
{
    struct node *n = tex_element(t, tag);

    node_append(n, node_text(t->a, text, t->line));
    return n;
}

struct node *tex_fence(struct tex *t, str text, bool stretches)
{
    struct node *n = tex_leaf(t, TAG_MO, text);

    node_set(n, t->a, ATTR_STRETCHY, stretches ? S("true") : S("false"));
    /* MathML's dictionary takes it for "divides". */
    if (!stretches && (str_eq(text, S("|")) || str_eq(text, S("\u2016")))) {
        node_set(n, t->a, ATTR_LSPACE, S("0"));
        node_set(n, t->a, ATTR_RSPACE, S("0"));
    }
    return n;
}

struct node *tex_space(struct tex *t, str width)
{
    struct node *n = tex_element(t, TAG_MSPACE);

    node_set(n, t->a, ATTR_WIDTH, width);
    return n;
}

struct node *tex_one(struct node *row)
{
    struct node *only = row->first;

    if (!only || only->next)
        return row;
    node_remove(only);
    return only;
}
