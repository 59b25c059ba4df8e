/* SPDX-License-Identifier: MIT */
#include "book/heading.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "book/plain.h"

/* A longer heading is no title. */
#define TITLE_MAX 1000

static size_t run_of(str s, char c)
{
    size_t n = 0;

    while (n < s.n && s.p[n] == c)
        n++;
    return n;
}

/* CommonMark 4.5: at least three backticks or tildes. */
static bool is_fence(str line, char *mark, size_t *n)
{
    if (line.n == 0 || (line.p[0] != '`' && line.p[0] != '~'))
        return false;
    *mark = line.p[0];
    *n = run_of(line, line.p[0]);
    return *n >= 3;
}

/* May a title begin with C, at once behind two '#' or more? */
static bool begins_title(uint32_t c)
{
    return c >= 0x80 || ascii_is_alnum((int)c) ||
           str_find_char(S("*_[`\"'("), (char)c) != STR_NONE;
}

bool heading_is_tight(str line, struct tight_heading *out)
{
    size_t n = run_of(line, '#'), at = n, end = n;
    uint32_t c = '\0';

    if (n < 1 || n > 6 || n == line.n || ascii_is_space(line.p[n]))
        return false;
    while (at < line.n && utf8_is_space(c = utf8_next(line, &at)))
        end = at;
    *out = (struct tight_heading){ n, end > n, c, str_from(line, end) };
    return out->text.n > 0 && (out->wide || n == 1 || begins_title(c));
}

/* "# x #" to "x". Without the space a single '#' may be that of a tag, which
 * is no title. */
static bool is_atx(str line, str *text)
{
    struct tight_heading h;
    size_t n = run_of(line, '#');
    bool tight = heading_is_tight(line, &h);

    if (n < 1 || n > 6 || n == line.n)
        return false;
    if (tight ? n == 1 && !h.wide : !ascii_is_space(line.p[n]))
        return false;
    str inner = str_trim(tight ? h.text : str_from(line, n));
    str bare = inner;
    while (bare.n > 0 && bare.p[bare.n - 1] == '#')
        bare.n--;
    bool closed = bare.n == 0 || ascii_is_space(bare.p[bare.n - 1]) ||
                  (tight && inner.n - bare.n > 1);
    *text = closed ? str_trim(bare) : inner;
    return text->n > 0;
}

static bool is_underline(str line)
{
    str s = str_trim_right(line);

    return s.n > 0 && (s.p[0] == '=' || s.p[0] == '-') &&
           run_of(s, s.p[0]) == s.n;
}

/* "<h1 class='x'>text</h1>", alone on its line. */
static bool is_tagged(str line, str *text)
{
    size_t open = str_find_char(line, '>');
    str end = str_trim_right(line);

    if (!str_starts_nocase(line, S("<h1")) || open == STR_NONE ||
        (open > 3 && !ascii_is_space((unsigned char)line.p[3])) ||
        !str_ends_nocase(end, S("</h1>")))
        return false;
    *text = str_trim(str_sub(end, open + 1, end.n - 5 - (open + 1)));
    return text->n > 0;
}

/* Of "[text](target)", at its bracket: where "](" stands, or STR_NONE. */
static size_t find_target(str s, size_t at)
{
    size_t close = str_find(str_from(s, at), S("]("));

    return close == STR_NONE ? STR_NONE : at + close;
}

str plain_marks(str s, struct arena *a)
{
    struct buf out = { 0 };
    size_t skip_from = STR_NONE;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\\' && i + 1 < s.n) {
            buf_putc(&out, s.p[++i]);
        } else if (c == '*' || c == '`') {
            continue;
        } else if (c == '[' && skip_from == STR_NONE &&
                   find_target(s, i) != STR_NONE) {
            skip_from = find_target(s, i);
        } else if (i == skip_from) {
            size_t n = str_find_char(str_from(s, i), ')');
            if (n == STR_NONE)
                break;
            i += n;
            skip_from = STR_NONE;
        } else {
            buf_putc(&out, c);
        }
    }
    str text = plain_text(arena_dup(a, buf_str(&out)), a);
    buf_done(&out);
    return text;
}

/* Quotes, lists, tables, tags and indented code are no setext heading. */
static bool may_be_heading(str line)
{
    return str_find_char(S(" \t>-+*|<![="), line.p[0]) == STR_NONE;
}

struct look {
    char mark; /* of the open code fence; 0: none */
    size_t marks;
    bool comment;
    bool tagged;        /* what was found is HTML */
    bool pre;           /* in <pre>, where '#' is code */
    str before;         /* the line before, if it is a paragraph of its own */
    unsigned n_content; /* lines with something on them */
};

/* True while inside code or a comment, or at their ends. */
static bool skip_block(struct look *l, str line)
{
    char mark;
    size_t n;

    if (l->comment || str_starts(line, S("<!--"))) {
        l->comment = str_find(line, S("-->")) == STR_NONE;
        return true;
    }
    if (l->mark == 0 && (l->pre || str_starts_nocase(line, S("<pre")))) {
        l->pre = str_find_nocase(line, S("</pre>")) == STR_NONE;
        l->n_content++;
        return true;
    }
    if (!is_fence(line, &mark, &n))
        return l->mark != 0;
    if (l->mark == 0) {
        l->mark = mark;
        l->marks = n;
    } else if (mark == l->mark && n >= l->marks) {
        l->mark = 0;
    }
    l->n_content++;
    return true;
}

/* HTML without its tags. */
static str drop_tags(str s, struct arena *a)
{
    struct buf out = { 0 };

    while (s.n > 0) {
        buf_put(&out, str_cut(&s, '<'));
        str_cut(&s, '>');
    }
    str text = plain_text(plain_entities(arena_dup(a, buf_str(&out)), a), a);
    buf_done(&out);
    return text;
}

static bool read_line(struct look *l, str line, str *text, bool *leads)
{
    if (skip_block(l, line)) {
        l->before = (str){ 0 };
        return false;
    }
    l->tagged = is_tagged(line, text);
    if (l->tagged || is_atx(line, text)) {
        *leads = l->n_content == 0;
        return true;
    }
    if (l->before.n > 0 && is_underline(line)) {
        *text = l->before;
        *leads = l->n_content == 1;
        return true;
    }
    bool blank = str_is_blank(line);
    bool alone = !blank && l->before.p == NULL && may_be_heading(line);
    l->before = blank ? (str){ 0 } : alone ? line : S("");
    l->n_content += !blank;
    return false;
}

str plain_heading(str body, struct arena *a, bool *leads)
{
    struct look l = { 0 };
    str line, text;

    *leads = false;
    while (str_next_line(&body, &line))
        if (read_line(&l, line, &text, leads))
            return text.n > TITLE_MAX ? (str){ 0 }
                   : l.tagged         ? drop_tags(text, a)
                                      : plain_marks(text, a);
    return (str){ 0 };
}
