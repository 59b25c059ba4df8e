/* SPDX-License-Identifier: MIT */
#include "epub/xml.h"

/* What a byte asks for. Nearly all text is PLAIN and is copied in runs. */
enum { PLAIN, DROP, AMP, LT, GT, QUOT, TAB, LF, MAYBE_FFFE };

#define C0_CONTROLS                                                            \
    [0x00] = DROP, [0x01] = DROP, [0x02] = DROP, [0x03] = DROP, [0x04] = DROP, \
    [0x05] = DROP, [0x06] = DROP, [0x07] = DROP, [0x08] = DROP, [0x0b] = DROP, \
    [0x0c] = DROP, [0x0d] = DROP, [0x0e] = DROP, [0x0f] = DROP, [0x10] = DROP, \
    [0x11] = DROP, [0x12] = DROP, [0x13] = DROP, [0x14] = DROP, [0x15] = DROP, \
    [0x16] = DROP, [0x17] = DROP, [0x18] = DROP, [0x19] = DROP, [0x1a] = DROP, \
    [0x1b] = DROP, [0x1c] = DROP, [0x1d] = DROP, [0x1e] = DROP, [0x1f] = DROP

static const uint8_t in_text[256] = {
    C0_CONTROLS, ['&'] = AMP, ['<'] = LT, ['>'] = GT, [0xef] = MAYBE_FFFE
};
static const uint8_t in_attr[256] = {
    C0_CONTROLS,  ['&'] = AMP,  ['<'] = LT,  ['>'] = GT,
    ['"'] = QUOT, ['\t'] = TAB, ['\n'] = LF, [0xef] = MAYBE_FFFE
};

static const str written[] = {
    [DROP] = STR_INIT(""),      [AMP] = STR_INIT("&amp;"),
    [LT] = STR_INIT("&lt;"),    [GT] = STR_INIT("&gt;"),
    [QUOT] = STR_INIT("&#34;"), [TAB] = STR_INIT("&#9;"),
    [LF] = STR_INIT("&#10;"),
};

static bool is_noncharacter(const char *p, const char *end)
{
    return end - p >= 3 && (uint8_t)p[1] == 0xbf && (uint8_t)p[2] >= 0xbe;
}

static void put_escaped(struct buf *out, str s, const uint8_t *what)
{
    const char *p = s.p, *end = p + s.n, *run = p;

    while (p < end) {
        unsigned w = what[(uint8_t)*p];
        if (w == PLAIN) {
            p++;
            continue;
        }
        size_t n = 1;
        if (w == MAYBE_FFFE) {
            if (!is_noncharacter(p, end)) {
                p++;
                continue;
            }
            w = DROP;
            n = 3;
        }
        buf_put(out, (str){ run, (size_t)(p - run) });
        buf_put(out, written[w]);
        p += n;
        run = p;
    }
    buf_put(out, (str){ run, (size_t)(p - run) });
}

void xml_text(struct buf *out, str s)
{
    if (s.n)
        put_escaped(out, s, in_text);
}

void xml_attr(struct buf *out, str s)
{
    if (s.n)
        put_escaped(out, s, in_attr);
}

void xml_fragment(struct buf *out, str s)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80 || ascii_is_alnum(c) || c == '-' || c == '.' ||
            c == '_' || c == '~' || c == ':') {
            buf_putc(out, (char)c);
        } else {
            buf_putc(out, '%');
            buf_putc(out, hex[c >> 4]);
            buf_putc(out, hex[c & 15]);
        }
    }
}

void xml_element(struct buf *out, const char *name, const char *attrs, str text)
{
    buf_printf(out, "<%s%s>", name, attrs ? attrs : "");
    xml_text(out, text);
    buf_printf(out, "</%s>\n", name);
}
