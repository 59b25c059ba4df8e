/* SPDX-License-Identifier: MIT */
#include "convert/dialect_indent.h"

#include <string.h>

/* Blocks inside blocks. */
#define INDENT_NEST 8
#define INDENT_STEP 4

struct indents {
    struct relined *out;
    size_t n; /* blocks that are open */
    unsigned line;
    char fence;
    size_t fence_length;
};

/* The text between the quotation marks, or nothing. */
static str title_of(str s)
{
    s = str_trim(s);
    if (s.n > 1 && s.p[0] == '"' && s.p[s.n - 1] == '"')
        return str_sub(s, 1, s.n - 2);
    return S("");
}

/* Reads "!!! note "Title"", S being unindented; false: it is none. */
static bool read_start(str s, str *name, str *title)
{
    size_t n = 4;

    s = str_trim_right(s);
    if (str_starts(s, S("=== \""))) {
        *name = S("tab");
        *title = title_of(str_from(s, 4));
        return title->n > 0;
    }
    bool folds = str_starts(s, S("??? ")) || str_starts(s, S("???+ "));
    if (!folds && !str_starts(s, S("!!! ")))
        return false;
    n += s.p[3] == '+';
    str rest = str_from(s, n);
    for (n = 0; n < rest.n && (ascii_is_alpha((unsigned char)rest.p[n]) ||
                               strchr("-_ ", rest.p[n]));)
        n++;
    *name = str_trim(str_sub(rest, 0, n));
    *title = title_of(str_from(rest, n));
    if (name->n == 0 || (n < rest.n && rest.p[n] != '"'))
        return false;
    str first = *name;
    *name = folds ? S("details") : str_cut(&first, ' ');
    if (folds && title->n == 0)
        *title = str_cut(&first, ' ');
    return true;
}

/* Is the next line that is not blank indented by COLUMNS at least? */
static bool is_indented(str rest, size_t columns)
{
    str line;

    while (str_next_line(&rest, &line))
        if (!str_is_blank(line))
            return str_indent(line) >= columns;
    return false;
}

static void put_line(struct indents *x, str s)
{
    buf_put(&x->out->out, s);
    relined_end_line(x->out, x->line + 1);
}

/* The further out a block is, the more colons it has. */
static void put_colons(struct indents *x)
{
    for (size_t i = x->n; i < INDENT_NEST + 3; i++)
        buf_putc(&x->out->out, ':');
}

static void close_down_to(struct indents *x, size_t n)
{
    for (; x->n > n; x->n--) {
        put_colons(x);
        relined_end_line(x->out, x->line);
    }
}

static void follow_fence(struct indents *x, str s)
{
    size_t n = 0;

    if (s.n < 3 || (s.p[0] != '`' && s.p[0] != '~'))
        return;
    while (n < s.n && s.p[n] == s.p[0])
        n++;
    bool opens = n >= 3 && (s.p[0] == '~' ||
                            str_find_char(str_from(s, n), '`') == STR_NONE);
    if (x->fence == 0 && opens) {
        x->fence = s.p[0];
        x->fence_length = n;
    } else if (x->fence == s.p[0] && n >= x->fence_length &&
               str_is_blank(str_from(s, n))) {
        x->fence = 0;
    }
}

static void open_block(struct indents *x, str name, str title)
{
    x->n++;
    put_colons(x);
    buf_printf(&x->out->out, "%.*s %.*s", STR_ARG(name), STR_ARG(title));
    relined_end_line(x->out, x->line + 1);
}

static void read_line(struct indents *x, str line, str rest)
{
    str name, title;

    if (str_is_blank(line)) {
        put_line(x, S(""));
        return;
    }
    size_t columns = str_indent(line);
    if (columns < x->n * INDENT_STEP) {
        x->fence = 0;
        close_down_to(x, columns / INDENT_STEP);
    }
    str s = str_from(line, x->n * INDENT_STEP);
    if (!x->fence && x->n < INDENT_NEST && read_start(s, &name, &title) &&
        is_indented(rest, (x->n + 1) * INDENT_STEP)) {
        open_block(x, name, title);
        return;
    }
    follow_fence(x, str_trim_left(s));
    put_line(x, s);
}

static bool may_have_any(str text)
{
    static const str starts[] = { STR_INIT("!!! "), STR_INIT("??? "),
                                  STR_INIT("???+ "), STR_INIT("=== \"") };

    return str_has_any(text, starts, sizeof starts / sizeof *starts);
}

str indent_expand(struct relined *out, str text)
{
    struct indents x = { .out = out };
    str rest = text, line;

    relined_begin(out, NULL);
    if (!may_have_any(text))
        return text;
    relined_start(out);
    while (str_next_line(&rest, &line)) {
        x.line++;
        read_line(&x, line, rest);
    }
    close_down_to(&x, 0);
    return buf_str(&out->out);
}
