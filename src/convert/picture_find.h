/* SPDX-License-Identifier: MIT */
/* picture_find.h - the file that an author's src means. */
#ifndef CONVERT_PICTURE_FIND_H
#define CONVERT_PICTURE_FIND_H

#include "book/filenames.h"
#include "book/post.h"

struct picture_finder {
    const struct post *post;
    struct arena *a;
    const struct filenames *names; /* NULL: none */
    str root;         /* real path of the fence; empty until it is needed */
    unsigned n_scans; /* folders that were read to find another spelling */
};

/* The real path of the file SRC, "a/b.png" without scheme, as a post may
 * write it; empty: there is none inside the post's root
 * or, where it is in one, its site. */
str picture_find(struct picture_finder *f, str src);

#endif
