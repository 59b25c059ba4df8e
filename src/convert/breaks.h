/* SPDX-License-Identifier: MIT */
/* breaks.h - line feeds of the source inside running text. */
#ifndef CONVERT_BREAKS_H
#define CONVERT_BREAKS_H

#include "doc/chapter.h"

/* Below ROOT, takes away the line feeds (with the blanks around them) that
 * stand between two letters of a script written without spaces, where LANG
 * is such a language (CSS Text 3, 4.1.3). A line feed anywhere else, and any
 * in Korean, is an ordinary space and stays; code is left alone. */
void breaks_join(struct node *root, enum lang lang, struct arena *a);

#endif
