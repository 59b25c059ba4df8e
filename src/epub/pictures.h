/* SPDX-License-Identifier: MIT */
/* pictures.h - the pictures of a book made fit by the workers, each once for
 * all chapters that show it (or once a worker, when two come to it at the same
 * time). Which chapter's copy goes into the book depends on the book's order
 * only. */
#ifndef EPUB_PICTURES_H
#define EPUB_PICTURES_H

#include "assets/fit.h"
#include "assets/made.h"

struct pictures;

struct fitted {
    struct image image; /* as it is in the book; IMAGE_UNKNOWN: it is not */
    uint32_t crc;
    bool moves;
    const char *wrong; /* why it is not */
    const char *lacks; /* why its colours were left as they are; or NULL */
    str did;           /* what was done to it; empty: nothing of note */
};

/* What takes long is asked of KEPT first, which must live as long. */
struct pictures *pictures_new(const struct fit_limits *limits,
                              struct made *kept);
void pictures_free(struct pictures *p); /* NULL is fine */

/* By a worker: OUT's bytes live in A, or until pictures_forget() is told of
 * the same picture. */
void pictures_fit(struct pictures *p, const struct image *im, struct arena *a,
                  struct fitted *out);

/* The picture that was named NAME before it was made fit is in the book; its
 * bytes are not needed again. */
void pictures_forget(struct pictures *p, str name);

#endif
