/* SPDX-License-Identifier: MIT */
/* libraries.h - versions of the libraries: what the program was built with,
 * and what it runs with, as far as they tell. */
#ifndef LIBRARIES_H
#define LIBRARIES_H

#include "base/arena.h"

struct library_version {
    const char *name;
    str version;
};

/* In A, *N of them, by name. */
const struct library_version *libraries_built(struct arena *a, size_t *n);
const struct library_version *libraries_running(struct arena *a, size_t *n);

#endif
