/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include <string.h>

str str_of(const char *cstring)
{
    return cstring ? (str){ cstring, strlen(cstring) } : (str){ 0 };
}

bool str_eq_nocase(str a, str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
            return false;
    return true;
}

int str_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;

    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str prefix)
{
    return s.n >= prefix.n && str_eq((str){ s.p, prefix.n }, prefix);
}

bool str_ends(str s, str suffix)
{
    return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

bool str_starts_nocase(str s, str prefix)
{
    return s.n >= prefix.n && str_eq_nocase((str){ s.p, prefix.n }, prefix);
}

bool str_ends_nocase(str s, str suffix)
{
    return s.n >= suffix.n &&
           str_eq_nocase(str_from(s, s.n - suffix.n), suffix);
}

bool str_is_among(str s, const str *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, names[i]))
            return true;
    return false;
}

bool str_is_among_nocase(str s, const str *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(s, names[i]))
            return true;
    return false;
}

/* A byte of the needle that texts don't have in every word. */
static size_t rare_byte(str needle)
{
    static const bool common[256] = {
        [' '] = true, ['\n'] = true, ['a'] = true, ['d'] = true, ['e'] = true,
        ['h'] = true, ['i'] = true,  ['l'] = true, ['n'] = true, ['o'] = true,
        ['r'] = true, ['s'] = true,  ['t'] = true, ['u'] = true, ['-'] = true,
    };

    for (size_t i = 0; i < needle.n; i++)
        if (!common[(unsigned char)needle.p[i]])
            return i;
    return 0;
}

/* memchr() looks at 32 bytes at a time; memmem() doesn't. */
size_t str_find(str s, str needle)
{
    if (needle.n == 0)
        return 0;
    size_t rare = rare_byte(needle), last = needle.n - 1;
    for (size_t at = 0; at + needle.n <= s.n; at++) {
        const char *hit = memchr(s.p + at + rare, needle.p[rare],
                                 s.n - at - needle.n + 1);
        if (!hit)
            return STR_NONE;
        at = (size_t)(hit - s.p) - rare;
        if (s.p[at + last] == needle.p[last] && s.p[at] == needle.p[0] &&
            memcmp(s.p + at, needle.p, needle.n) == 0)
            return at;
    }
    return STR_NONE;
}

bool str_has_any(str s, const str *needles, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_find(s, needles[i]) != STR_NONE)
            return true;
    return false;
}

size_t str_find_nocase(str s, str needle)
{
    for (size_t at = 0; at + needle.n <= s.n; at++)
        if (str_eq_nocase((str){ s.p + at, needle.n }, needle))
            return at;
    return STR_NONE;
}

size_t str_find_char(str s, char c)
{
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;

    return hit ? (size_t)(hit - s.p) : STR_NONE;
}

size_t str_rfind_char(str s, char c)
{
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    size_t i = s.n;

    /* Eight at a time, as long as none of them can be C: a byte of WORD is
     * zero where one is (Warren, Hacker's Delight, 6-1). */
    for (uint64_t word; i >= sizeof word; i -= sizeof word) {
        memcpy(&word, s.p + i - sizeof word, sizeof word);
        word ^= ones * (unsigned char)c;
        if ((word - ones) & ~word & high)
            break;
    }
    while (i-- > 0)
        if (s.p[i] == c)
            return i;
    return STR_NONE;
}

str str_trim_left(str s)
{
    while (s.n && ascii_is_space(s.p[0]))
        s = (str){ s.p + 1, s.n - 1 };
    return s;
}

str str_trim_right(str s)
{
    while (s.n && ascii_is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

str str_trim(str s)
{
    return str_trim_right(str_trim_left(s));
}

bool str_is_blank(str s)
{
    return str_trim(s).n == 0;
}

size_t str_indent(str s)
{
    size_t n = 0;

    while (n < s.n && s.p[n] == ' ')
        n++;
    return n;
}

str str_cut(str *rest, char sep)
{
    size_t at = str_find_char(*rest, sep);
    str head = str_sub(*rest, 0, at);

    *rest = at == STR_NONE ? (str){ 0 } : str_from(*rest, at + 1);
    return head;
}

str str_cut_while(str *rest, char_test *is)
{
    size_t n = 0;

    while (n < rest->n && is(rest->p[n]))
        n++;
    str head = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    return head;
}

str str_next_word(str *rest)
{
    size_t n = 0;

    *rest = str_trim_left(*rest);
    while (n < rest->n && !ascii_is_space(rest->p[n]))
        n++;
    str word = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    return word;
}

bool str_has_word(str words, str word)
{
    for (size_t at = 0; word.n > 0 && at + word.n <= words.n; at++) {
        size_t from = at;
        while (at < words.n && !ascii_is_space(words.p[at]))
            at++;
        if (at - from == word.n && memcmp(words.p + from, word.p, word.n) == 0)
            return true;
    }
    return false;
}

bool str_next_line(str *rest, str *line)
{
    if (rest->n == 0)
        return false;
    *line = str_cut(rest, '\n');
    if (line->n && line->p[line->n - 1] == '\r')
        line->n--;
    return true;
}

bool str_to_uint(str s, uint64_t *out)
{
    uint64_t v = 0;

    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned digit = (unsigned char)s.p[i] - (unsigned)'0';
        if (digit > 9 || v > (UINT64_MAX - digit) / 10)
            return false;
        v = v * 10 + digit;
    }
    *out = v;
    return true;
}
