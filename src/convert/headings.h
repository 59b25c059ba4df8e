/* SPDX-License-Identifier: MIT */
/* headings.h - the headings of a chapter: their levels, ids and list. */
#ifndef CONVERT_HEADINGS_H
#define CONVERT_HEADINGS_H

#include "book/post.h"
#include "convert/idset.h"
#include "doc/chapter.h"

/* Removes a heading that only repeats the title of POST: the one that the
 * title was taken from, or the first thing in BODY. Returns its id, for the
 * chapter's title to take over, or an empty str. */
str headings_drop_title(struct node *body, const struct post *post,
                        struct idset *ids, struct arena *a);

/* Gives the headings of BODY levels from 2 on without gaps, and ids, and
 * lists them in C. A heading is one level below the nearest one before it
 * that the author made bigger. */
void headings_arrange(struct chapter *c, struct node *body, struct idset *ids,
                      struct arena *a);

#endif
