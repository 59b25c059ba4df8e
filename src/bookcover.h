/* SPDX-License-Identifier: MIT */
/* bookcover.h - what a cover is to say of a book. */
#ifndef BOOKCOVER_H
#define BOOKCOVER_H

#include "book/book.h"

/* Begins to make the cover of B, as a JPEG too if WANTS_JPEG: assets/cover.h.
 * NULL: none is wanted. */
struct cover *bookcover_start(const struct book *b, bool wants_jpeg);

#endif
