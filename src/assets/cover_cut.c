/* SPDX-License-Identifier: MIT */
#include <unilbrk.h>

#include "assets/cover_lines.h"
#include "base/kinsoku.h"
#include "base/utf8.h"

enum script { MARK, LATIN, HANGUL, HAN, HIRAGANA, KATAKANA, SCRIPTS };

static enum script script_of(uint32_t c)
{
    if ((c >= 0xAC00 && c <= 0xD7FB) || (c >= 0x1100 && c <= 0x11FF) ||
        (c >= 0x3131 && c <= 0x318E) || (c >= 0xA960 && c <= 0xA97C))
        return HANGUL;
    if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
        (c >= 0x20000 && c <= 0x3FFFD) || c == 0x3005 || c == 0x3007)
        return HAN;
    if (c >= 0x3041 && c <= 0x309F)
        return HIRAGANA;
    if ((c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC ||
        (c >= 0x31F0 && c <= 0x31FF))
        return KATAKANA;
    if (c < 0x80)
        return ascii_is_alnum((int)c) ? LATIN : MARK;
    return (c >= 0xC0 && c < 0x2000) ? LATIN : MARK;
}

/* A line end between two characters that stand side by side. Where Japanese
 * goes from kana over to another script, a phrase mostly ends; inside of
 * katakana, and before kana, a word goes on. */
static unsigned cost_between(uint32_t a, uint32_t b)
{
    static const uint8_t costs[SCRIPTS][SCRIPTS] = {
        [LATIN] = { [HAN] = 2, [HIRAGANA] = 6, [KATAKANA] = 2 },
        [HAN] = { [LATIN] = 2, [HAN] = 6, [HIRAGANA] = 10, [KATAKANA] = 3 },
        [HIRAGANA] = { [HIRAGANA] = 6 },
        [KATAKANA] = { [LATIN] = 2,
                       [HAN] = 3,
                       [HIRAGANA] = 10,
                       [KATAKANA] = 20 },
    };

    return costs[script_of(a)][script_of(b)];
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x200B && c != 0x2007);
}

/* May a line end between A and B, neither of them a space? */
static bool may_part(uint32_t a, uint32_t b)
{
    bool dashes = a == b && (a == 0x2014 || a == 0x2015 || a == 0x2026);

    return !dashes && !kinsoku_never_starts(b) && !kinsoku_never_ends(a) &&
           script_of(a) != HANGUL && script_of(b) != HANGUL;
}

/* "a", "of", "the" go with the word behind them. */
static unsigned cost_after_word(str text, const struct cover_piece *p)
{
    bool small = p->to - p->from <= 3;

    for (size_t i = p->from; i < p->to; i++)
        small = small && text.p[i] >= 'a' && text.p[i] <= 'z';
    return small ? 2 : 0;
}

void cover_cut(str text, struct arena *a, struct cover_pieces *out)
{
    char *uax = arena_bytes(a, text.n + 1);
    uint32_t before = ' ';
    struct cover_piece *p = NULL;

    u8_possible_linebreaks((const uint8_t *)text.p, text.n, "UTF-8", uax);
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);

        if (is_space(c)) {
            before = ' ';
            continue;
        }
        if (!p || before == ' ' ||
            (uax[from] == UC_BREAK_POSSIBLE && may_part(before, c))) {
            struct cover_piece next = {
                .from = from,
                .space = p && before == ' ',
                .cost = !p              ? 0
                        : before == ' ' ? cost_after_word(text, p)
                                        : cost_between(before, c),
            };
            p = vec_push(out, a);
            *p = next;
        }
        p->to = at;
        before = c;
    }
}
