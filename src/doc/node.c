/* SPDX-License-Identifier: MIT */
#include "doc/node.h"

#include <assert.h>

struct node *node_new(struct arena *a, enum tag tag, uint32_t line)
{
    struct node *n = arena_new(a, struct node);

    n->tag = tag;
    n->line = line;
    return n;
}

struct node *node_text(struct arena *a, str text, uint32_t line)
{
    struct node *n = node_new(a, TAG_TEXT, line);

    n->text = text;
    return n;
}

/* Links CHILD between PREV and NEXT, either of which may be NULL. */
static void link_between(struct node *parent, struct node *prev,
                         struct node *child, struct node *next)
{
    assert(!child->parent);
    child->parent = parent;
    child->prev = prev;
    child->next = next;
    *(prev ? &prev->next : &parent->first) = child;
    *(next ? &next->prev : &parent->last) = child;
}

void node_append(struct node *parent, struct node *child)
{
    link_between(parent, parent->last, child, NULL);
}

void node_prepend(struct node *parent, struct node *child)
{
    link_between(parent, NULL, child, parent->first);
}

void node_insert_before(struct node *at, struct node *child)
{
    link_between(at->parent, at->prev, child, at);
}

void node_insert_after(struct node *at, struct node *child)
{
    link_between(at->parent, at, child, at->next);
}

void node_remove(struct node *n)
{
    struct node *parent = n->parent;

    if (!parent)
        return;
    *(n->prev ? &n->prev->next : &parent->first) = n->next;
    *(n->next ? &n->next->prev : &parent->last) = n->prev;
    n->parent = n->prev = n->next = NULL;
}

void node_unwrap(struct node *n)
{
    for (struct node *c; (c = n->first);) {
        node_remove(c);
        node_insert_before(n, c);
    }
    node_remove(n);
}

void node_replace(struct node *old, struct node *by)
{
    node_insert_before(old, by);
    node_remove(old);
}

void node_move_children(struct node *from, struct node *to)
{
    for (struct node *c; (c = from->first);) {
        node_remove(c);
        node_append(to, c);
    }
}

static struct node *copy_alone(const struct node *n, struct arena *a)
{
    struct node *copy = arena_new(a, struct node);

    *copy = (struct node){ n->tag, n->line, n->id, n->text, .attrs = n->attrs };
    return copy;
}

struct node *node_copy(const struct node *root, struct arena *a)
{
    struct node *copy = copy_alone(root, a), *in = copy;
    const struct node *n = root;

    for (const struct node *next; (next = node_next(n, root)); n = next) {
        /* Down into N, or up to what NEXT stands in. */
        for (const struct node *up = n; up != next->parent; up = up->parent)
            in = in->parent;
        struct node *child = copy_alone(next, a);
        node_append(in, child);
        in = child;
    }
    return copy;
}

struct node *node_skip(const struct node *n, const struct node *root)
{
    for (; n && n != root; n = n->parent)
        if (n->next)
            return n->next;
    return NULL;
}

struct node *node_next(const struct node *n, const struct node *root)
{
    return n->first ? n->first : node_skip(n, root);
}

static struct attr **find_attr(const struct node *n, enum attr_name name)
{
    struct attr **at = (struct attr **)&n->attrs;

    while (*at && (*at)->name != name)
        at = &(*at)->next;
    return at;
}

str node_attr(const struct node *n, enum attr_name name)
{
    const struct attr *at = *find_attr(n, name);

    return at ? at->value : (str){ 0 };
}

bool node_has(const struct node *n, enum attr_name name)
{
    return *find_attr(n, name) != NULL;
}

void node_set(struct node *n, struct arena *a, enum attr_name name, str value)
{
    struct attr **at = find_attr(n, name);

    if (!*at) {
        *at = arena_new(a, struct attr);
        (*at)->name = name;
    }
    /* p == NULL means "no such attribute" to node_attr()'s callers. */
    (*at)->value = value.p ? value : (str){ "", 0 };
}

void node_unset(struct node *n, enum attr_name name)
{
    struct attr **at = find_attr(n, name);

    if (*at)
        *at = (*at)->next;
}

bool node_has_class(const struct node *n, str word)
{
    return str_has_word(node_attr(n, ATTR_CLASS), word);
}

void node_add_class(struct node *n, struct arena *a, str word)
{
    str old = node_attr(n, ATTR_CLASS);

    if (node_has_class(n, word))
        return;
    node_set(n, a, ATTR_CLASS,
             old.n ? arena_printf(a, "%.*s %.*s", STR_ARG(old), STR_ARG(word))
                   : arena_dup(a, word));
}

str node_plain_text(const struct node *n, struct arena *a)
{
    size_t size = 0;
    for (const struct node *t = n; t; t = node_next(t, n))
        size += t->text.n + 1;

    char *out = arena_bytes(a, size + 1);
    size_t at = 0;
    bool blank = false;
    for (const struct node *t = n; t; t = node_next(t, n)) {
        if (t->tag == TAG_BR || tag_is_block(t->tag))
            blank = at > 0;
        for (size_t i = 0; i < t->text.n; i++) {
            if (ascii_is_space(t->text.p[i])) {
                blank = at > 0;
                continue;
            }
            if (blank)
                out[at++] = ' ';
            blank = false;
            out[at++] = t->text.p[i];
        }
    }
    out[at] = '\0';
    return (str){ out, at };
}
