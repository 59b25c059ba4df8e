/* SPDX-License-Identifier: MIT */
/* pageshrink.h - what nearly fits onto a page is made to fit: a picture would
 * leave a hole, or a title without its text; a chapter's last lines would have
 * a page of their own. */
#ifndef PDF_PAGESHRINK_H
#define PDF_PAGESHRINK_H

#include "pdf/galley.h"

/* What is left of a page, pt/1000. */
struct page_room {
    int64_t free;   /* from the picture's top */
    int64_t lost;   /* from where the page would end without the picture */
    int32_t height; /* of the whole page */
};

/* Makes row I of G lower, when it holds a picture and nothing else, so that it
 * fits together with the rows that must follow it. Leaves it as it is when it
 * fits or would become too small. */
void page_shrink(struct galley *g, uint32_t i, struct page_room room);

/* Lowers the white space from row FIRST on so that all rows that are left fit
 * into ROOM. False, and nothing done, when more than a few lines don't fit
 * without, when row NEXT, the first of those, or one behind it refers to a
 * note, or when the page would look crowded. */
bool page_squeeze(struct galley *g, uint32_t first, uint32_t next,
                  int64_t room);

#endif
