/* SPDX-License-Identifier: MIT */
#include "convert/shortcode_page.h"

#include <string.h>

#define EXPRESSION_MAX 200 /* bytes */

/* In Markdown and in HTML alike. */
static void put_literal(str s, struct buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        if (strchr("\\*_`[]<>&~{}|#$\"", s.p[i]))
            buf_printf(out, "&#%d;", s.p[i]);
        else
            buf_putc(out, s.p[i]);
    }
}

static bool put_field(const struct post *post, str name, struct buf *out)
{
    const struct {
        str name, text;
    } fields[] = {
        { S("page.title"), post->title },
        { S("post.title"), post->title },
        { S("page.author"), post->author },
        { S("page.description"), post->description },
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!str_eq(name, fields[i].name) || fields[i].text.n == 0)
            continue;
        put_literal(fields[i].text, out);
        return true;
    }
    return false;
}

static bool put_date(const struct post *post, str name, struct buf *out)
{
    const struct date *d = &post->date;

    if (!str_eq(name, S("page.date")) || d->year == 0)
        return false;
    buf_printf(out, "%04d-%02d-%02d", d->year, d->month, d->day);
    return true;
}

size_t shortcode_page(const struct post *post, str line, size_t at,
                      struct buf *out)
{
    str s = str_sub(line, at, EXPRESSION_MAX);
    size_t end = str_find(s, S("}}"));

    if (!str_starts(s, S("{{")) || end == STR_NONE)
        return 0;
    str inside = str_sub(s, 2, end - 2), name = str_trim(str_cut(&inside, '|'));
    return put_field(post, name, out) || put_date(post, name, out) ? end + 2
                                                                   : 0;
}
