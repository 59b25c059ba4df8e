/* SPDX-License-Identifier: MIT */
/* layout.h - a chapter laid out. */
#ifndef PDF_LAYOUT_H
#define PDF_LAYOUT_H

#include "pdf/galley.h"
#include "pdf/pages.h"

/* What all chapters of a book share. */
struct layout_book {
    const struct sheet *sheet;
    struct fontset *fonts;
    const struct map *post_by_name; /* name to const struct post */
    struct page_kinds kinds;
};

/* What belongs to one worker. */
struct layout_worker {
    struct shaper *shaper;
    struct hyphenator *hyphenator;
};

/* C as a galley; all of it in A. *LY is filled in and keeps what
 * pages_break() needs. */
struct galley *layout_galley(struct layout *ly, const struct layout_book *bk,
                             const struct layout_worker *w,
                             const struct chapter *c, struct arena *a,
                             struct diag *dg);

/* The same and cut into pages. */
struct laid_chapter *layout_chapter(const struct layout_book *bk,
                                    const struct layout_worker *w,
                                    const struct chapter *c, struct arena *a,
                                    struct diag *dg);

#endif
