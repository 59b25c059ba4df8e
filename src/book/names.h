/* SPDX-License-Identifier: MIT */
/* names.h - what chapters are called inside a book. */
#ifndef BOOK_NAMES_H
#define BOOK_NAMES_H

#include "book/post.h"

/* The longest slug in a name. */
#define NAME_SLUG_MAX 80

/* SLUG in [a-z0-9-], at most NAME_SLUG_MAX bytes. What is longer ends in 12
 * digits of its hash; what isn't ASCII is only that (of its NFC form). */
str name_slug(str slug, struct arena *a, struct arena *scratch);

/* Sets `name` of POSTS, in their order: "2018-08-29-slug", without a date
 * "post-slug". A name that is taken gets "-2", "-3", ... */
void name_posts(struct post **posts, uint32_t n, struct arena *a,
                struct arena *scratch);

#endif
