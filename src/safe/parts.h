/* SPDX-License-Identifier: MIT */
/* parts.h - the parts of the sandbox, each in a file of its own. Each returns
 * NULL, or what is missing and why: "landlock: not in this kernel". */
#ifndef SAFE_PARTS_H
#define SAFE_PARTS_H

#include "safe/sandbox.h"

/* setrlimit(). */
str limits_enter(const struct sandbox *b, struct arena *a);
/* Which files; Linux, landlock. */
str files_enter(const struct sandbox *b, struct arena *a);
/* Which system calls; Linux, libseccomp. */
str calls_enter(struct arena *a);

#endif
