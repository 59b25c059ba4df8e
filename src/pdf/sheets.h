/* SPDX-License-Identifier: MIT */
/* sheets.h - the style sheets of a printed book: ours, then the user's. */
#ifndef PDF_SHEETS_H
#define PDF_SHEETS_H

#include "book/settings.h"
#include "style/style.h"

/* Read and finished for the wanted page size, in A. NULL: already
 * reported. */
struct sheet *sheets_read(const struct settings *set, struct arena *a,
                          struct diag *dg);

#endif
