/* SPDX-License-Identifier: MIT */
#include "convert/soup.h"

str soup_attr(const struct soup *e, str name)
{
    for (const struct soup_attr *x = e->attrs; x; x = x->next)
        if (str_eq(x->name, name))
            return x->value;
    return (str){ NULL, 0 };
}

struct soup *soup_skip(const struct soup *e, const struct soup *root)
{
    while (e && e != root) {
        if (e->next)
            return e->next;
        e = e->parent;
    }
    return NULL;
}

struct soup *soup_next(const struct soup *e, const struct soup *root)
{
    return e->first ? e->first : soup_skip(e, root);
}

str soup_plain_text(const struct soup *e, struct arena *a)
{
    size_t size = 0, n = 0;
    bool blank = false;

    for (const struct soup *x = e; x; x = soup_next(x, e))
        if (x->tag == SOUP_TEXT)
            size += x->text.n;
    char *out = arena_bytes(a, size + 1);
    for (const struct soup *x = e; x; x = soup_next(x, e)) {
        if (x->tag != SOUP_TEXT)
            continue;
        for (size_t i = 0; i < x->text.n; i++) {
            if (ascii_is_space((unsigned char)x->text.p[i])) {
                blank = n > 0;
                continue;
            }
            if (blank)
                out[n++] = ' ';
            blank = false;
            out[n++] = x->text.p[i];
        }
    }
    out[n] = '\0';
    return (str){ out, n };
}

bool soup_is_apart(const struct soup *e)
{
    static const enum soup_tag tags[] = {
        SOUP_A,      SOUP_ABBR, SOUP_ACRONYM, SOUP_CODE,  SOUP_PRE,
        SOUP_KBD,    SOUP_SAMP, SOUP_VAR,     SOUP_TT,    SOUP_RUBY,
        SOUP_SCRIPT, SOUP_XMP,  SOUP_LISTING, SOUP_STYLE, SOUP_TEXTAREA,
        SOUP_OPTION, SOUP_DFN,  SOUP_IFRAME,  SOUP_TITLE,
    };

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (e->tag == tags[i])
            return true;
    return e->foreign;
}

struct soup *soup_insert_behind(struct soup *e, enum soup_tag tag,
                                struct arena *a)
{
    struct soup *n = arena_new(a, struct soup);

    n->tag = tag;
    n->line = e->line;
    n->depth = e->depth;
    n->parent = e->parent;
    n->prev = e;
    n->next = e->next;
    if (e->next)
        e->next->prev = n;
    else if (e->parent)
        e->parent->last = n;
    e->next = n;
    return n;
}

void soup_add_text(struct soup *e, str text, struct arena *a)
{
    struct soup *n = arena_new(a, struct soup);

    n->tag = SOUP_TEXT;
    n->line = e->line;
    n->depth = e->depth + 1;
    n->text = text;
    n->parent = e;
    n->prev = e->last;
    if (e->last)
        e->last->next = n;
    else
        e->first = n;
    e->last = n;
}
