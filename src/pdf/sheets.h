/* SPDX-License-Identifier: MIT */
/* sheets.h - the style sheets of a printed book, ours, then the user's: parsed
 * once for all books that name the same ones and the same page size. */
#ifndef PDF_SHEETS_H
#define PDF_SHEETS_H

#include "base/shelf.h"
#include "book/settings.h"
#include "style/style.h"

/* As they are for a book; only to be read. */
struct sheets {
    const struct sheet *sheet;
    struct arena arena;
    struct diag said;
};

struct shelf *sheets_new(void);

/* Read and finished for the wanted page size; to be given back. NULL: already
 * reported. */
struct sheets *sheets_take(struct shelf *shelf, const struct settings *set,
                           struct diag *dg);

#endif
