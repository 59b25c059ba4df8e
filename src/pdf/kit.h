/* SPDX-License-Identifier: MIT */
/* kit.h - what printed books have in common: fonts, style sheets, dictionaries
 * of hyphenation. A batch owns one and every book borrows from it; a book
 * alone has its own. What is lent depends on settings and files of the same
 * names only, never on the books that had it before. */
#ifndef PDF_KIT_H
#define PDF_KIT_H

#include "base/shelf.h"

struct kit {
    struct shelf *fonts;        /* pdf/fontstore.h */
    struct shelf *sheets;       /* pdf/sheets.h */
    struct shelf *dictionaries; /* pdf/hyphenate.h */
};

struct kit *kit_new(void);
/* Everything has come back. NULL is fine. */
void kit_free(struct kit *kit);

#endif
