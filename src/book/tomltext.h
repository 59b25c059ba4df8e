/* SPDX-License-Identifier: MIT */
/* tomltext.h - the characters, strings and words of TOML, below its grammar.
 */
#ifndef BOOK_TOMLTEXT_H
#define BOOK_TOMLTEXT_H

#include "base/arena.h"

struct toml_text {
    str text;
    size_t at;
    unsigned line;
};

int toml_peek(const struct toml_text *t); /* the next byte; -1 at the end */
bool toml_starts(const struct toml_text *t, const char *what);
void toml_skip_blanks(struct toml_text *t); /* spaces and tabs */
void toml_skip_space(struct toml_text *t);  /* line ends, comments too */
/* Skips blanks and a comment; true at the end of a line or of the text. */
bool toml_end_line(struct toml_text *t);

/* A number, date or true/false: up to what can't belong to one. */
str toml_word(struct toml_text *t);

/* Any of the four kinds of string, from its quote on. NULL when well, else
 * what is wrong. */
const char *toml_string(struct toml_text *t, struct arena *a, str *out);

#endif
