/* SPDX-License-Identifier: MIT */
/* names.h - look-up in tables whose entries begin with their name. */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

#include "base/str.h"

/* The index of NAME among N entries of SIZE bytes, each with a const char * as
 * its first member and all in byte order of these; N: it is not there. */
size_t names_find(str name, const void *table, size_t n, size_t size);

/* The same, NAME in any case; those of the table have no capital letters. */
size_t names_find_nocase(str name, const void *table, size_t n, size_t size);

/* The same for an array. */
#define NAMES_FIND(name, array)                                                \
    names_find(name, array, sizeof(array) / sizeof *(array), sizeof *(array))
#define NAMES_FIND_NOCASE(name, array)                                         \
    names_find_nocase(name, array, sizeof(array) / sizeof *(array),            \
                      sizeof *(array))

#endif
