/* SPDX-License-Identifier: MIT */
#include "pdf/opportunity.h"

#include <string.h>
#include <unictype.h>
#include <unilbrk.h>

#include "base/kinsoku.h"
#include "base/utf8.h"

#define SOFT_HYPHEN      0x00ADu
#define ZERO_WIDTH_SPACE 0x200Bu

bool is_hangul(uint32_t c)
{
    return (c >= 0xAC00 && c <= 0xD7FB) || (c >= 0x1100 && c <= 0x11FF) ||
           (c >= 0x3131 && c <= 0x318E) || (c >= 0xA960 && c <= 0xA97C);
}

bool is_han_or_kana(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3041 && c <= 0x30FF) ||
           (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x31F0 && c <= 0x31FF) || (c >= 0x20000 && c <= 0x3FFFD) ||
           c == 0x3005 || c == 0x3007 || c == 0x303B;
}

/* Runs of these stay together: dashes and leaders. */
static bool is_inseparable(uint32_t a, uint32_t b)
{
    return a == b && (a == 0x2014 || a == 0x2015 || a == 0x2025 ||
                      a == 0x2026 || a == 0x22EF || a == 0x30FB);
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x200A && c != 0x2007);
}

static bool is_syllable(uint32_t c)
{
    return c >= 0xAC00 && c <= 0xD7A3;
}

/* A break inside a Korean word. */
static enum opportunity in_word(const struct style *st)
{
    return st->word_break == WORD_BREAK_BREAK_ALL ? OPP_LETTER
                                                  : OPP_WORD_INSIDE;
}

/* May a line end between A and B, in text of this style? UAX is what UAX #14
 * says. */
static enum opportunity judge(uint32_t a, uint32_t b, int uax,
                              const struct style *st)
{
    /* B is a line feed itself, which ends the line that it stands on. */
    if (uax == UC_BREAK_MANDATORY)
        return OPP_NONE;
    if (a == SOFT_HYPHEN)
        return st->hyphens == HYPHENS_NONE ? OPP_NONE : OPP_HYPHEN;
    if (uax != UC_BREAK_POSSIBLE)
        return OPP_NONE;
    if (is_space(a) || a == ZERO_WIDTH_SPACE)
        return OPP_SPACE;
    if (is_syllable(a) && is_syllable(b) && st->white_space != SPACE_NOWRAP)
        return in_word(st);
    if (st->white_space == SPACE_NOWRAP || is_inseparable(a, b) ||
        kinsoku_never_starts(b) || kinsoku_never_ends(a))
        return OPP_NONE;
    if (is_hangul(a) || is_hangul(b))
        return in_word(st);
    if (is_han_or_kana(a) || is_han_or_kana(b))
        return st->word_break == WORD_BREAK_KEEP_ALL ? OPP_WORD_INSIDE
                                                     : OPP_LETTER;
    return OPP_SYMBOL;
}

static void mark_breaks(const struct inline_text *it, uint8_t *out, char *uax)
{
    str s = it->text;
    uint32_t span = 0, before = 0;

    u8_possible_linebreaks((const uint8_t *)s.p, s.n, "UTF-8", uax);
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        while (span + 1 < it->spans.n && from >= it->spans.v[span].end)
            span++;
        if (from > 0)
            out[from] = before == '\n'
                            ? OPP_FORCED
                            : (uint8_t)judge(before, c, uax[from],
                                             it->spans.v[span].style);
        before = c;
    }
    out[s.n] = OPP_FORCED;
}

static bool is_address_letter(unsigned char c)
{
    static const bool apart[0x80] = {
        ['"'] = true, ['\''] = true, ['<'] = true, ['>'] = true, ['('] = true,
        [')'] = true, ['['] = true,  [']'] = true, ['{'] = true, ['}'] = true,
    };

    return c > ' ' && c < 0x7F && !apart[c];
}

/* Characters of an address behind which it may go on in the next line. */
static bool ends_address_part(char c)
{
    return strchr("/?&=.,;:#%_-+@~", c) != NULL;
}

/* Names with at least so many letters go on in the next line. */
#define LONG_NAME 16

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* "PhotoLibrary" goes on with its second word. */
static bool is_hump(str s, size_t k)
{
    return is_small(s.p[k - 1]) && s.p[k] >= 'A' && s.p[k] <= 'Z' &&
           k + 1 < s.n && is_small(s.p[k + 1]);
}

/* "XYZ-2026-41245" goes on behind a hyphen; UAX #14 keeps numbers whole. */
static bool is_behind_hyphen(str s, size_t k)
{
    return s.p[k - 1] == '-' && k > 1 &&
           ascii_is_alnum((unsigned char)s.p[k - 2]) &&
           ascii_is_alnum((unsigned char)s.p[k]);
}

/* Names of at least so many letters do. */
#define LONG_NUMBER 13

