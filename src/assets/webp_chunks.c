/* SPDX-License-Identifier: MIT */
#include "assets/webp_chunks.h"

#include "base/bytes.h"

/* What stands before the bitstream in an ANMF chunk (RFC 9649, 2.7.1.1). */
#define FRAME_HEADER 16

bool webp_next(str webp, size_t *at, struct webp_chunk *out)
{
    str rest = str_from(webp, *at);

    if (rest.n < 8)
        return false;
    size_t n = little32(rest, 4);
    if (n > rest.n - 8)
        return false;
    *out = (struct webp_chunk){ str_sub(rest, 0, 4), str_sub(rest, 8, n),
                                str_sub(rest, 0, 8 + n + n % 2) };
    *at += out->whole.n;
    return true;
}

static bool is_picture(str type)
{
    return str_eq(type, S("VP8 ")) || str_eq(type, S("VP8L")) ||
           str_eq(type, S("ANMF"));
}

bool webp_is_sound(str webp)
{
    struct webp_chunk c;
    bool picture = false;

    if (webp.n < WEBP_HEAD)
        return false;
    size_t at = WEBP_HEAD, n = little32(webp, 4);
    str all = str_sub(webp, 0, n > webp.n - 8 ? webp.n : n + 8);
    if (!webp_next(all, &at, &c))
        return false;
    /* A picture without VP8X is the only chunk that counts. */
    if (!str_eq(c.type, S("VP8X")))
        return is_picture(c.type) && c.type.p[0] == 'V';
    if (c.data.n < 10)
        return false;
    while (webp_next(all, &at, &c))
        picture |= is_picture(c.type);
    return picture && at == all.n;
}

str webp_first_frame(str webp)
{
    struct webp_chunk c;

    for (size_t at = WEBP_HEAD; webp_next(webp, &at, &c);)
        if (str_eq(c.type, S("ANMF")) && c.data.n >= FRAME_HEADER)
            return str_from(c.data, FRAME_HEADER);
    return webp;
}
