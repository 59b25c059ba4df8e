/* SPDX-License-Identifier: MIT */
#include "convert/picture_data.h"

#include "base/path.h"

/* The value of a Base64 digit (RFC 4648, 4 and 5), or 64. */
static unsigned digit_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (unsigned)(c - 'A');
    if (c >= 'a' && c <= 'z')
        return (unsigned)(c - 'a') + 26;
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0') + 52;
    if (c == '+' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : 64;
}

static bool decode_base64(str s, struct arena *a, str *bytes)
{
    char *p = arena_bytes(a, s.n / 4 * 3 + 3);
    uint32_t bits = 0;
    size_t n = 0, n_bits = 0;

    for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
        unsigned value = digit_value(s.p[i]);

        if (ascii_is_space(s.p[i]))
            continue;
        if (value > 63)
            return false;
        bits = bits << 6 | value;
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            p[n++] = (char)(bits >> n_bits);
        }
    }
    *bytes = (str){ p, n };
    return n > 0;
}

bool picture_data(str url, struct arena *a, str *bytes)
{
    str rest = url, head = str_cut(&rest, ',');

    if (!str_starts_nocase(head, S("data:")) || rest.n == 0)
        return false;
    rest = path_percent_decode(a, rest);
    if (str_find_nocase(head, S(";base64")) != STR_NONE)
        return decode_base64(rest, a, bytes);
    *bytes = rest;
    return true;
}
