/* SPDX-License-Identifier: MIT */
/* token.h - CSS text to tokens (css-syntax-3, 4).
 *
 * White space is a flag of the token behind it; comments are dropped. Every
 * opening token knows where its block ends, so skipping a block is one step
 * and nothing is scanned twice, however the input nests. */
#ifndef STYLE_TOKEN_H
#define STYLE_TOKEN_H

#include "base/arena.h"

enum token_kind {
    TOK_IDENT,
    TOK_FUNCTION, /* text: the name; its block is open */
    TOK_AT,
    TOK_HASH,
    TOK_STRING,
    TOK_BAD_STRING,
    TOK_URL,
    TOK_BAD_URL,
    TOK_NUMBER,
    TOK_PERCENT,
    TOK_DIMENSION, /* text: the unit */
    TOK_CDO,
    TOK_CDC,
    TOK_DELIM /* also : ; , ( ) [ ] { }, all in `delim` */
};

struct token {
    enum token_kind kind;
    char delim;        /* TOK_DELIM, else 0 */
    bool space_before; /* white space stands in front */
    bool is_id;        /* TOK_HASH: is an identifier */
    bool is_integer;   /* numbers */
    uint32_t line;     /* from 1 */
    uint32_t span;     /* tokens up to behind the end of the block that opens
                          here; 1 for a token that opens none */
    double number;
    str text;   /* escapes resolved */
    str source; /* as written */
};

/* A run of tokens; owns nothing. */
struct tokens {
    const struct token *v;
    size_t n;
};

struct tokens css_tokenize(str css, struct arena *a);

/* Sets the spans of V anew, after tokens were put together. */
void tokens_match(struct token *v, size_t n, struct arena *a);

struct tokens tokens_from(struct tokens t, size_t at);
struct tokens tokens_sub(struct tokens t, size_t from, size_t to);
/* Tokens of the component value (css-syntax-3, 2.2) at T's start, 0 if T is
 * empty: 1 or a whole block. */
size_t tokens_step(struct tokens t);
/* Cuts the first component value off. */
struct tokens tokens_next(struct tokens *rest);
/* Cuts off what stands before the first SEP outside of blocks; *REST moves
 * behind it, and gets v == NULL where there was none. */
struct tokens tokens_cut(struct tokens *rest, char sep);
/* What stands between the brackets of the block or function T. */
struct tokens tokens_inside(struct tokens t);

bool token_is(const struct token *t, char delim);
bool token_is_word(const struct token *t, const char *word); /* any case */
/* Is T one identifier, WORD? */
bool tokens_are_word(struct tokens t, const char *word);

/* The source text of T. */
str tokens_source(struct tokens t);

#endif
