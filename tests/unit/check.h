/* SPDX-License-Identifier: MIT */
/* check.h - comparing texts in tests; include cmocka.h first. */
#ifndef TEST_CHECK_H
#define TEST_CHECK_H

#include "base/str.h"

#define N_OF(table) (sizeof(table) / sizeof *(table))

/* Fails, and shows both, unless GOT is the text WANT. */
#define check_str(got, want) check_str_at(got, str_of(want), __FILE__, __LINE__)

static inline void check_str_at(str got, str want, const char *file, int line)
{
    if (str_eq(got, want))
        return;
    print_error("got  \"%.*s\"\nwant \"%.*s\"\n", STR_ARG(got), STR_ARG(want));
    _fail(file, line);
}

#endif