/* Long pieces of ASCII without a space: addresses, paths, hashes, names. */
static void mark_addresses(str s, uint8_t *out)
{
    size_t i = 0;

    while (i < s.n) {
        while (i < s.n && !is_address_letter((unsigned char)s.p[i]))
            i++;
        size_t from = i;
        while (i < s.n && is_address_letter((unsigned char)s.p[i]))
            i++;
        bool address = i - from > 12 && (str_find(str_sub(s, from, i - from),
                                                  S("/")) != STR_NONE ||
                                         i - from > 24);
        for (size_t k = from + 1; address && k < i; k++)
            if (out[k] == OPP_NONE && ends_address_part(s.p[k - 1]) &&
                !ends_address_part(s.p[k]))
                out[k] = OPP_ADDRESS;
        for (size_t k = from + 1; i - from >= LONG_NUMBER && k < i; k++)
            if (out[k] == OPP_NONE &&
                (is_behind_hyphen(s, k) ||
                 (i - from >= LONG_NAME && is_hump(s, k))))
                out[k] = OPP_WORD_INSIDE;
    }
}

/* A scheme's slashes: "http://" is no line. */
static void join_schemes(str s, uint8_t *out)
{
    for (size_t at = 0;;) {
        size_t found = str_find(str_from(s, at), S("://"));
        if (found == STR_NONE)
            return;
        at += found + 3;
        if (at < s.n)
            out[at] = OPP_NONE;
    }
}

/* Letters of a name, at least, before and behind a break in it. */
#define CODE_PART 3

/* May a name in a program go on in the next line with what begins at K? Signs
 * that join stand in front of what they join to, others stay behind. */
static bool parts_code(str s, size_t k)
{
    char a = s.p[k - 1], b = s.p[k], c = s.p[k + 1];

    if (ascii_is_alnum(a) || a == ')' || a == ']')
        return (b == ':' && c == ':') || (b == '.' && ascii_is_alpha(c)) ||
               (b == '#' && ascii_is_alpha(c));
    return ascii_is_alnum(b) && strchr("_/(,;=|&-+", a) != NULL;
}

static void mark_code(str s, uint8_t *out)
{
    size_t from = 0;

    for (size_t k = 1; k < s.n; k++) {
        if (s.p[k] <= ' ' || out[k] >= OPP_SYMBOL)
            from = k;
        if (k - from >= CODE_PART && k + CODE_PART <= s.n &&
            out[k] < OPP_CODE && parts_code(s, k)) {
            out[k] = OPP_CODE;
            from = k;
        }
    }
}

static bool is_code(const struct style *st)
{
    return st->font && st->font->generic == GENERIC_MONO &&
           (st->white_space == SPACE_NORMAL ||
            st->white_space == SPACE_PRE_LINE);
}

/* Names in the spans of a paragraph that are code. */
static void mark_names(const struct inline_text *it, uint8_t *out)
{
    for (size_t k = 0, from = 0; k < it->spans.n; k++) {
        const struct inline_span *sp = &it->spans.v[k];
        if (is_code(sp->style))
            mark_code(str_sub(it->text, from, sp->end - from), out + from);
        from = sp->end;
    }
}

static bool is_letter(uint32_t c)
{
    return c < 0x80 ? ascii_is_alpha((int)c)
                    : c >= 0xC0 && c < 0x530 && uc_is_alpha(c);
}

/* Hyphens into the word whose breaks are OUT. AT is zero, before and after. */
static void part_word(struct hyphenator *hy, str word, str lang, bool *at,
                      uint8_t *out)
{
    hyphenate_word(hy, word, lang, at);
    for (size_t k = 0; k < word.n; k++) {
        if (at[k] && out[k] == OPP_NONE)
            out[k] = OPP_HYPHEN;
        at[k] = false;
    }
}

/* Hyphens into the words of the spans that ask for them. */
static void mark_hyphens(const struct inline_text *it, struct hyphenator *hy,
                         uint8_t *out, struct arena *a)
{
    str s = it->text;
    bool *at = arena_array(a, bool, s.n + 1);
    size_t i = 0;

    for (size_t k = 0; k < it->spans.n; k++) {
        const struct inline_span *sp = &it->spans.v[k];
        if (sp->style->hyphens != HYPHENS_AUTO)
            i = sp->end;
        while (i < sp->end) {
            size_t from = i, next = i;
            while (next < sp->end && is_letter(utf8_next(s, &next)))
                i = next;
            if (i > from)
                part_word(hy, str_sub(s, from, i - from), sp->style->lang, at,
                          out + from);
            else
                i = next;
        }
    }
}

static bool wants_hyphens(const struct inline_text *it)
{
    for (size_t k = 0; k < it->spans.n; k++)
        if (it->spans.v[k].style->hyphens == HYPHENS_AUTO)
            return true;
    return false;
}

uint8_t *opportunities(const struct inline_text *it, struct hyphenator *hy,
                       struct arena *a)
{
    uint8_t *out = arena_array(a, uint8_t, it->text.n + 1);

    if (it->text.n == 0)
        return out;
    mark_breaks(it, out, arena_bytes(a, it->text.n));
    mark_addresses(it->text, out);
    mark_names(it, out);
    join_schemes(it->text, out);
    if (wants_hyphens(it))
        mark_hyphens(it, hy, out, a);
    return out;
}
