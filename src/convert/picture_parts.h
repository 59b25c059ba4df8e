/* SPDX-License-Identifier: MIT */
/* picture_parts.h - what the files of the pictures share. */
#ifndef CONVERT_PICTURE_PARTS_H
#define CONVERT_PICTURE_PARTS_H

#include "assets/library.h"
#include "base/map.h"
#include "book/book.h"
#include "convert/picture_find.h"
#include "doc/chapter.h"

struct pictures {
    struct chapter *c;
    const struct book *book;
    struct arena *a;
    struct diag *dg;
    struct picture_finder finder;
    str referer; /* the post's address, for who is asked for a picture */
    struct map by_src, by_name, by_web, by_choices, by_written;
    bool grows;            /* see picture_begin() */
    struct node *featured; /* what holds the featured picture, or NULL */
};

/* What became of a picture. */
struct outcome {
    bool ok;
    uint32_t asset;
    enum diag_code code; /* if not ok */
    str why;
    bool counter; /* it only counts readers, or stands for the picture that
                     WHY tells of */
    str archived; /* whose copy it is, and when; empty: nobody's */
};

/* The bytes of FILE as a picture of the chapter; the same bytes are one
 * picture. Of the rest of FILE it looks at what is known of the bytes. */
struct outcome picture_take(struct pictures *ps, const struct web_file *file,
                            str path, uint32_t line);

/* N, an img, becomes the place of a picture that is not in the book, and
 * O says why. URL: where it is; empty: it was to be a file of the blog. */
void picture_leave(struct pictures *ps, struct node *n, str url,
                   const struct outcome *o);

/* The addresses on the web that the img N may be fetched from, best first. */
struct str_vec picture_addresses(struct pictures *ps, const struct node *n);

/* Begins to fetch the best of ADDRESSES; does not wait. */
void picture_want_first(struct pictures *ps, const struct str_vec *addresses);

/* The first of ADDRESSES that gives a picture, or why the last, which is the
 * author's own, gives none. Needs a library. */
const struct outcome *picture_fetch(struct pictures *ps,
                                    const struct str_vec *addresses,
                                    uint32_t line);

#endif
