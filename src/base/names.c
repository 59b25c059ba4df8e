/* SPDX-License-Identifier: MIT */
#include "base/names.h"

#include <stdlib.h>

typedef int comparison(const void *key, const void *entry);

static int compare(const void *key, const void *entry)
{
    const str *name = key;

    return str_cmp(*name, str_of(*(const char *const *)entry));
}

static int compare_nocase(const void *key, const void *entry)
{
    const str *s = key;
    const char *name = *(const char *const *)entry;
    size_t i;

    for (i = 0; i < s->n && name[i]; i++) {
        int d = ascii_lower((unsigned char)s->p[i]) - (unsigned char)name[i];
        if (d != 0)
            return d;
    }
    return i < s->n ? 1 : name[i] ? -1 : 0;
}

static size_t find(str name, const void *table, size_t n, size_t size,
                   comparison *how)
{
    const char *found = bsearch(&name, table, n, size, how);

    return found ? (size_t)(found - (const char *)table) / size : n;
}

size_t names_find(str name, const void *table, size_t n, size_t size)
{
    return find(name, table, n, size, compare);
}

size_t names_find_nocase(str name, const void *table, size_t n, size_t size)
{
    return find(name, table, n, size, compare_nocase);
}
