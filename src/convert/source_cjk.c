/* SPDX-License-Identifier: MIT */
#include "convert/source_chars.h"
#include "convert/source_emphasis.h"
#include "convert/source_inline.h"

void cjk_emphasis(str text, struct buf *out)
{
    struct inline_walk w;
    size_t done = 0, at;

    inline_init(&w, text);
    while ((at = inline_find(&w, "*~~")) != STR_NONE) {
        size_t n = 1;
        while (at + n < text.n && text.p[at + n] == text.p[at])
            n++;
        w.at = at + n;
        if (text.p[at] == '~' && n != 2)
            continue;
        struct flanks f = flanks_of(text, at, n);
        if (!f.cjk_before && !f.cjk_after)
            continue;
        buf_put(out, str_sub(text, done, at - done));
        if (f.punct_before)
            buf_putc(out, SENTINEL);
        buf_put(out, str_sub(text, at, n));
        if (f.punct_after)
            buf_putc(out, SENTINEL);
        done = at + n;
    }
    buf_put(out, str_from(text, done));
}
