/* SPDX-License-Identifier: MIT */
/* pagesize.h - "a5", "6x9in", "152x225mm" to millimetres. */
#ifndef BOOK_PAGESIZE_H
#define BOOK_PAGESIZE_H

#include "base/str.h"

/* Names: a3 to a6, b4 to b6 (JIS, as Korean and Japanese printers mean it),
 * iso-b5, letter, legal, half-letter, royal, pocket, shinsho, bunko, 46
 * (Japan), shinguk (Korea). Otherwise WIDTHxHEIGHT with mm (default), cm, in
 * or pt at its end. From 50 to 1,000 mm a side. */
bool pagesize_parse(str text, double *width, double *height);

#endif
