/* SPDX-License-Identifier: MIT */
#include "book/value.h"

static int key_char(char c)
{
    return c == '_' ? '-' : ascii_lower((unsigned char)c);
}

static bool keys_equal(str a, str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (key_char(a.p[i]) != key_char(b.p[i]))
            return false;
    return true;
}

const struct value *value_find(const struct value *map, str key)
{
    const struct value *found = NULL;

    if (!map || map->kind != VALUE_MAP)
        return NULL;
    for (const struct value *v = map->first; v; v = v->next)
        if (keys_equal(v->key, key))
            found = v;
    return found;
}
