/* SPDX-License-Identifier: MIT */
#include "assets/svg_clean.h"

static const struct {
    str name;
    char c;
} entities[] = {
    { STR_INIT("amp"), '&' },   { STR_INIT("lt"), '<' },
    { STR_INIT("gt"), '>' },    { STR_INIT("quot"), '"' },
    { STR_INIT("apos"), '\'' },
};

/* XML 1.0, 2.2. */
static bool is_char(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

/* "#38" or "#x26". */
static uint32_t read_number(str s)
{
    bool hex = str_starts(s, S("#x"));
    uint32_t v = 0;

    for (size_t i = hex ? 2 : 1; i < s.n; i++) {
        int c = ascii_lower((unsigned char)s.p[i]);
        if (ascii_is_digit(c))
            v = v * (hex ? 16 : 10) + (uint32_t)(c - '0');
        else if (hex && c >= 'a' && c <= 'f')
            v = v * 16 + (uint32_t)(c - 'a' + 10);
        else
            return 0;
        if (v > 0x10FFFF)
            return 0;
    }
    return v;
}

static void put_reference(str name, struct buf *out)
{
    if (str_starts(name, S("#"))) {
        uint32_t c = read_number(name);
        if (is_char(c))
            buf_put_codepoint(out, c);
        return;
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (str_eq(name, entities[i].name))
            buf_putc(out, entities[i].c);
}

/* U+FFFE and U+FFFF are EF BF BE and EF BF BF. */
static bool is_no_char(str text, size_t i)
{
    return text.p[i] == '\xEF' && i + 2 < text.n && text.p[i + 1] == '\xBF' &&
           (unsigned char)text.p[i + 2] >= 0xBE;
}

void svg_put_plain(str text, struct buf *out)
{
    size_t from = 0;

    for (size_t i = 0; i < text.n; i++) {
        bool odd = is_no_char(text, i);
        if (!odd && is_char((unsigned char)text.p[i]))
            continue;
        buf_put(out, str_sub(text, from, i - from));
        from = i + (odd ? 3 : 1);
    }
    buf_put(out, str_from(text, from));
}

void svg_decode(str text, struct buf *out)
{
    while (text.n > 0) {
        size_t at = str_find_char(text, '&');
        svg_put_plain(str_sub(text, 0, at), out);
        text = str_from(text, at);
        if (text.n == 0)
            return;
        /* Longer ones are no references. */
        size_t end = str_find_char(str_sub(text, 0, 40), ';');
        if (end != STR_NONE)
            put_reference(str_sub(text, 1, end - 1), out);
        text = str_from(text, end == STR_NONE ? 1 : end + 1);
    }
}

void svg_encode(str text, struct buf *out)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        size_t k = 0;
        while (k < 4 && c != (unsigned char)entities[k].c)
            k++;
        if (k < 4) {
            buf_putc(out, '&');
            buf_put(out, entities[k].name);
            buf_putc(out, ';');
        } else if (is_no_char(text, i)) {
            i += 2;
        } else if (is_char(c)) {
            buf_putc(out, (char)c);
        }
    }
}
