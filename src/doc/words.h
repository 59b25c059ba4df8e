/* SPDX-License-Identifier: MIT */
/* words.h - the program's own words in a book's language, and dates as each
 * language writes them. */
#ifndef DOC_WORDS_H
#define DOC_WORDS_H

#include "doc/chapter.h"

enum word {
#define WORD(id, en, ko, ja, hans, hant) WORD_##id,
#include "doc/words.def"
#undef WORD
    WORD_COUNT
};

const char *word_text(enum word w, enum lang lang); /* a printf format */

/* A calendar day: "2018년 8월 29일", "2018年8月29日", "29 August 2018". */
str word_date(int year, int month, int day, enum lang lang, struct arena *a);

#endif
