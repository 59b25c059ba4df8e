/* SPDX-License-Identifier: MIT */
#include "convert/slug.h"

#include "base/ranges.h"
#include "base/utf8.h"

/* Name characters of XML 1.0 (production 4a) beyond ASCII ... */
static const struct range name_chars[] = {
    { 0xC0, 0xD6 },     { 0xD8, 0xF6 },       { 0xF8, 0x37D },
    { 0x37F, 0x1FFF },  { 0x200C, 0x200D },   { 0x2070, 0x218F },
    { 0x2C00, 0x2FEF }, { 0x3001, 0xD7FF },   { 0xF900, 0xFDCF },
    { 0xFDF0, 0xFFFD }, { 0x10000, 0xEFFFF },
};

/* ... of which these are punctuation, symbols or pictures, not letters,
 * digits or marks ... */
static const struct range no_letters[] = {
    { 0x2C2, 0x2C5 },     { 0x2D2, 0x2DF },     { 0x2E5, 0x2EB },
    { 0x375, 0x375 },     { 0x384, 0x385 },     { 0x387, 0x387 },
    { 0x3F6, 0x3F6 },     { 0x482, 0x482 },     { 0x55A, 0x55F },
    { 0x589, 0x58F },     { 0x5BE, 0x5BE },     { 0x5C0, 0x5C0 },
    { 0x5C3, 0x5C3 },     { 0x5C6, 0x5C6 },     { 0x5F3, 0x60F },
    { 0x61B, 0x61F },     { 0x66A, 0x66D },     { 0x6D4, 0x6D4 },
    { 0x6DD, 0x6DE },     { 0x6E9, 0x6E9 },     { 0x700, 0x70F },
    { 0x964, 0x965 },     { 0x970, 0x970 },     { 0xDF4, 0xDF4 },
    { 0xE3F, 0xE3F },     { 0xE4F, 0xE4F },     { 0xE5A, 0xE5B },
    { 0x104A, 0x104F },   { 0x10FB, 0x10FB },   { 0x1360, 0x1368 },
    { 0x17D4, 0x17D6 },   { 0x17D8, 0x17DB },   { 0x1800, 0x180A },
    { 0x1FBD, 0x1FBD },   { 0x1FBF, 0x1FC1 },   { 0x207A, 0x207E },
    { 0x208A, 0x208E },   { 0x20A0, 0x20CF },   { 0x2100, 0x2101 },
    { 0x2103, 0x2106 },   { 0x2108, 0x2109 },   { 0x2114, 0x2114 },
    { 0x2116, 0x2118 },   { 0x211E, 0x2123 },   { 0x214A, 0x214D },
    { 0x2E00, 0x2E7F },   { 0x2FD6, 0x2FFF },   { 0x3001, 0x3004 },
    { 0x3008, 0x3020 },   { 0x3030, 0x3030 },   { 0x3036, 0x3037 },
    { 0x303D, 0x303F },   { 0x309B, 0x309C },   { 0x30A0, 0x30A0 },
    { 0x30FB, 0x30FB },   { 0x3190, 0x319F },   { 0x31C0, 0x31EF },
    { 0x3200, 0x33FF },   { 0x4DC0, 0x4DFF },   { 0xA490, 0xA4CF },
    { 0xFD3E, 0xFD4F },   { 0xFDFC, 0xFDFF },   { 0xFE00, 0xFE1F },
    { 0xFE30, 0xFE32 },   { 0xFE35, 0xFE4C },   { 0xFE50, 0xFE6F },
    { 0xFEFF, 0xFF0F },   { 0xFF1A, 0xFF20 },   { 0xFF3B, 0xFF3E },
    { 0xFF40, 0xFF40 },   { 0xFF5B, 0xFF65 },   { 0xFFE0, 0xFFFF },
    { 0x1D000, 0x1D3FF }, { 0x1F000, 0x1FAFF }, { 0xE0000, 0xEFFFF },
};

/* ... and these may not come first. */
static const struct range no_start[] = {
    { 0x300, 0x36F },
    { 0x203F, 0x2040 },
};

static bool is_slug_char(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_alnum((int)c) || c == '-' || c == '_';
    if (c >= 0xAC00 && c <= 0xD7A3)
        return true; /* Hangul, the quick way */
    return IN_RANGES(c, name_chars) && !IN_RANGES(c, no_letters);
}

static bool is_blank(uint32_t c)
{
    return (c < 0x80 && ascii_is_space((int)c)) || c == 0xA0 || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x200A);
}

static bool may_start(str slug)
{
    size_t at = 0;
    uint32_t c = utf8_next(slug, &at);

    return c < 0x80 ? ascii_is_alpha((int)c) || c == '_'
                    : !IN_RANGES(c, no_start);
}

/* Is there anything but '-' in S? */
static bool says_something(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '-')
            return true;
    return false;
}

str slug_of(str text, struct arena *a)
{
    str folded = utf8_nfc(utf8_fold(str_trim(text), a), a), slug;
    char *p = arena_bytes(a, folded.n + 1);
    size_t n = 0;

    for (size_t at = 0; at < folded.n;) {
        size_t from = at;
        uint32_t c = utf8_next(folded, &at);

        if (is_blank(c))
            p[n++] = '-';
        else if (is_slug_char(c))
            while (from < at)
                p[n++] = folded.p[from++];
    }
    slug = (str){ p, n };
    if (!says_something(slug))
        return S("section");
    return may_start(slug) ? slug : arena_join(a, S("s-"), slug);
}

/* Where counting goes on for a slug that many headings share; without it,
 * 100,000 equal headings would take as many tries each. No id begins with
 * the byte 1. */
static unsigned *find_counter(str slug, struct map *taken, struct arena *a)
{
    str key = arena_join(a, S("\x01"), slug);
    void **counter = map_at(taken, key);

    if (!*counter)
        *counter = arena_new(a, unsigned);
    return *counter;
}

str slug_unique(str slug, struct map *taken, struct arena *a)
{
    static const char mark = 0;
    void **place = map_at(taken, slug);
    unsigned *counter;

    if (!*place) {
        *place = (void *)&mark;
        return slug;
    }
    counter = find_counter(slug, taken, a);
    for (;;) {
        str next = arena_printf(a, "%.*s-%u", STR_ARG(slug), ++*counter);

        place = map_at(taken, next);
        if (!*place) {
            *place = (void *)&mark;
            return next;
        }
    }
}
