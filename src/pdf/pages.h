/* SPDX-License-Identifier: MIT */
/* pages.h - a galley cut into pages. */
#ifndef PDF_PAGES_H
#define PDF_PAGES_H

#include "pdf/galley.h"

/* How much of the first page is taken already. */
struct page_area {
    int32_t start_y;
    bool open; /* something else may go on with the last page */
};

/* Appends pages to LY's laid chapter: the fewest poor breaks, notes at the
 * foot of the page that refers to them first, heads of tables repeated,
 * pictures in G that nearly fit made smaller. An empty galley makes no page. */
void pages_break(struct layout *ly, struct galley *g, struct page_area area);

#endif
