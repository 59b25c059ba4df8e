/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

bool utf8_is_space(uint32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f ||
           c == 0x3000;
}

size_t utf8_encode(uint32_t c, char out[4])
{
    unsigned char *o = (unsigned char *)out;

    if (c < 0x80) {
        o[0] = (unsigned char)c;
        return 1;
    }
    if (c < 0x800) {
        o[0] = (unsigned char)(0xC0 | c >> 6);
        o[1] = (unsigned char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        o[0] = (unsigned char)(0xE0 | c >> 12);
        o[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
        o[2] = (unsigned char)(0x80 | (c & 0x3F));
        return 3;
    }
    o[0] = (unsigned char)(0xF0 | c >> 18);
    o[1] = (unsigned char)(0x80 | (c >> 12 & 0x3F));
    o[2] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
    o[3] = (unsigned char)(0x80 | (c & 0x3F));
    return 4;
}

/* Length and first continuation range by lead byte: Unicode 15, table 3-7. */
struct lead {
    unsigned n;
    unsigned char low, high;
};

static struct lead lead_of(unsigned char b)
{
    if (b >= 0xC2 && b <= 0xDF)
        return (struct lead){ 2, 0x80, 0xBF };
    if (b == 0xE0)
        return (struct lead){ 3, 0xA0, 0xBF };
    if (b == 0xED)
        return (struct lead){ 3, 0x80, 0x9F };
    if (b >= 0xE1 && b <= 0xEF)
        return (struct lead){ 3, 0x80, 0xBF };
    if (b == 0xF0)
        return (struct lead){ 4, 0x90, 0xBF };
    if (b == 0xF4)
        return (struct lead){ 4, 0x80, 0x8F };
    if (b >= 0xF1 && b <= 0xF3)
        return (struct lead){ 4, 0x80, 0xBF };
    return (struct lead){ 0, 0, 0 };
}

/* Like utf8_next() beyond ASCII; *OK tells a real U+FFFD from damage. */
static uint32_t decode(str s, size_t *at, bool *ok)
{
    const unsigned char *p = (const unsigned char *)s.p + *at;
    size_t left = s.n - *at;
    struct lead lead = lead_of(p[0]);
    uint32_t c = p[0] & (0x7Fu >> lead.n);

    *ok = false;
    if (lead.n == 0) {
        *at += 1;
        return UTF8_REPLACEMENT;
    }
    for (unsigned i = 1; i < lead.n; i++) {
        unsigned char low = i == 1 ? lead.low : 0x80;
        unsigned char high = i == 1 ? lead.high : 0xBF;
        if (i >= left || p[i] < low || p[i] > high) {
            *at += i;
            return UTF8_REPLACEMENT;
        }
        c = c << 6 | (p[i] & 0x3F);
    }
    *at += lead.n;
    *ok = true;
    return c;
}

uint32_t utf8_next_any(str s, size_t *at)
{
    bool ok;

    return decode(s, at, &ok);
}

uint32_t utf8_prev(str s, size_t *at)
{
    size_t from = *at - 1;

    while (from > 0 && *at - from < 4 &&
           ((unsigned char)s.p[from] & 0xC0) == 0x80)
        from--;
    size_t read = from;
    uint32_t c = utf8_next(s, &read);
    *at = from;
    return c;
}

/* Controls have no place in a text; tab and line feed do, and CR is turned
 * into a line feed before this is asked. */
static bool is_dropped(unsigned char b)
{
    return (b < 0x20 && b != '\n' && b != '\t' && b != '\r') || b == 0x7F;
}

/* How many bytes from AT on are ASCII without controls, in steps of eight: no
 * byte of the word has its high bit set or is below a space. */
static size_t skip_plain(str s, size_t at)
{
    const uint64_t high = 0x8080808080808080u, space = 0x2020202020202020u;
    const uint64_t del = 0x7F7F7F7F7F7F7F7Fu, one = 0x0101010101010101u;
    size_t from = at;

    while (at + 8 <= s.n) {
        uint64_t w;
        memcpy(&w, s.p + at, sizeof w);
        if ((w | (w - space) | ((w ^ del) - one)) & high)
            break;
        at += 8;
    }
    return at - from;
}

/* How many bytes from AT on are whole characters of three bytes whose lead
 * byte allows any continuation: Hangul, Han and kana, nearly all text here. */
static size_t skip_three(str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t from = at;

    while (at + 2 < s.n && p[at] > 0xE0 && p[at] < 0xF0 && p[at] != 0xED &&
           (p[at + 1] & 0xC0) == 0x80 && (p[at + 2] & 0xC0) == 0x80)
        at += 3;
    return at - from;
}

/* The first byte that utf8_clean() has to do something about. */
static size_t clean_prefix(str s)
{
    size_t at = 0;

    while (at < s.n) {
        unsigned char b = (unsigned char)s.p[at];
        if (b >= 0x80) {
            size_t skip = skip_three(s, at), next = at + skip;
            bool ok = skip > 0;
            if (!ok)
                decode(s, &next, &ok);
            if (!ok)
                return at;
            at = next;
        } else if (is_dropped(b) || b == '\r') {
            return at;
        } else {
            at += 1 + skip_plain(s, at + 1);
        }
    }
    return at;
}

/* A damaged place in LINE. */
static size_t put_damage(char *out, unsigned line, struct utf8_report *report)
{
    if (report->n_bad++ == 0)
        report->bad_line = line;
    return utf8_encode(UTF8_REPLACEMENT, out);
}

/* UTF-16 text behind its byte order mark, as UTF-8. */
static str from_utf16(str s, bool big, struct arena *a,
                      struct utf8_report *report)
{
    const unsigned char *p = (const unsigned char *)s.p;
    char *out = arena_bytes(a, s.n / 2 * 3 + 8);
    size_t n = 0;
    uint32_t high = 0;
    unsigned line = 1;

    for (size_t i = 0; i + 1 < s.n; i += 2) {
        uint32_t u = big ? (uint32_t)p[i] << 8 | p[i + 1]
                         : (uint32_t)p[i + 1] << 8 | p[i];
        bool is_low = u >= 0xDC00 && u <= 0xDFFF;
        if (high && is_low)
            u = 0x10000 + ((high - 0xD800) << 10) + (u - 0xDC00);
        else if (high || is_low)
            n += put_damage(out + n, line, report);
        bool alone = is_low && !high;
        high = u >= 0xD800 && u <= 0xDBFF ? u : 0;
        if (alone || high)
            continue;
        line += u == '\n';
        n += utf8_encode(u, out + n);
    }
    if (high)
        n += put_damage(out + n, line, report);
    if (s.n % 2)
        n += put_damage(out + n, line, report);
    return (str){ out, n };
}

/* Copies S to OUT (at least 3 bytes for each of S), mended. */
static size_t clean_into(str s, char *out, struct utf8_report *report)
{
    size_t n = 0;
    unsigned line = 1;

    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        unsigned char b = (unsigned char)s.p[at];
        if (b >= 0x80) {
            bool ok;
            decode(s, &at, &ok);
            if (ok) {
                memcpy(out + n, s.p + from, at - from);
                n += at - from;
                continue;
            }
            n += put_damage(out + n, line, report);
            continue;
        }
        at++;
        if (b == '\r') {
            if (at < s.n && s.p[at] == '\n')
                at++;
            b = '\n';
        }
        if (b == '\n')
            line++;
        if (b == 0 && report->n_nul++ == 0)
            report->nul_line = line;
        if (!is_dropped(b))
            out[n++] = (char)b;
    }
    return n;
}

str utf8_clean(str s, struct arena *a, struct utf8_report *report)
{
    *report = (struct utf8_report){ 0 };
    if (str_starts(s, S("\xEF\xBB\xBF")))
        s = str_from(s, 3);
    else if (str_starts(s, S("\xFF\xFE")))
        s = from_utf16(str_from(s, 2), false, a, report);
    else if (str_starts(s, S("\xFE\xFF")))
        s = from_utf16(str_from(s, 2), true, a, report);

    if (clean_prefix(s) == s.n)
        return s;
    /* A damaged byte may become the three of U+FFFD. */
    if (s.n > (SIZE_MAX - 1) / 3)
        die("out of memory");
    struct utf8_report count = { 0 };
    char *out = arena_bytes(a, s.n * 3 + 1);
    size_t n = clean_into(s, out, &count);
    out[n] = '\0';
    if (count.n_bad && !report->n_bad)
        report->bad_line = count.bad_line;
    report->n_bad += count.n_bad;
    report->n_nul = count.n_nul;
    report->nul_line = count.nul_line;
    return (str){ out, n };
}

bool utf8_is_valid(str s)
{
    for (size_t at = 0; at < s.n;) {
        bool ok = true;
        if ((unsigned char)s.p[at] < 0x80)
            at++;
        else
            decode(s, &at, &ok);
        if (!ok)
            return false;
    }
    return true;
}

size_t utf8_length(str s)
{
    size_t n = 0;

    for (size_t at = 0; at < s.n; n++)
        utf8_next(s, &at);
    return n;
}

static bool is_ascii(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

/* Takes over what libunistring allocated. */
static str adopt(uint8_t *text, size_t n, struct arena *a)
{
    if (!text)
        die("out of memory");
    str s = arena_dup(a, (str){ (const char *)text, n });
    free(text);
    return s;
}

str utf8_nfc(str s, struct arena *a)
{
    size_t n;

    if (is_ascii(s))
        return s;
    uint8_t *t = u8_normalize(UNINORM_NFC, (const uint8_t *)s.p, s.n, NULL, &n);
    return adopt(t, n, a);
}

/* Vowel and final jamo, Latin marks, the sound marks of kana. */
static bool is_mark(uint32_t c)
{
    return (c >= 0x1161 && c <= 0x1175) || (c >= 0x11A8 && c <= 0x11C2) ||
           (c >= 0x300 && c <= 0x36F) || c == 0x3099 || c == 0x309A;
}

/* A vowel jamo counts only behind an initial one, U+1100 to U+113F. */
static bool may_compose(str s)
{
    static const str leads[] = {
        STR_INIT("\xE1\x84"),     STR_INIT("\xCC"),         STR_INIT("\xCD"),
        STR_INIT("\xE3\x82\x99"), STR_INIT("\xE3\x82\x9A"),
    };

    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (str_find(s, leads[i]) != STR_NONE)
            return true;
    return false;
}

str utf8_compose(str s, struct arena *a)
{
    if (!may_compose(s))
        return s;
    /* A composed character is never longer than its parts. */
    char *out = arena_bytes(a, s.n + 1);
    size_t n = 0, before = 0; /* where the last character stands */
    uint32_t last = 0;

    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at), both = 0;
        if (last && is_mark(c))
            both = uc_composition(last, c);
        if (both) {
            n = before + utf8_encode(both, out + before);
            last = both;
            continue;
        }
        before = n;
        memcpy(out + n, s.p + from, at - from);
        n += at - from;
        last = c;
    }
    out[n] = '\0';
    return (str){ out, n };
}

str utf8_fold(str s, struct arena *a)
{
    size_t n;

    uint8_t *t = u8_casefold((const uint8_t *)s.p, s.n, NULL, UNINORM_NFC, NULL,
                             &n);
    /* An empty result may be NULL without being a failure. */
    if (!t && s.n == 0)
        return (str){ "", 0 };
    return adopt(t, n, a);
}
