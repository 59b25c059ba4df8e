/* SPDX-License-Identifier: MIT */
/* decode.h - the bytes of a file to text, whatever it is written in.
 *
 * 1. a byte order mark (UTF-8, UTF-16); 2. UTF-8, if all of it is; 3. UTF-16
 * without a mark, ISO-2022-JP; 4. what the user says; 5. what the file says
 * of itself; 6. what its letters say (encoding.h).
 *
 * Lines are read one by one, since a file may have been written with several
 * editors: where a file has text in UTF-8, its good lines stay as they are,
 * and a line that is neither has damaged characters. */
#ifndef BASE_DECODE_H
#define BASE_DECODE_H

#include "base/diag.h"
#include "base/encoding.h"
#include "base/utf8.h"

struct decode_hints {
    const struct encoding *given; /* by the user; NULL: find out */
    str language;                 /* BCP 47; may be empty */
};

struct decoded {
    struct utf8_report utf8;         /* damage and NUL bytes */
    const struct encoding *encoding; /* that was converted from, or NULL */
    unsigned line;                   /* the first that was; 0: none */
    bool guessed; /* or named by somebody: it may be another */
};

/* RAW as utf8_clean() would give it, converted before that, and composed. */
str decode_text(str raw, const struct decode_hints *hints, struct arena *a,
                struct decoded *found);

/* Has decode_report() nothing to tell? */
bool decode_is_clean(const struct decoded *found);

/* Tells what was converted, damaged or dropped in the file PATH. */
void decode_report(const struct decoded *found, str path, struct diag *dg);

/* HEAD is the beginning of a file, to the end of a character. Will what
 * follows leave decode_text()'s result for these bytes as utf8_clean() has
 * it? ASCII may still turn out to be in another encoding further on. */
bool decode_is_certain(str head);

#endif
