/* SPDX-License-Identifier: MIT */
/* How values are written in the text of objects. */
#include "base/utf8.h"
#include "pdf/canvas.h"

void canvas_put_mp(struct buf *b, int64_t mp)
{
    /* Hundredths of a point are finer than any printer. */
    int64_t v = (mp < 0 ? mp - 5 : mp + 5) / 10;
    uint64_t left = v < 0 ? (uint64_t)-v : (uint64_t)v;
    unsigned part = (unsigned)(left % 100);

    if (v < 0)
        buf_putc(b, '-');
    buf_put_int(b, (int64_t)(left / 100));
    if (part == 0)
        return;
    buf_putc(b, '.');
    buf_putc(b, (char)('0' + part / 10));
    if (part % 10)
        buf_putc(b, (char)('0' + part % 10));
}

/* 0 to 255 as 0 to 1: in thousandths, so that no level becomes another. */
static void put_level(struct buf *b, uint32_t level)
{
    uint32_t part = (level * 1000 + 127) / 255;

    if (part % 1000 == 0) {
        buf_putc(b, part ? '1' : '0');
        return;
    }
    buf_puts(b, "0.");
    for (uint32_t unit = 100; part > 0; part %= unit, unit /= 10)
        buf_putc(b, (char)('0' + part / unit));
}

void canvas_put_color(struct buf *b, uint32_t color)
{
    uint32_t red = color >> 16 & 0xFF, green = color >> 8 & 0xFF;
    uint32_t blue = color & 0xFF;

    put_level(b, red);
    if (red == green && green == blue) {
        buf_puts(b, " g\n");
        return;
    }
    buf_putc(b, ' ');
    put_level(b, green);
    buf_putc(b, ' ');
    put_level(b, blue);
    buf_puts(b, " rg\n");
}

void canvas_put_bytes(struct buf *b, str s)
{
    buf_putc(b, '(');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '(' || c == ')' || c == '\\')
            buf_printf(b, "\\%c", c);
        else if (c < 0x20 || c >= 0x7F)
            buf_printf(b, "\\%03o", c);
        else
            buf_putc(b, (char)c);
    }
    buf_putc(b, ')');
}

static bool is_plain(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || (unsigned char)s.p[i] >= 0x7F)
            return false;
    return true;
}

static void put_unit(struct buf *b, uint32_t unit)
{
    static const char hex[] = "0123456789ABCDEF";
    char *to = buf_reserve(b, 4);

    for (int i = 0; i < 4; i++)
        to[i] = hex[unit >> (12 - 4 * i) & 15];
    b->n += 4;
}

void canvas_put_text(struct buf *b, str s)
{
    if (is_plain(s)) {
        canvas_put_bytes(b, s);
        return;
    }
    buf_puts(b, "<FEFF");
    for (size_t at = 0; at < s.n;) {
        uint32_t c = utf8_next(s, &at);
        if (c > 0xFFFF) {
            put_unit(b, 0xD800 + ((c - 0x10000) >> 10));
            put_unit(b, 0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            put_unit(b, c);
        }
    }
    buf_putc(b, '>');
}
