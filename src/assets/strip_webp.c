/* SPDX-License-Identifier: MIT */
#include "assets/strip.h"
#include "assets/webp_chunks.h"

/* Flags of VP8X (RFC 9649, 2.7): profile, Exif, XMP. */
#define FLAGS_GONE (0x20 | 0x08 | 0x04)

static bool is_needed(str type)
{
    static const str gone[] = { STR_INIT("ICCP"), STR_INIT("EXIF"),
                                STR_INIT("XMP ") };
    static const str known[] = { STR_INIT("VP8X"), STR_INIT("VP8 "),
                                 STR_INIT("VP8L"), STR_INIT("ALPH"),
                                 STR_INIT("ANIM"), STR_INIT("ANMF") };

    return !STR_IS_AMONG(type, gone) && STR_IS_AMONG(type, known);
}

str strip_webp(str bytes, struct arena *a)
{
    struct strip s = { .bytes = bytes, .arena = a };
    struct webp_chunk c;
    size_t end = WEBP_HEAD, flags = 0, kept = 0;

    strip_keep(&s, str_sub(bytes, 0, WEBP_HEAD));
    /* What the header says of the length doesn't count; chunks do. */
    for (size_t at = end; webp_next(bytes, &at, &c); end = at) {
        if (str_eq(c.type, S("VP8X")) && kept == 0 && c.data.n >= 10)
            flags = WEBP_HEAD + 8;
        if (is_needed(c.type))
            strip_keep(&s, c.whole);
        kept++;
    }
    str out = strip_result(&s);
    if (out.p == bytes.p)
        return out;
    char *p = (char *)out.p; /* our copy */
    uint32_t n = (uint32_t)out.n - 8;
    for (int i = 0; i < 4; i++)
        p[4 + i] = (char)(n >> 8 * i);
    if (flags)
        p[flags] = (char)(p[flags] & ~FLAGS_GONE);
    return (str){ p, out.n };
}
