/* SPDX-License-Identifier: MIT */
/* Unicode's mathematical alphabets (Unicode 15, 22.2): a block with gaps where
 * a letter was there before. */
#include "math/tex_parts.h"

static const struct {
    str name;
    uint32_t upper, lower, digit, greek_upper, greek_lower; /* 0: none */
} alphabets[] = {
    [ALPHABET_ITALIC] = { STR_INIT("italic"), 0, 0, 0, 0, 0 },
    [ALPHABET_UPRIGHT] = { STR_INIT("upright"), 0, 0, 0, 0, 0 },
    [ALPHABET_BB] = { STR_INIT("bb"), 0x1D538, 0x1D552, 0x1D7D8, 0, 0 },
    [ALPHABET_BOLD] = { STR_INIT("bold"), 0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8,
                        0x1D6C2 },
    [ALPHABET_BOLD_ITALIC] = { STR_INIT("bold-italic"), 0x1D468, 0x1D482,
                               0x1D7CE, 0x1D71C, 0x1D736 },
    [ALPHABET_FRAKTUR] = { STR_INIT("fraktur"), 0x1D504, 0x1D51E, 0, 0, 0 },
    [ALPHABET_MONO] = { STR_INIT("mono"), 0x1D670, 0x1D68A, 0x1D7F6, 0, 0 },
    [ALPHABET_SANS] = { STR_INIT("sans"), 0x1D5A0, 0x1D5BA, 0x1D7E2, 0, 0 },
    [ALPHABET_SCRIPT] = { STR_INIT("script"), 0x1D49C, 0x1D4B6, 0, 0, 0 },
};

/* What stands elsewhere. */
static const struct {
    uint32_t gap, letter;
} elsewhere[] = {
    { 0x1D49D, 0x212C }, { 0x1D4A0, 0x2130 }, { 0x1D4A1, 0x2131 },
    { 0x1D4A3, 0x210B }, { 0x1D4A4, 0x2110 }, { 0x1D4A7, 0x2112 },
    { 0x1D4A8, 0x2133 }, { 0x1D4AD, 0x211B }, { 0x1D4BA, 0x212F },
    { 0x1D4BC, 0x210A }, { 0x1D4C4, 0x2134 }, { 0x1D506, 0x212D },
    { 0x1D50B, 0x210C }, { 0x1D50C, 0x2111 }, { 0x1D515, 0x211C },
    { 0x1D51D, 0x2128 }, { 0x1D53A, 0x2102 }, { 0x1D53F, 0x210D },
    { 0x1D545, 0x2115 }, { 0x1D547, 0x2119 }, { 0x1D548, 0x211A },
    { 0x1D549, 0x211D }, { 0x1D551, 0x2124 },
};

enum tex_alphabet tex_alphabet_named(str name)
{
    enum tex_alphabet i = ALPHABET_ITALIC;

    while (i < ALPHABET_SCRIPT && !str_eq(alphabets[i].name, name))
        i++;
    return i;
}

uint32_t tex_letter(uint32_t c, enum tex_alphabet alphabet)
{
    uint32_t first = 0, of = 0;

    if (c >= 'A' && c <= 'Z')
        first = alphabets[alphabet].upper, of = 'A';
    else if (c >= 'a' && c <= 'z')
        first = alphabets[alphabet].lower, of = 'a';
    else if (c >= '0' && c <= '9')
        first = alphabets[alphabet].digit, of = '0';
    else if (c >= 0x391 && c <= 0x3A9)
        first = alphabets[alphabet].greek_upper, of = 0x391;
    else if (c >= 0x3B1 && c <= 0x3C9)
        first = alphabets[alphabet].greek_lower, of = 0x3B1;
    if (first == 0)
        return c;
    c = c - of + first;
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        if (elsewhere[i].gap == c)
            return elsewhere[i].letter;
    return c;
}
