/* SPDX-License-Identifier: MIT */
/* sapling.h - little chapters for tests, from bracketed text:
 *
 *     (p.note "Hello " (em "you") (a post=b frag=c "there"))
 *
 * A word after '(' is the element and its classes; NAME=VALUE is an
 * attribute, the value quoted where it holds a blank or a bracket. */
#ifndef TEST_SAPLING_H
#define TEST_SAPLING_H

#include <stdlib.h>
#include <string.h>

#include "doc/chapter.h"

static inline str sapling_word(str *in, const char *stop)
{
    size_t n = 0;

    while (n < in->n && !strchr(stop, in->p[n]))
        n++;
    str word = str_sub(*in, 0, n);
    *in = str_from(*in, n);
    return word;
}

static inline str sapling_quoted(str *in)
{
    *in = str_from(*in, 1);
    str text = str_cut(in, '"');
    return text;
}

static inline enum attr_name sapling_attr(str name)
{
    for (int i = 0; i < ATTR_COUNT; i++)
        if (str_eq(attr_text((enum attr_name)i), name))
            return (enum attr_name)i;
    abort();
}

static inline struct node *sapling_element(str *in, struct arena *a)
{
    str name = sapling_word(in, " .()\"");
    enum tag tag = tag_find(name);

    if (tag == TAG_COUNT)
        abort();
    struct node *n = node_new(a, tag, 1);
    while (in->n && in->p[0] == '.') {
        *in = str_from(*in, 1);
        node_add_class(n, a, sapling_word(in, " .()\""));
    }
    return n;
}

static inline struct node *sapling(struct arena *a, const char *text)
{
    str in = str_of(text);
    struct node *root = NULL, *at = NULL;

    for (in = str_trim_left(in); in.n; in = str_trim_left(in)) {
        if (in.p[0] == '(') {
            in = str_from(in, 1);
            struct node *n = sapling_element(&in, a);
            if (at)
                node_append(at, n);
            else
                root = n;
            at = n;
        } else if (in.p[0] == ')') {
            in = str_from(in, 1);
            at = at->parent;
        } else if (in.p[0] == '"') {
            node_append(at, node_text(a, sapling_quoted(&in), 1));
        } else {
            str name = sapling_word(&in, "=");
            in = str_from(in, 1);
            str value = in.n && in.p[0] == '"' ? sapling_quoted(&in)
                                               : sapling_word(&in, " ()");
            node_set(at, a, sapling_attr(name), value);
        }
    }
    return root;
}

#endif
