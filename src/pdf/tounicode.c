/* SPDX-License-Identifier: MIT */
#include "pdf/tounicode.h"

#include "base/buf.h"
#include "base/utf8.h"

#define BLOCK_MAX 100 /* Adobe TN 5014, 1.4.1 */
#define TEXT_MAX  127 /* UTF-16 units: 9.10.3, table of limits */

static const char head[] =
    "/CIDInit /ProcSet findresource begin\n"
    "12 dict begin\n"
    "begincmap\n"
    "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
    "/CMapName /Adobe-Identity-UCS def\n"
    "/CMapType 2 def\n"
    "1 begincodespacerange\n";

static const char foot[] = "endcmap\n"
                           "CMapName currentdict /CMap defineresource pop\n"
                           "end\n"
                           "end\n";

/* Never U+0000, U+FFFE or U+FEFF: ISO 19005-2, 6.2.11.7.2. */
static bool is_allowed(uint32_t c)
{
    return c != 0 && c != 0xFFFE && c != 0xFEFF;
}

static void put_utf16(struct buf *out, str text)
{
    size_t units = 0;

    for (size_t at = 0; at < text.n && units < TEXT_MAX;) {
        uint32_t c = utf8_next(text, &at);
        if (!is_allowed(c))
            continue;
        if (c > 0xFFFF) {
            c -= 0x10000;
            buf_printf(out, "%04X%04X", 0xD800 + (c >> 10),
                       0xDC00 + (c & 0x3FF));
            units += 2;
        } else {
            buf_printf(out, "%04X", c);
            units++;
        }
    }
    if (!units)
        buf_puts(out, "200B");
}

str tounicode_make(const struct tounicode_entry *entries, size_t n,
                   unsigned code_bytes, struct arena *a)
{
    struct buf out = { 0 };
    int width = (int)code_bytes * 2;

    buf_puts(&out, head);
    buf_puts(&out, code_bytes == 1 ? "<00> <FF>\n" : "<0000> <FFFF>\n");
    buf_puts(&out, "endcodespacerange\n");
    for (size_t i = 0; i < n; i++) {
        size_t left = n - i;
        if (i % BLOCK_MAX == 0)
            buf_printf(&out, "%zu beginbfchar\n",
                       left < BLOCK_MAX ? left : BLOCK_MAX);
        buf_printf(&out, "<%0*X> <", width, entries[i].code);
        put_utf16(&out, entries[i].text);
        buf_puts(&out, ">\n");
        if (left == 1 || i % BLOCK_MAX == BLOCK_MAX - 1)
            buf_puts(&out, "endbfchar\n");
    }
    buf_puts(&out, foot);
    str text = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return text;
}
