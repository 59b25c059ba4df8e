/* SPDX-License-Identifier: MIT */
/* frontmatter.h - the header of a post into its struct post. */
#ifndef BOOK_FRONTMATTER_H
#define BOOK_FRONTMATTER_H

#include "book/authors.h"
#include "book/header.h"
#include "book/intern.h"
#include "book/post.h"

struct frontmatter {
    struct arena *keep;            /* for what the post keeps */
    struct arena *scratch;         /* for work in between */
    struct intern *intern;         /* in `keep` */
    const struct authors *authors; /* NULL: posts have names, no keys */
};

/* Fills P, whose path, rel and diag are set, from TEXT, the beginning of the
 * file as utf8_clean() gives it, and H, found in it. Title, date and slug are
 * taken from the body or the path where the header has none; what can't be
 * read is reported to P's list and never drops the post. A header that can't
 * be read at all stays in the body as text. */
void frontmatter_read(struct post *p, str text, const struct header *h,
                      const struct frontmatter *fm);

#endif
