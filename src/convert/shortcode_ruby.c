/* SPDX-License-Identifier: MIT */
#include "convert/shortcode_ruby.h"

#include <string.h>
#include <unictype.h>

#include "base/utf8.h"
#include "convert/source_chars.h"

/* Bytes of a base with its readings. */
#define RUBY_MAX 400

static bool is_base(str s)
{
    bool han = false;

    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c < 0x80 && strchr("`<>[]{}*_\\", (int)c))
            return false;
        han |= char_is_han(c);
    }
    return han;
}

/* Letters and what stands between them in a name: "くりす・まり", "zhōng guó".
 */
static bool is_reading(str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c != ' ' && c != '-' && c != '\'' && c != 0x2019 && c != 0x30fb &&
            c != 0x30a0 && !uc_is_general_category(c, UC_CATEGORY_L) &&
            !uc_is_general_category(c, UC_CATEGORY_M))
            return false;
    }
    return s.n > 0;
}

static void put_pair(str base, str reading, struct buf *out)
{
    buf_put(out, base);
    buf_put(out, S("<rt>"));
    buf_put(out, reading);
    buf_put(out, S("</rt>"));
}

static size_t count_readings(str s)
{
    size_t n = 0;

    while (s.n > 0) {
        if (!is_reading(str_cut(&s, '|')))
            return 0;
        n++;
    }
    return n;
}

size_t shortcode_ruby(str line, size_t at, struct buf *out)
{
    str s = str_sub(line, at, RUBY_MAX);
    size_t end = str_find_char(s, '}');

    if (!str_starts(s, S("{")) || end == STR_NONE)
        return 0;
    str readings = str_sub(s, 1, end - 1), base = str_cut(&readings, '|');
    size_t n = count_readings(readings);
    if (n == 0 || str_ends(readings, S("|")) || !is_base(base) ||
        (n > 1 && n != utf8_length(base)))
        return 0;
    buf_put(out, S("<ruby>"));
    for (size_t from = 0, to = 0; from < base.n; from = to) {
        if (n == 1)
            to = base.n;
        else
            utf8_next(base, &to);
        put_pair(str_sub(base, from, to - from), str_cut(&readings, '|'), out);
    }
    buf_put(out, S("</ruby>"));
    return end + 1;
}
