/* SPDX-License-Identifier: MIT */
/* icc_profile.h - a colour profile for tests. */
#ifndef TEST_ICC_PROFILE_H
#define TEST_ICC_PROFILE_H

#include "base/arena.h"
#include "base/buf.h"

static inline void put32(struct buf *b, uint32_t v)
{
    for (int i = 24; i >= 0; i -= 8)
        buf_putc(b, (char)(v >> i));
}

/* ICC.1:2010: a screen whose green is our blue and so on, called "my screen",
 * with a notice of NOTICE characters. */
static inline str profile_with_notice(struct arena *a, uint32_t notice)
{
    static const char *const tags[] = { "wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC",
                                        "gTRC", "bTRC", "desc", "cprt" };
    static const uint32_t xyz[][3] = { { 0xF6D6, 0x10000, 0xD32D },
                                       { 0x6FA2, 0x38F5, 0x390 },
                                       { 0x24A0, 0xF84, 0xB6CF },
                                       { 0x6299, 0xB785, 0x18DA } };
    struct buf b = { 0 };
    uint32_t data = 128 + 4 + 9 * 12, texts = data + 4 * 20 + 16;

    put32(&b, texts + 104 + 8 + notice);
    put32(&b, 0);
    put32(&b, 0x02400000);
    buf_puts(&b, "mntrRGB XYZ ");
    while (b.n < 36)
        buf_putc(&b, 0);
    buf_puts(&b, "acsp");
    while (b.n < 68)
        buf_putc(&b, 0);
    for (int i = 0; i < 3; i++)
        put32(&b, xyz[0][i]);
    while (b.n < 128)
        buf_putc(&b, 0);
    put32(&b, 9);
    for (uint32_t i = 0; i < 9; i++) {
        buf_puts(&b, tags[i]);
        put32(&b, i < 7 ? data + (i < 4 ? i : 4) * 20 : texts + (i - 7) * 104);
        put32(&b, i < 4 ? 20 : i < 7 ? 14 : i < 8 ? 100 : 8 + notice);
    }
    for (size_t i = 0; i < 4; i++) {
        buf_puts(&b, "XYZ ");
        put32(&b, 0);
        for (int k = 0; k < 3; k++)
            put32(&b, xyz[i][k]);
    }
    buf_puts(&b, "curv");
    put32(&b, 0);
    put32(&b, 1);
    put32(&b, 0x02330000);
    buf_puts(&b, "desc");
    put32(&b, 0);
    put32(&b, 10);
    buf_puts(&b, "my screen");
    while (b.n < texts + 104)
        buf_putc(&b, 0);
    buf_puts(&b, "text");
    put32(&b, 0);
    for (uint32_t i = 0; i < notice; i++)
        buf_putc(&b, i + 1 < notice ? '-' : '\0');
    str s = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return s;
}

static inline str swapped_profile(struct arena *a)
{
    return profile_with_notice(a, 20);
}

#endif
