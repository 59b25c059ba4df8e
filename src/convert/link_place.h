/* SPDX-License-Identifier: MIT */
/* link_place.h - where a relative address of a post leads on the web. */
#ifndef CONVERT_LINK_PLACE_H
#define CONVERT_LINK_PLACE_H

#include "book/book.h"

/* HREF, relative to the page of POST, as an address from the root of that
 * page's host ("/2020/a/x.pdf", with *BASE an address there) or, where the
 * page's own address is not known, from BOOK's base URL: then POST's folder
 * stands for it, without parts that are no part of an address ("_posts",
 * "content"). Other addresses as they are. */
str link_place(str href, const struct post *post, const struct book *book,
               str *base, struct arena *a);

#endif
