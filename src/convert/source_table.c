/* SPDX-License-Identifier: MIT */
#include "convert/source_table.h"

#include <string.h>

/* Columns of the delimiter row S ("|:--|--:|"), or 0. */
static size_t delimiter_columns(str s)
{
    size_t n = 0;
    bool dash = false, bar = false;

    for (size_t i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case '-':
            dash = true;
            break;
        case '|':
            n += dash;
            bar = true;
            dash = false;
            break;
        case ':':
        case ' ':
        case '\t':
            break;
        default:
            return 0;
        }
    }
    n += dash;
    return bar || n == 1 ? n : 0;
}

struct table_size table_measure(str text)
{
    struct table_size size = { 0 };
    str line;

    if (!memchr(text.p, '|', text.n))
        return size;
    for (bool first = true; str_next_line(&text, &line); first = false) {
        size_t columns = 0;
        if (!first && line.n > 0 && strchr("|:- \t", line.p[0]))
            columns = delimiter_columns(line);
        if (columns > size.columns)
            size.columns = columns;
        size.rows++;
    }
    return size;
}

void table_as_text(str text, const char *element, struct buf *out)
{
    size_t done = 0;

    buf_printf(out, "<%s>", element);
    for (size_t i = 0; i < text.n; i++) {
        const char *entity = text.p[i] == '<'   ? "&lt;"
                             : text.p[i] == '&' ? "&amp;"
                                                : NULL;
        if (!entity)
            continue;
        buf_put(out, str_sub(text, done, i - done));
        buf_puts(out, entity);
        done = i + 1;
    }
    buf_put(out, str_from(text, done));
    buf_printf(out, "</%s>", element);
}
