/* SPDX-License-Identifier: MIT */
/* What a reader of the PDF gets from a glyph. */
#include "base/utf8.h"
#include "pdf/face.h"
#include "pdf/invisible.h"

/* Characters that are drawn as the space and may be copied as one. */
static uint32_t plain_space(uint32_t c)
{
    return is_control(c) || c == 0xA0 || c == 0x202F ? ' ' : c;
}

bool font_says(const struct font *f, uint32_t glyph, str text)
{
    uint32_t says = font_char(f, glyph);
    size_t at = 0;
    bool found = false;

    if (!says)
        return false;
    /* As nearly always; what a font says can be seen. */
    if (text.n && utf8_next(text, &at) == says && at == text.n)
        return true;
    at = 0;
    while (at < text.n) {
        uint32_t c = utf8_next(text, &at);
        if (is_invisible(c))
            continue;
        if (found || (c != says && plain_space(c) != says))
            return false;
        found = true;
    }
    return found;
}
