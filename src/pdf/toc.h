/* SPDX-License-Identifier: MIT */
/* toc.h - the table of contents: years, and for each post its date, title, a
 * leader and the page. */
#ifndef PDF_TOC_H
#define PDF_TOC_H

#include "pdf/book.h"

/* Adds its pages to the front matter, with an outline entry. All chapters are
 * in the document by now. */
void toc_add(struct pdf_book *b, enum book_start start, struct diag *dg);

#endif
