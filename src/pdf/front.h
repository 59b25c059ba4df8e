/* SPDX-License-Identifier: MIT */
/* front.h - the book's own pages but for the contents: cover, half title,
 * title page, the pages that open years, colophon. */
#ifndef PDF_FRONT_H
#define PDF_FRONT_H

#include "pdf/book.h"

/* In front of all: the cover, if there is one, as large as the page holds. */
void front_add_cover(struct pdf_book *b, struct diag *dg);

/* To the front matter: half title and title page, each on a recto. */
void front_add_titles(struct pdf_book *b, struct diag *dg);

/* To the body: the page of a year, with N posts. */
void front_add_part(struct pdf_book *b, int year, uint32_t n_posts,
                    struct diag *dg);

/* To the end of the body. */
void front_add_colophon(struct pdf_book *b, struct diag *dg);

#endif
