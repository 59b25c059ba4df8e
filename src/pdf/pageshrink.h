/* SPDX-License-Identifier: MIT */
/* pageshrink.h - a picture that nearly fits onto its page is made to fit: it
 * would leave a hole, or a title without its text. */
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

#endif
