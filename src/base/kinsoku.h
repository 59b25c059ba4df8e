/* SPDX-License-Identifier: MIT */
/* kinsoku.h - characters that may not stand at an end of a line, beyond what
 * UAX #14 knows. */
#ifndef BASE_KINSOKU_H
#define BASE_KINSOKU_H

#include <stdbool.h>
#include <stdint.h>

/* Never first on a line: klreq 3.2.1, jlreq cl-02 to cl-07, cl-09 to cl-11,
 * clreq 3.1.6; with small kana, the iteration and length marks, which UAX #14
 * leaves to "strict". */
bool kinsoku_never_starts(uint32_t c);

/* Never last on a line: opening brackets and quotation marks. */
bool kinsoku_never_ends(uint32_t c);

#endif
