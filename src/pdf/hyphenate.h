/* SPDX-License-Identifier: MIT */
/* hyphenate.h - where words may be parted (libhyphen's patterns). */
#ifndef PDF_HYPHENATE_H
#define PDF_HYPHENATE_H

#include "base/arena.h"
#include "base/shelf.h"

struct hyphenator; /* one a worker */

/* A shelf of dictionaries, which are loaded when needed. */
struct shelf *dictionaries_new(void);

/* Takes its dictionaries from the shelf. NULL in a program built without
 * libhyphen: the others take that too. */
struct hyphenator *hyphenator_new(struct shelf *dictionaries);
void hyphenator_free(struct hyphenator *hy);

/* For the word WORD of language LANG (BCP 47): marks AT[i] for every byte i
 * before which a hyphen may be put. Never closer than two letters to the
 * start and three to the end. Does nothing for a language without patterns. */
void hyphenate_word(struct hyphenator *hy, str word, str lang, bool *at);

#endif
