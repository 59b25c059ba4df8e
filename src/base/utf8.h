/* SPDX-License-Identifier: MIT */
/* utf8.h - UTF-8 as RFC 3629 has it: no surrogates, no overlong forms. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"
#include "base/buf.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes the character at *AT and moves *AT behind it. Input that is not
 * valid gives U+FFFD and moves by the bytes of the maximal subpart (Unicode
 * 15, 3.9, table 3-8). *AT must be < s.n. */
uint32_t utf8_next_any(str s, size_t *at);
static inline uint32_t utf8_next(str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.p + *at;

    /* The two commonest forms by far: ASCII and most of CJK. */
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (p[0] > 0xE0 && p[0] < 0xF0 && s.n - *at > 2 && (p[1] & 0xC0) == 0x80 &&
        (p[2] & 0xC0) == 0x80 && (p[0] != 0xED || p[1] < 0xA0)) {
        *at += 3;
        return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    }
    return utf8_next_any(s, at);
}
/* The character that ends before *AT, moving back. *AT must be > 0 and S
 * valid. */
uint32_t utf8_prev(str s, size_t *at);

/* White space: CommonMark 2.1, "Unicode whitespace", and vertical tab. */
bool utf8_is_space(uint32_t c);

/* Bytes of C in UTF-8 (1 to 4), written to OUT. */
size_t utf8_encode(uint32_t c, char out[4]);

/* What utf8_clean() found. */
struct utf8_report {
    size_t n_bad;      /* sequences replaced by U+FFFD */
    size_t n_nul;      /* NUL bytes removed */
    unsigned bad_line; /* line of the first, from 1; 0: none */
    unsigned nul_line;
};

/* S with damaged sequences replaced by U+FFFD, without a leading BOM and
 * without controls (C0, DEL) other than tab and LF; CRLF and lone CR become LF.
 * S itself where nothing had to change, otherwise a copy in A. UTF-16 with a
 * BOM is converted. */
str utf8_clean(str s, struct arena *a, struct utf8_report *report);

bool utf8_is_valid(str s);
size_t utf8_length(str s); /* code points */

/* Unicode Normalization Form C; S itself where it is that already. */
str utf8_nfc(str s, struct arena *a);
/* S with letters and the marks that follow them at once composed, as far as
 * NFC has one character for both: jamo to syllables, kana with sound marks,
 * accented letters. What NFC would do besides (compatibility ideographs
 * become others) is not done. S itself where nothing had to change. */
str utf8_compose(str s, struct arena *a);
/* NFC and case folding (Unicode 15, 3.13), for comparing. */
str utf8_fold(str s, struct arena *a);

#endif
