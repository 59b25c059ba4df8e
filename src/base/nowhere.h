/* SPDX-License-Identifier: MIT */
/* nowhere.h - outputs that have no folder of their own: standard output, and
 * the book that is only checked. */
#ifndef BASE_NOWHERE_H
#define BASE_NOWHERE_H

#include "base/str.h"

/* Does PATH, "-", mean standard output? */
bool path_is_stdout(str path);

/* The folder for temporary files of the output PATH, which may be "-" or
 * empty: then $TMPDIR or /tmp. "." for a name without a folder. */
str temporary_folder(str path);

#endif
