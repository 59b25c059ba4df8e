/* SPDX-License-Identifier: MIT */
/* phrase.h - words of the book with something filled in. */
#ifndef EPUB_PHRASE_H
#define EPUB_PHRASE_H

#include "doc/words.h"

/* The word with its one %s or %d replaced by WHAT. */
str phrase_text(enum word w, enum lang lang, str what, struct arena *a);
str phrase_number(enum word w, enum lang lang, uint64_t n, struct arena *a);

#endif
