/* SPDX-License-Identifier: MIT */
#include "convert/soup.h"

#include <string.h>

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
