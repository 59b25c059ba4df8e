/* SPDX-License-Identifier: MIT */
#include "assets/png_chunks.h"
#include "assets/strip.h"

/* What the picture looks like (PNG, third edition, 11.2 and 11.3). */
static const str needed[] = {
    STR_INIT("IHDR"), STR_INIT("PLTE"), STR_INIT("IDAT"), STR_INIT("IEND"),
    STR_INIT("tRNS"), STR_INIT("gAMA"), STR_INIT("cHRM"), STR_INIT("sRGB"),
    STR_INIT("sBIT"), STR_INIT("cICP"), STR_INIT("bKGD"), STR_INIT("pHYs"),
    STR_INIT("acTL"), STR_INIT("fcTL"), STR_INIT("fdAT"),
};

static bool is_needed(str type)
{
    return STR_IS_AMONG(type, needed);
}

str strip_png(str bytes, struct arena *a)
{
    struct strip s = { .bytes = bytes, .arena = a };
    struct png_chunk c;

    strip_keep(&s, str_sub(bytes, 0, PNG_HEAD));
    for (size_t at = PNG_HEAD; png_next(bytes, &at, &c);) {
        if (is_needed(c.type))
            strip_keep(&s, c.whole);
        if (str_eq(c.type, S("IEND")))
            break;
    }
    return strip_result(&s);
}
