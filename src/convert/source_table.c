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

/* Cells of the row S up to the last one that is not empty; *ALL counts the
 * empty ones behind it too. As in GitHub's Markdown, code does not hide a
 * bar. */
static size_t row_cells(str s, size_t *all)
{
    size_t n = 0, filled = 0;
    bool empty = true, bar = true;

    s = str_trim(s);
    for (size_t i = s.n > 0 && s.p[0] == '|'; i < s.n; i++) {
        bar = s.p[i] == '|';
        if (bar) {
            n++;
            empty = true;
            continue;
        }
        if (s.p[i] == '\\' && i + 1 < s.n)
            i++;
        if (empty && !ascii_is_space(s.p[i])) {
            filled = n + 1;
            empty = false;
        }
    }
    *all = n + !bar;
    return filled;
}

/* The widest row of TEXT, which is a table from its delimiter row on. */
static size_t widest_row(str text, size_t columns)
{
    size_t widest = columns, all;
    str line;

    while (str_next_line(&text, &line)) {
        size_t n = row_cells(line, &all);
        if (n > widest)
            widest = n;
    }
    return widest;
}

/* The delimiter row of TEXT, or an empty str. Cells in front of it that are
 * not as many make no table; *COLUMNS is the widest there is anyway. */
static str find_delimiters(str text, size_t *columns)
{
    str line, before = { 0 }, found = { 0 };

    *columns = 0;
    for (bool first = true; str_next_line(&text, &line); first = false) {
        size_t n = 0, cells;
        if (!first && line.n > 0 && strchr("|:- \t", line.p[0]))
            n = delimiter_columns(line);
        if (n > *columns)
            *columns = n;
        if (n > 0 && found.n == 0) {
            row_cells(before, &cells);
            if (cells == n)
                found = line;
        }
        before = line;
    }
    return found;
}

static size_t count_lines(str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

struct table_size table_measure(str text)
{
    struct table_size size = { 0 };

    if (!memchr(text.p, '|', text.n))
        return size;
    str row = find_delimiters(text, &size.columns);
    if (size.columns == 0)
        return size;
    size.rows = 1 + count_lines(text);
    if (row.n > 0) {
        size.before = count_lines(str_sub(text, 0, (size_t)(row.p - text.p)));
        size.before -= size.before > 0;
        str rows = str_from(text, (size_t)(row.p + row.n - text.p));
        size_t n = delimiter_columns(row), widest = widest_row(rows, n);
        size.missing = widest - n;
        if (widest > size.columns)
            size.columns = widest;
    }
    return size;
}

/* LINE with N times CELL at its end, where a bar may be. */
static void put_wider(str line, const char *cell, size_t n, struct buf *out)
{
    line = str_trim_right(line);
    buf_put(out, line);
    if (line.n > 0 && line.p[line.n - 1] != '|')
        buf_putc(out, '|');
    while (n-- > 0)
        buf_puts(out, cell);
}

void table_widen(str text, size_t missing, struct buf *out)
{
    size_t columns;
    str row = find_delimiters(text, &columns);
    size_t at = (size_t)(row.p - text.p), header = at - 1;

    while (header > 0 && text.p[header - 1] != '\n')
        header--;
    buf_put(out, str_sub(text, 0, header));
    put_wider(str_sub(text, header, at - 1 - header), " |", missing, out);
    buf_putc(out, '\n');
    put_wider(row, "-|", missing, out);
    buf_put(out, str_from(text, at + row.n));
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
