/* SPDX-License-Identifier: MIT */
/* exports.h - blogs in other forms than Markdown, known by their first bytes.
 * They are not read; who comes with one is told what it is. */
#ifndef BOOK_EXPORTS_H
#define BOOK_EXPORTS_H

#include "base/diag.h"

/* Has PATH an extension of such a form? */
bool export_has_name(str path);

/* Reports what the file PATH is, going by its first bytes. False, and nothing
 * is said: it is none of them. */
bool export_report(str path, struct diag *dg);

/* Where only its name tells: "a.html is HTML, ...", else empty. */
str export_hint(str path, struct arena *a);

#endif
