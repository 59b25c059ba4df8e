/* SPDX-License-Identifier: MIT */
/* source_chars.h - what the emphasis rules ask of a character.
 *
 * The CJK rule is the "markdown-cjk-friendly" amendment to CommonMark 6.4:
 * next to a CJK character, punctuation does not stop a delimiter run from
 * opening or closing emphasis. */
#ifndef CONVERT_SOURCE_CHARS_H
#define CONVERT_SOURCE_CHARS_H

#include "base/str.h"

/* Stands where cmark shall see neither a blank nor punctuation. Never in a
 * clean text; markdown.c takes it, and the others, out of the HTML. */
#define SENTINEL '\x1a'
/* Likewise: strong text from here on, up to here, an asterisk that is none of
 * emphasis, a bracket that begins nothing, and an "@" in no address. */
#define STRONG_OPEN   '\x1c'
#define STRONG_CLOSE  '\x1d'
#define PLAIN_STAR    '\x1e'
#define PLAIN_BRACKET '\x19'
#define PLAIN_AT      '\x18'
/* Before a number and ';': that one of the texts held back. */
#define HELD_TEXT '\x1f'

bool char_is_punct(uint32_t c); /* general category P, ASCII punctuation */
/* East Asian Width W, F or H without emoji presentation, or Hangul. */
bool char_is_cjk(uint32_t c);
bool char_is_han(uint32_t c);  /* with the marks of repetition and zero */
bool char_is_kana(uint32_t c); /* with what lengthens and parts them */

/* What stands on both sides of the delimiter run of N bytes at AT in S. */
struct flanks {
    uint32_t before, after; /* characters; LF at an end of S */
    bool cjk_before, cjk_after;
    bool punct_before, punct_after;
    bool left, right; /* flanking, by the amended rule */
};
struct flanks flanks_of(str s, size_t at, size_t n);

#endif
