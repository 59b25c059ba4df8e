/* SPDX-License-Identifier: MIT */
/* sheet.h - a user's style sheet made fit for an EPUB.
 *
 * Nothing in a book may point out of it, so @import, and declarations with a
 * url() other than data:, go. So do `direction` and `unicode-bidi`, which EPUB
 * forbids (EPUB 3.3, 6.3.1.2), and @charset, because the result is UTF-8.
 * Each is reported. Brackets that were left open are closed. */
#ifndef EPUB_SHEET_H
#define EPUB_SHEET_H

#include "base/buf.h"
#include "base/diag.h"

/* Appends CSS, the content of PATH, to OUT. */
void sheet_clean(struct buf *out, str css, str path, struct diag *dg);

#endif
