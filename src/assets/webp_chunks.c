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

str webp_first_frame(str webp)
{
    struct webp_chunk c;

    for (size_t at = WEBP_HEAD; webp_next(webp, &at, &c);)
        if (str_eq(c.type, S("ANMF")) && c.data.n >= FRAME_HEADER)
            return str_from(c.data, FRAME_HEADER);
    return webp;
}
