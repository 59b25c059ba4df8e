/* SPDX-License-Identifier: MIT */
#include "convert/ticks.h"

static size_t longest_run(str s)
{
    size_t longest = 0, n = 0;

    for (size_t i = 0; i < s.n; i++) {
        n = s.p[i] == '`' ? n + 1 : 0;
        longest = n > longest ? n : longest;
    }
    return longest;
}

size_t ticks_of_fence(str code)
{
    size_t n = longest_run(code);

    return n < 3 ? 3 : n + 1;
}

size_t ticks_of_span(str code)
{
    return longest_run(code) + 1;
}

void ticks_put(struct buf *out, size_t n)
{
    while (n-- > 0)
        buf_putc(out, '`');
}
