/* SPDX-License-Identifier: MIT */
/* picture.h - the pictures of a chapter: those of the blog are read, those of
 * the web come out of the book's library, the others leave a labelled place. */
#ifndef CONVERT_PICTURE_H
#define CONVERT_PICTURE_H

#include "book/book.h"
#include "doc/chapter.h"

/* Turns every img's ATTR_DATA_SRC into ATTR_ASSET (the file, found relative
 * to the post, to the blog's folder, or below static/, public/ and assets/;
 * never outside the post's root; else whatever of its addresses on the web
 * gives a picture), or the img into span.missing-image. Adds the post's
 * featured picture on top of the body where the body does not show it. */
void picture_resolve(struct chapter *c, const struct book *book,
                     struct arena *a, struct diag *dg);

/* The same in two steps, which different threads may take. */
struct pictures;

/* Begins to fetch what is on the web; does not wait and asks no file's bytes.
 * GROWS: C may get other pictures before the second step. */
struct pictures *picture_begin(struct chapter *c, const struct book *book,
                               struct arena *a, bool grows);
/* Begins to fetch what C's cards may show once their sites have answered. */
void picture_guess(struct pictures *ps);
void picture_end(struct pictures *ps, struct diag *dg);

#endif
