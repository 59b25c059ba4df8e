/* SPDX-License-Identifier: MIT */
/* lang.h - which language a text is in, by counting scripts. */
#ifndef CONVERT_LANG_H
#define CONVERT_LANG_H

#include "doc/chapter.h"

struct lang_count {
    uint32_t hangul, kana, han, hans, hant, latin, other, letters;
    /* Of other letters; Persian and Urdu: those that only they have. */
    uint32_t hebrew, arabic, persian, urdu;
    uint32_t words;   /* of Latin letters */
    uint32_t english; /* of these, words that only English has so often */
};

/* Adds the letters of TEXT; hans and hant count characters that only one of
 * the two Chinese orthographies uses. Words do not run on from call to
 * call. */
void lang_add(struct lang_count *n, str text);
/* LANG_OTHER when nothing can be said. */
enum lang lang_guess(const struct lang_count *n);
/* The tag of that, or of a language that runs from right to left. */
str lang_guess_tag(const struct lang_count *n);

#endif
