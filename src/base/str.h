/* SPDX-License-Identifier: MIT */
/* str.h - a piece of text: a pointer and a length in bytes.
 *
 * A str owns nothing and needs no terminating NUL. Text is UTF-8 once it has
 * passed utf8_clean(). A str with n == 0 is empty; p may then be NULL. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct str {
    const char *p;
    size_t n;
} str;

/* A str of a string literal; STR_INIT is the same for static tables. */
#define S(lit) ((str){ "" lit, sizeof(lit) - 1 })
#define STR_INIT(lit)                                                          \
    {                                                                          \
        "" lit, sizeof(lit) - 1                                                \
    }

/* For printf("%.*s", STR_ARG(s)). S is looked at twice, so it is no call. */
#define STR_ARG(s) (int)(s).n, ((s).p ? (s).p : "")

str str_of(const char *cstring); /* NULL gives the empty str */

static inline bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
bool str_eq_nocase(str a, str b); /* ASCII letters only */
int str_cmp(str a, str b);        /* byte order, as memcmp */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
bool str_starts_nocase(str s, str prefix);
bool str_ends_nocase(str s, str suffix);

/* S from byte FROM on, at most N bytes; clamped to S. */
static inline str str_sub(str s, size_t from, size_t n)
{
    if (from > s.n)
        from = s.n;
    if (n > s.n - from)
        n = s.n - from;
    return s.p ? (str){ s.p + from, n } : (str){ 0 };
}

static inline str str_from(str s, size_t from)
{
    return str_sub(s, from, SIZE_MAX);
}

/* Offset of the first (last) NEEDLE in S, or STR_NONE. */
#define STR_NONE SIZE_MAX
size_t str_find(str s, str needle);
/* Is any of these N in S? */
bool str_has_any(str s, const str *needles, size_t n);
/* Is S one of these N? */
bool str_is_among(str s, const str *names, size_t n);
bool str_is_among_nocase(str s, const str *names, size_t n);
/* The same for an array. */
#define STR_IS_AMONG(s, array)                                                 \
    str_is_among(s, array, sizeof(array) / sizeof *(array))
#define STR_IS_AMONG_NOCASE(s, array)                                          \
    str_is_among_nocase(s, array, sizeof(array) / sizeof *(array))
size_t str_find_nocase(str s, str needle);
size_t str_find_char(str s, char c);
size_t str_rfind_char(str s, char c);

/* Without ASCII white space (space, tab, LF, CR, FF, VT) at the ends. */
str str_trim(str s);
str str_trim_left(str s);
str str_trim_right(str s);
/* Nothing but that. */
bool str_is_blank(str s);
/* How many spaces it begins with. */
size_t str_indent(str s);

/* Cuts off and returns what stands before the first SEP; *REST moves behind
 * it. Without a SEP returns all and leaves *REST empty. */
str str_cut(str *rest, char sep);

/* Cuts off and returns the bytes at the start for which IS holds. */
typedef bool char_test(char c);
str str_cut_while(str *rest, char_test *is);

/* Cuts off the next word between ASCII white space; empty at the end. */
str str_next_word(str *rest);
/* Is WORD one of WORDS? Not if it is empty. */
bool str_has_word(str words, str word);

/* Cuts off the next line without its LF or CRLF; false at the end. */
bool str_next_line(str *rest, str *line);

/* A whole decimal number without sign; false if S is anything else. */
bool str_to_uint(str s, uint64_t *out);

static inline bool ascii_is_alpha(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool ascii_is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static inline bool ascii_is_alnum(int c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c);
}

static inline bool ascii_is_space(int c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline int ascii_lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}
/* The value of a hexadecimal digit; -1: it is none. */
static inline int ascii_hex(int c)
{
    int l = ascii_lower(c);

    if (ascii_is_digit(c))
        return c - '0';
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

#endif
