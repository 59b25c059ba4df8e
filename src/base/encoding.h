/* SPDX-License-Identifier: MIT */
/* encoding.h - texts that are not UTF-8. The bytes of one are told apart by
 * how many of a language's frequent letters they are when read in an
 * encoding: of a text of some words more than half, in a wrong encoding
 * hardly any. */
#ifndef BASE_ENCODING_H
#define BASE_ENCODING_H

#include "base/arena.h"
#include "base/buf.h"

struct encoding {
    str name;     /* for messages */
    str iconv;    /* names, separated by blanks */
    str language; /* two letters; empty: several */
    str frequent; /* letters; empty: is never guessed */
};

/* All of encodings.def; *N gets their number. */
const struct encoding *encoding_table(size_t *n);

/* The encoding of a name of encodings.def, or NULL. */
const struct encoding *encoding_of_name(str name);

/* The encoding that a label such as "euc-kr" or "ks_c_5601-1987" means, or
 * NULL. */
const struct encoding *encoding_of_label(str label);

/* What HEAD, the beginning of a file, says of itself: "charset=euc-kr" of
 * HTML or "coding: euc-jp" of editors; or NULL. */
const struct encoding *encoding_declared(str head);

/* What SAMPLE, lines with bytes beyond ASCII, is written in, or NULL when it
 * reads plausibly in none. DECLARED (may be NULL) and LANGUAGE (BCP 47; may
 * be empty) decide where little text leaves room. */
const struct encoding *encoding_guess(str sample,
                                      const struct encoding *declared,
                                      str language, struct arena *a);

#endif
