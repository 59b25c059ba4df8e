/* SPDX-License-Identifier: MIT */
/* safeplaces.h - what a book's process may read and write with --safe. */
#ifndef SAFEPLACES_H
#define SAFEPLACES_H

#include "book/settings.h"
#include "safe/sandbox.h"

/* What any book needs: the program's own files, fonts, libraries. Asks
 * fontconfig, so once is enough. In A. */
struct str_vec safeplaces_common(struct arena *a);

/* The sandbox of the book that SET, of the operator alone, asks for: COMMON,
 * its folder, and the files that the operator named. In A. */
struct sandbox safeplaces_of(const struct settings *set,
                             const struct str_vec *common, struct arena *a);

#endif
