/* SPDX-License-Identifier: MIT */
#include "base/names.h"

#include <stdlib.h>

static int compare(const void *key, const void *entry)
{
    const str *name = key;

    return str_cmp(*name, str_of(*(const char *const *)entry));
}

size_t names_find(str name, const void *table, size_t n, size_t size)
{
    const char *found = bsearch(&name, table, n, size, compare);

    return found ? (size_t)(found - (const char *)table) / size : n;
}
