/* SPDX-License-Identifier: MIT */
/* authors.h - names of authors by the keys that posts have for them:
 * blog/authors.yml (Docusaurus), _data/authors.yml (Jekyll). */
#ifndef BOOK_AUTHORS_H
#define BOOK_AUTHORS_H

#include "base/diag.h"
#include "base/map.h"
#include "base/vec.h"
#include "book/value.h"

struct authors {
    struct map names; /* of a key, a str */
};

/* Reads what there is in FOLDER and in SITE, the root of the site it is in or
 * empty. All is in A. A file that can't be read is reported to DG, unless that
 * is NULL. */
void authors_read(struct authors *au, str folder, str site, struct arena *a,
                  struct diag *dg);

/* The files of SITE that it may read, there or not, to ALL. */
void authors_list(str site, struct arena *a, struct str_vec *all);

/* The name that KEY stands for, else KEY. */
str authors_name(const struct authors *au, str key);

/* V, the authors of a post, with names for the keys in it; empty: there is no
 * key in it. In A. */
str authors_of(const struct authors *au, const struct value *v,
               struct arena *a);

#endif
