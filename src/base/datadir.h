/* SPDX-License-Identifier: MIT */
/* datadir.h - the program's own files: style sheets, font lists.
 *
 * They are looked for in $BLOG2BOOK_DATADIR, and nowhere else when that is
 * set; in the source folder while the program runs from its build folder; in
 * ../share/blog2book beside the program's folder; where it was installed. */
#ifndef BASE_DATADIR_H
#define BASE_DATADIR_H

#include "base/diag.h"

/* Reads the file NAME ("styles/book.css") into *OUT, in A. False: already
 * reported, with the places that were tried. */
bool data_read(str name, struct arena *a, str *out, struct diag *dg);

/* The path of the file or folder NAME, or an empty str when there is none;
 * nothing is reported. */
str data_find(str name, struct arena *a);

/* The path of the program's own file, in A; empty where the system doesn't
 * tell. */
str data_program(struct arena *a);

#endif
