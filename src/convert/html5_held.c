/* SPDX-License-Identifier: MIT */
#include "convert/html5_held.h"

#include <string.h>

#include "base/utf8.h"

/* Supplementary Private Use Area-B. It ends in two noncharacters, which
 * parsers may complain about. */
#define FIRST 0x100000u
#define MOST  0xFFFEu
/* What all of its characters begin with, and no other. */
#define LEAD '\xf4'

/* Those that cmark writes, and writers know. */
static const struct {
    str reference;
    char c;
} references[] = {
    { STR_INIT("&quot;"), '"' }, { STR_INIT("&amp;"), '&' },
    { STR_INIT("&lt;"), '<' },   { STR_INIT("&gt;"), '>' },
    { STR_INIT("&#39;"), '\'' },
};
#define N_REFERENCES (sizeof references / sizeof *references)

/* Does TEXT, from an '&' on, refer to one of FIRST's kind? */
static bool is_stand_in(str text)
{
    bool hex = text.n > 2 && ascii_lower(text.p[2]) == 'x';
    uint32_t c = 0;

    if (!str_starts(text, S("&#")))
        return false;
    for (size_t i = hex ? 3 : 2; i < text.n && c < FIRST; i++) {
        int digit = ascii_hex(text.p[i]);
        if (digit < 0 || (digit > 9 && !hex))
            return false;
        c = c * (hex ? 16 : 10) + (uint32_t)digit;
    }
    return c >= FIRST;
}

void held_init(struct held *h, str html, struct arena *a)
{
    *h = (struct held){ .arena = a };
    if (html.n == 0)
        return;
    h->off = memchr(html.p, LEAD, html.n) != NULL;
    for (const char *end = html.p + html.n, *amp = html.p;
         (amp = memchr(amp, '&', (size_t)(end - amp))); amp++)
        h->off |= is_stand_in((str){ amp, (size_t)(end - amp) });
}

/* The reference at the start of TEXT, or N_REFERENCES. */
static size_t find_reference(str text)
{
    size_t i = 0;

    while (i < N_REFERENCES && !str_starts(text, references[i].reference))
        i++;
    return i;
}

size_t held_length(const struct held *h, str text)
{
    size_t n = 0;

    if (h->off || h->texts.n == MOST || text.n < HELD_LEAST)
        return 0;
    while (n < text.n) {
        const char *amp = memchr(text.p + n, '&', text.n - n);
        n = amp ? (size_t)(amp - text.p) : text.n;
        if (n == text.n)
            break;
        size_t i = find_reference(str_from(text, n));
        if (i == N_REFERENCES)
            break;
        n += references[i].reference.n;
    }
    return n < HELD_LEAST ? 0 : n;
}

/* Returns the bytes that are left. */
static size_t resolve(char *text, size_t n)
{
    char *end = text + n, *from = memchr(text, '&', n), *to = from;

    while (from) {
        size_t i = find_reference((str){ from, (size_t)(end - from) });
        *to++ = references[i].c;
        from += references[i].reference.n;
        char *amp = memchr(from, '&', (size_t)(end - from));
        size_t part = (size_t)((amp ? amp : end) - from);
        memmove(to, from, part);
        to += part;
        n = (size_t)(to - text);
        from = amp;
    }
    return n;
}

void held_put(struct held *h, char *text, size_t n, char *out)
{
    utf8_encode(FIRST + (uint32_t)h->texts.n, out);
    *vec_push(&h->texts, h->arena) = (str){ text, resolve(text, n) };
}

/* The next stand-in of TEXT from AT on, or NULL. */
static const char *find_stand_in(str text, size_t at)
{
    return at < text.n ? memchr(text.p + at, LEAD, text.n - at) : NULL;
}

static str held_by(const struct held *h, const char *stand_in)
{
    str s = { stand_in, HELD_BYTES };
    size_t at = 0, i = utf8_next(s, &at) - FIRST;

    return i < h->texts.n ? h->texts.v[i] : s;
}

static str show(const struct held *h, str text, size_t n)
{
    char *p = arena_bytes(h->arena, n + 1), *to = p;
    const char *found;

    for (size_t at = 0; at < text.n;) {
        found = find_stand_in(text, at);
        size_t plain = (found ? (size_t)(found - text.p) : text.n) - at;
        memcpy(to, text.p + at, plain);
        to += plain;
        at += plain;
        if (!found)
            break;
        str held = held_by(h, found);
        memcpy(to, held.p, held.n);
        to += held.n;
        at += HELD_BYTES;
    }
    *to = '\0';
    return (str){ p, n };
}

str held_show(const struct held *h, str text)
{
    size_t n = text.n;
    const char *found;

    if (h->texts.n == 0)
        return text;
    for (size_t at = 0; (found = find_stand_in(text, at));
         at = (size_t)(found - text.p) + HELD_BYTES)
        n += held_by(h, found).n - HELD_BYTES;
    if (text.n == HELD_BYTES && n != HELD_BYTES)
        return held_by(h, text.p);
    return find_stand_in(text, 0) ? show(h, text, n) : text;
}
