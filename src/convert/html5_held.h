/* SPDX-License-Identifier: MIT */
/* html5_held.h - texts that the parser need not see.
 *
 * The parser reads character by character, which for words between tags is a
 * tenth of the time of a whole book. To the tree that it builds one character
 * that is no space is as good as many: one of a private use area stands for
 * each text, and is replaced when the tree is there. */
#ifndef CONVERT_HTML5_HELD_H
#define CONVERT_HTML5_HELD_H

#include "base/vec.h"

/* Texts of fewer bytes are not worth it. */
#define HELD_LEAST 16
/* Bytes of a stand-in. */
#define HELD_BYTES 4

struct held {
    struct arena *arena;
    struct str_vec texts;
    bool off; /* the author uses these characters; nothing is held */
};

/* For HTML, which is to live as long as what is held. */
void held_init(struct held *h, str html, struct arena *a);

/* How many bytes of TEXT, which holds no '<' and does not begin with white
 * space, can be held: up to a character reference that says more than
 * held_put() knows. 0: too few. */
size_t held_length(const struct held *h, str text);

/* Holds TEXT, which is changed, and writes its stand-in to OUT. */
void held_put(struct held *h, char *text, size_t n, char *out);

/* TEXT, from the parser, with what was held; itself where that is nothing. */
str held_show(const struct held *h, str text);

#endif
