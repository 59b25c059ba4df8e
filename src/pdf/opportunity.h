/* SPDX-License-Identifier: MIT */
/* opportunity.h - where a line of text may end, and what that costs. */
#ifndef PDF_OPPORTUNITY_H
#define PDF_OPPORTUNITY_H

#include "pdf/hyphenate.h"
#include "pdf/inline.h"

/* Kinds of break before a character, best last among those that are allowed.
 * UAX #14 says where, the bans of klreq 3.2, jlreq 3.1.7 and clreq 3.1.6 take
 * away, hyphenation and the last resorts add. */
enum opportunity {
    OPP_NONE,
    OPP_WORD_INSIDE, /* between two letters of a Korean word */
    OPP_ADDRESS,     /* inside an URL or a path */
    OPP_HYPHEN,      /* a hyphen becomes visible */
    OPP_CODE,        /* between two parts of a name in a program */
    OPP_SYMBOL,      /* behind a hyphen, a dash, a slash */
    OPP_LETTER,      /* between two Han or kana */
    OPP_SPACE,
    OPP_FORCED
};

/* An enum opportunity for every byte of IT's text and one behind it: a break
 * before that byte. In A. */
uint8_t *opportunities(const struct inline_text *it, struct hyphenator *hy,
                       struct arena *a);

/* Han, kana, Hangul and their punctuation as lines see them. */
bool is_han_or_kana(uint32_t c);
bool is_hangul(uint32_t c);

#endif
