/* SPDX-License-Identifier: MIT */
/* link.h - every href of a chapter becomes a link to a chapter, a link to the
 * web, or plain text. */
#ifndef CONVERT_LINK_H
#define CONVERT_LINK_H

#include "book/book.h"
#include "doc/chapter.h"

/* Asks whether the chapter of POST has an element with the id FRAGMENT;
 * *ID gets the id as the chapter spells it. */
typedef bool link_has_id(void *context, const struct post *post, str fragment,
                         str *id);

struct link_context {
    const struct book *book;
    link_has_id *has_id;
    void *has_id_context;
};

/* Rewrites all a[href] below C's root: links inside the blog get ATTR_POST
 * and, where the target exists, ATTR_FRAG instead of ATTR_HREF; others get a
 * valid absolute URL (RFC 3986: spaces and non-ASCII percent-encoded, "//h"
 * is https); javascript:, data: and hopeless ones lose the link and keep the
 * text. */
void link_resolve(struct chapter *c, const struct link_context *lx,
                  struct arena *a, struct diag *dg);

/* A valid URL of what an author wrote, or an empty str when there is no
 * making one. BASE may be empty; a relative URL without a base is hopeless.
 * Used for every address that reaches a book. */
str link_clean_url(str written, str base, struct arena *a);

#endif
