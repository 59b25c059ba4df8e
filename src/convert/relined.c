/* SPDX-License-Identifier: MIT */
#include "convert/relined.h"

#include <string.h>

void relined_done(struct relined *r)
{
    buf_done(&r->out);
    buf_done(&r->lines);
}

void relined_begin(struct relined *r, const struct relined *before)
{
    buf_reset(&r->out);
    buf_reset(&r->lines);
    r->before = before;
}

static void put_line(struct relined *r, uint32_t line)
{
    buf_put(&r->lines, (str){ (const char *)&line, sizeof line });
}

void relined_start(struct relined *r)
{
    put_line(r, 1);
}

void relined_end_line(struct relined *r, unsigned next)
{
    buf_putc(&r->out, '\n');
    put_line(r, next);
}

void relined_put_nest(struct relined *r, str nest)
{
    for (size_t i = 0; i < nest.n; i++) {
        char c = nest.p[i];
        buf_putc(&r->out, c == '\t' || c == '>' ? c : ' ');
    }
}

unsigned relined_line(const struct relined *r, unsigned n)
{
    for (; r; r = r->before) {
        size_t i = (size_t)n * sizeof(uint32_t);
        uint32_t line = n;

        if (n >= 1 && i <= r->lines.n)
            memcpy(&line, r->lines.p + i - sizeof line, sizeof line);
        n = line;
    }
    return n;
}
