/* SPDX-License-Identifier: MIT */
/* chapter_build.h - what stands around a post in its chapter, and what is
 * counted in it. */
#ifndef CONVERT_CHAPTER_BUILD_H
#define CONVERT_CHAPTER_BUILD_H

#include "book/book.h"
#include "doc/chapter.h"

/* Sets C's root to a section.chapter of the post's header and BODY.
 * TITLE_ID, if not empty, becomes the id of the title. */
void chapter_build(struct chapter *c, const struct book *book,
                   struct node *body, str title_id, struct arena *a);

/* Where POST stands on the web; empty: unknown. */
str chapter_address(const struct post *post, const struct book *book,
                    struct arena *a);

/* Adds tags and source. Comes after link_resolve(), which would turn the
 * source's address into a link to this very chapter. */
void chapter_build_foot(struct chapter *c, const struct book *book,
                        struct arena *a);

/* Sets the has_* facts, n_words and n_images_described from the tree. */
void chapter_count(struct chapter *c);

#endif
