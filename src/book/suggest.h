/* SPDX-License-Identifier: MIT */
/* suggest.h - "did you mean": the name that was probably meant. */
#ifndef BOOK_SUGGEST_H
#define BOOK_SUGGEST_H

#include "base/str.h"

/* The setting nearest to WORD (without "--"), the first of equals; NULL when
 * none is near. */
const char *suggest_setting(str word);

/* Insertions, deletions, changes and swaps of neighbours that turn A into B;
 * ASCII case matters not. A text over 63 bytes is as far as its length. */
size_t suggest_distance(str a, str b);

#endif
