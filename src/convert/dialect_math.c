/* SPDX-License-Identifier: MIT */
#include "convert/dialect_math.h"

static const struct math_kind {
    str open, close;
    bool kept;  /* they are a part of the formula */
    bool sure;  /* nothing but a formula stands between them */
    bool alone; /* on lines of their own */
} kinds[MATH_KINDS] = {
    { STR_INIT("$$"), STR_INIT("$$"), false, true, false },
    { STR_INIT("\\["), STR_INIT("\\]"), false, false, false },
    { STR_INIT("\\\\["), STR_INIT("\\\\]"), false, false, false },
    { STR_INIT("\\begin{"), STR_INIT("\\end{"), true, false, false },
    { STR_INIT("$"), STR_INIT("$"), false, false, true },
};

/* "\[1\]" is brackets, "\[x^2\]" a formula, "\[code lang="c"\]" a tag. */
static bool looks_like_tex(str s)
{
    for (size_t i = 0; i + 1 < s.n; i++)
        if (s.p[i] == '^' ||
            (s.p[i] == '=' && s.p[i + 1] != '"' && s.p[i + 1] != '\'') ||
            (s.p[i] == '_' && s.p[i + 1] == '{') ||
            (s.p[i] == '\\' && ascii_is_alpha((unsigned char)s.p[i + 1])))
            return true;
    return false;
}

static size_t find_kind(str s)
{
    size_t i = 0;

    while (i < MATH_KINDS && !str_starts(s, kinds[i].open))
        i++;
    return i;
}

/* Does LINE end with KIND's end, and with "name}" behind an "\end{" at AT? */
static bool ends_formula(str line, const struct math_kind *kind, size_t at,
                         str *before)
{
    str s = str_trim_right(line);

    if (!kind->kept) {
        *before = str_sub(s, 0, s.n - kind->close.n);
        return str_ends(s, kind->close);
    }
    *before = s;
    return at != STR_NONE && s.p[s.n - 1] == '}' &&
           str_find_char(str_from(s, at), '}') == s.n - at - 1;
}

/* The line of TEXT that begins at AT. */
static str line_at(str text, size_t at)
{
    size_t lf = str_find_char(str_from(text, at), '\n');

    return str_sub(text, at, lf);
}

/* From place FROM on, in what is left of a line, REST. *LAST gets where the
 * last line that was looked at begins: what begins before it with the same mark
 * is no formula either, if this is none. */
static bool read_lines(str text, const struct math_kind *kind, str rest,
                       struct math_formula *f, size_t *last)
{
    size_t from = (size_t)(rest.p - text.p);
    str before;

    for (size_t at = from;;) {
        size_t inside = str_find(rest, kind->close);
        *last = at;
        if (ends_formula(rest, kind, inside, &before)) {
            f->tex = str_sub(text, from, at + before.n - from);
            f->end = at + rest.n;
            /* "$$a$$ and $$b$$" is text. */
            return (!kind->alone || str_is_blank(before)) &&
                   (kind->kept || inside >= before.n) &&
                   !str_is_blank(f->tex) &&
                   (kind->sure || looks_like_tex(f->tex));
        }
        if (!kind->kept && inside != STR_NONE)
            return false;
        at += rest.n + 1;
        *last = at;
        if (at >= text.n)
            return false;
        rest = line_at(text, at);
        if (scan_is_blank(rest))
            return false;
    }
}

bool math_read(struct math_scan *math, str text, const struct scan_line *line,
               struct math_formula *f)
{
    str s = line->content;
    size_t i = find_kind(s), last;

    if (i == MATH_KINDS || (size_t)(s.p - text.p) < math->none[i])
        return false;
    str rest = str_from(s, kinds[i].kept ? 0 : kinds[i].open.n);
    if (kinds[i].alone && !str_is_blank(rest))
        return false;
    if (read_lines(text, &kinds[i], rest, f, &last))
        return true;
    math->none[i] = last;
    return false;
}

str math_line(str s, str nest)
{
    for (size_t i = 0; i < nest.n; i++) {
        str inside = str_trim_left(s);
        if (nest.p[i] == '>' && str_starts(inside, S(">")))
            s = str_from(inside, 1);
    }
    return s;
}
