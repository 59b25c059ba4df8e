/* SPDX-License-Identifier: MIT */
/* closing.h - the line that ends a run. */
#ifndef CLOSING_H
#define CLOSING_H

#include <stdio.h>

#include "outputs.h"

/* "970 posts (2004-2026) -> blog.epub (2.1 MB)" without a line feed; with
 * --check, without the arrow. */
void closing_print(const struct book *book, uint32_t n_chapters,
                   const struct outputs *o, FILE *to);

#endif
