/* SPDX-License-Identifier: MIT */
#include "convert/source_chars.h"

#include <ctype.h>
#include <unictype.h>

#include "base/utf8.h"

bool char_is_punct(uint32_t c)
{
    if (c < 0x80)
        return ispunct((int)c) != 0;
    return uc_is_general_category(c, UC_CATEGORY_P);
}

/* Unicode 15.1 EastAsianWidth.txt (W, F, H) and Scripts.txt (Hangul), without
 * the pictures of Emoji_Presentation; unassigned places inside a block are
 * taken in. */
static const struct {
    uint32_t first, last;
} cjk_ranges[] = {
    { 0x1100, 0x11ff },   { 0x20a9, 0x20a9 },   { 0x2329, 0x232a },
    { 0x2e80, 0x303e },   { 0x3041, 0x4dbf },   { 0x4e00, 0xa4cf },
    { 0xa960, 0xa97f },   { 0xac00, 0xd7ff },   { 0xf900, 0xfaff },
    { 0xfe10, 0xfe19 },   { 0xfe30, 0xfe6f },   { 0xff01, 0xffee },
    { 0x16fe0, 0x18d08 }, { 0x1aff0, 0x1b2fb }, { 0x1f200, 0x1f200 },
    { 0x1f202, 0x1f219 }, { 0x1f21b, 0x1f22e }, { 0x1f230, 0x1f231 },
    { 0x1f237, 0x1f237 }, { 0x1f23b, 0x1f248 }, { 0x20000, 0x3fffd },
};

bool char_is_cjk(uint32_t c)
{
    size_t low = 0, high = sizeof cjk_ranges / sizeof *cjk_ranges;

    if (c < cjk_ranges[0].first || c > cjk_ranges[high - 1].last)
        return false;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (c > cjk_ranges[mid].last)
            low = mid + 1;
        else
            high = mid;
    }
    return c >= cjk_ranges[low].first && c <= cjk_ranges[low].last;
}

bool char_is_han(uint32_t c)
{
    return (c >= 0x3005 && c <= 0x3007) || (c >= 0x3400 && c <= 0x9fff) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

bool char_is_kana(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x3096) || (c >= 0x309d && c <= 0x309f) ||
           (c >= 0x30a1 && c <= 0x30ff) || (c >= 0xff66 && c <= 0xff9f);
}

static bool is_variation_selector(uint32_t c)
{
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

/* Quotes that are wide in CJK type when U+FE01 follows. */
static bool is_ambiguous_quote(uint32_t c)
{
    return c == 0x2018 || c == 0x2019 || c == 0x201c || c == 0x201d;
}

struct flanks flanks_of(str s, size_t at, size_t n)
{
    struct flanks f = { .before = '\n', .after = '\n' };
    size_t i = at;

    if (i > 0) {
        f.before = utf8_prev(s, &i);
        uint32_t base = f.before;
        if (is_variation_selector(base) && i > 0)
            base = utf8_prev(s, &i);
        f.cjk_before = char_is_cjk(base);
        f.punct_before = char_is_punct(f.before);
    }
    i = at + n;
    if (i < s.n) {
        f.after = utf8_next(s, &i);
        f.cjk_after = char_is_cjk(f.after);
        if (is_ambiguous_quote(f.after) && i < s.n)
            f.cjk_after = utf8_next(s, &i) == 0xfe01;
        f.punct_after = char_is_punct(f.after);
    }
    bool space_before = utf8_is_space(f.before);
    bool space_after = utf8_is_space(f.after);
    bool cjk = f.cjk_before || f.cjk_after;
    f.left = !space_after &&
             (!f.punct_after || cjk || space_before || f.punct_before);
    f.right = !space_before &&
              (!f.punct_before || cjk || space_after || f.punct_after);
    return f;
}
