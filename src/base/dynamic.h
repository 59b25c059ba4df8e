/* SPDX-License-Identifier: MIT */
/* dynamic.h - libraries that are loaded when there is something for them: some
 * stand on others whose loading takes as long as a small book.
 *
 *   #define FUNCTIONS(X) X(thing_new) X(thing_free)
 *   struct library { FUNCTIONS(DYNAMIC_MEMBER) };
 *   DYNAMIC_LOAD("libthing.so.1", FUNCTIONS, &lib)  and then lib.thing_new_()
 */
#ifndef BASE_DYNAMIC_H
#define BASE_DYNAMIC_H

#include <stdbool.h>
#include <stddef.h>

#define DYNAMIC_MEMBER(name) __typeof__(name) *name##_;
#define DYNAMIC_NAME(name)   #name,

/* Loads FILE, for good, and writes the addresses of the N functions called
 * NAMES to TO, an array of pointers to functions. False: something lacks. */
bool dynamic_load(const char *file, const char *const *names, size_t n,
                  void *to);

#define DYNAMIC_LOAD(file, FUNCTIONS, to)                                      \
    dynamic_load(file, (const char *const[]){ FUNCTIONS(DYNAMIC_NAME) },       \
                 sizeof(const char *const[]){ FUNCTIONS(DYNAMIC_NAME) } /      \
                     sizeof(char *),                                           \
                 to)

#endif
