/* SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "base/utf8.h"
#include "book/plain.h"

/* Bytes of a reference, with its ends. */
#define REFERENCE_MAX 10

static const struct {
    str name;
    uint32_t c;
} entities[] = {
    { STR_INIT("amp"), '&' },      { STR_INIT("lt"), '<' },
    { STR_INIT("gt"), '>' },       { STR_INIT("quot"), '"' },
    { STR_INIT("apos"), '\'' },    { STR_INIT("hellip"), 0x2026 },
    { STR_INIT("ndash"), 0x2013 }, { STR_INIT("mdash"), 0x2014 },
    { STR_INIT("lsquo"), 0x2018 }, { STR_INIT("rsquo"), 0x2019 },
    { STR_INIT("ldquo"), 0x201C }, { STR_INIT("rdquo"), 0x201D },
    { STR_INIT("middot"), 0xB7 },  { STR_INIT("laquo"), 0xAB },
    { STR_INIT("raquo"), 0xBB },   { STR_INIT("copy"), 0xA9 },
    { STR_INIT("reg"), 0xAE },     { STR_INIT("trade"), 0x2122 },
    { STR_INIT("eacute"), 0xE9 },  { STR_INIT("uuml"), 0xFC },
    { STR_INIT("ouml"), 0xF6 },    { STR_INIT("auml"), 0xE4 },
};

static int digit_value(char c)
{
    int low = ascii_lower((unsigned char)c);

    if (ascii_is_digit((unsigned char)c))
        return c - '0';
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : 16;
}

/* The character of "#8217" or "#x2019"; 0: none that may stand in a text. */
static uint32_t numbered(str s)
{
    bool hex = s.n > 1 && (s.p[1] == 'x' || s.p[1] == 'X');
    int base = hex ? 16 : 10;
    uint32_t c = 0;

    if (s.n == 1u + hex)
        return 0;
    for (size_t i = 1u + hex; i < s.n; i++) {
        int digit = digit_value(s.p[i]);
        if (digit >= base)
            return 0;
        c = c * (uint32_t)base + (uint32_t)digit;
    }
    bool ok = (c >= 0x20 && c < 0x7F) || (c > 0xA0 && c < 0xD800) ||
              (c >= 0xE000 && c < 0xFFFE) || (c >= 0x10000 && c <= 0x10FFFF);
    return ok ? c : 0;
}

/* The reference at the start of S, *N its bytes; 0: there is none. */
static uint32_t read_reference(str s, size_t *n)
{
    size_t end = str_find_char(str_sub(s, 0, REFERENCE_MAX), ';');

    if (end == STR_NONE || end < 2)
        return 0;
    str name = str_sub(s, 1, end - 1);
    *n = end + 1;
    if (name.p[0] == '#')
        return numbered(name);
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (str_eq(name, entities[i].name))
            return entities[i].c;
    return 0;
}

str plain_entities(str s, struct arena *a)
{
    struct buf out = { 0 };
    size_t n = 0;

    if (str_find_char(s, '&') == STR_NONE)
        return s;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = s.p[at] == '&' ? read_reference(str_from(s, at), &n) : 0;
        if (c)
            buf_put_codepoint(&out, c);
        else
            buf_putc(&out, s.p[at]);
        at += c ? n : 1;
    }
    str text = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return text;
}
