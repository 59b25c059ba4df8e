/* SPDX-License-Identifier: MIT */
#include "assets/cover_letters.h"

#include "base/str.h"

/* Symbols and punctuation that are the same whatever the script, and never
 * emoji. */
static bool is_plain_common(uint32_t c)
{
    static const struct {
        uint32_t from, to;
    } ranges[] = { { 0x20, 0x7E },     { 0xA0, 0xAC },     { 0xAE, 0x36F },
                   { 0x2000, 0x200A }, { 0x2010, 0x2027 }, { 0x202F, 0x205F },
                   { 0x2070, 0x20CF }, { 0x2100, 0x22FF }, { 0x2460, 0x25FC },
                   { 0x3000, 0x33FF }, { 0xA700, 0xA721 }, { 0xFE30, 0xFE4F },
                   { 0xFF01, 0xFFEF } };

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].from && c <= ranges[i].to)
            return true;
    return false;
}

bool cover_is_neutral(const uc_script_t *script)
{
    return !script || str_eq(str_of(script->name), S("Common")) ||
           str_eq(str_of(script->name), S("Inherited"));
}

bool cover_is_plain(uint32_t c)
{
    static const char *const names[] = { "Latin",    "Greek",   "Cyrillic",
                                         "Han",      "Hangul",  "Hiragana",
                                         "Katakana", "Bopomofo" };
    const uc_script_t *script = uc_script(c);

    if (cover_is_neutral(script))
        return script && is_plain_common(c);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(str_of(script->name), str_of(names[i])))
            return true;
    return false;
}
