/* SPDX-License-Identifier: MIT */
/* sightings.h - finding out under which hosts the blog has lived.
 *
 * A link in a post such as "https://example.org/2018/08/29/slug/" whose date
 * and slug are those of a post of this book hints at the blog's own host;
 * two such links, to different posts, are taken for proof. */
#ifndef BOOK_SIGHTINGS_H
#define BOOK_SIGHTINGS_H

#include "base/map.h"
#include "book/linkindex.h"

struct sightings {
    struct arena *arena;
    struct map seen; /* addresses, without scheme */
};

/* More are not looked at. */
#define SIGHTINGS_MAX 20000

void sightings_init(struct sightings *s, struct arena *a);
/* Notes the dated addresses in TEXT. */
void sightings_add(struct sightings *s, str text);
/* Tells X the hosts that are proven. */
void sightings_apply(const struct sightings *s, struct linkindex *x);

#endif
