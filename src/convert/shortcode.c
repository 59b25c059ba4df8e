/* SPDX-License-Identifier: MIT */
#include "convert/shortcode.h"

#include <string.h>

#include "convert/shortcode_export.h"
#include "convert/shortcode_hatena.h"
#include "convert/shortcode_inline.h"
#include "convert/shortcode_page.h"
#include "convert/shortcode_parts.h"
#include "convert/shortcode_put.h"
#include "convert/shortcode_ruby.h"
#include "convert/shortcode_text.h"
#include "convert/shortcode_textcube.h"
#include "convert/shortcode_value.h"
#include "convert/source_inline.h"

/* Bytes of an unknown shortcode that a message shows. */
#define KEPT_SHOWN 60
/* Bytes of a formula that goes on in a line below. */
#define WRAPPED_MAX 1000
/* Bytes of a comment of kramdown's. */
#define HIDDEN_MAX 20000

/* kramdown's comment goes, with all that it holds. */
static bool put_hidden(struct expander *x, struct scan_line *line, str *rest)
{
    str text = x->scan.text;
    size_t at = (size_t)(rest->p - text.p);

    if (!str_starts(*rest, S("{::comment}")))
        return false;
    str s = str_sub(text, at, HIDDEN_MAX);
    size_t n = str_find(s, S("{:/"));
    size_t end = n == STR_NONE ? n : str_find_char(str_from(s, n), '}');
    if (end == STR_NONE)
        return false;
    expander_go_on(x, at + n + end + 1, rest, line);
    return true;
}

/* What the brace at the start of REST may begin. */
static bool put_brace(struct expander *x, struct scan_line *line, str *rest,
                      str whole)
{
    if (expander_put_tag(x, line, rest) || put_hidden(x, line, rest))
        return true;
    size_t at = (size_t)(rest->p - whole.p);
    size_t skip = shortcode_braces(whole, at, &x->sc->out);
    if (skip == 0)
        skip = shortcode_ruby(whole, at, &x->sc->out);
    if (skip > 0) {
        *rest = str_from(*rest, skip);
        return true;
    }
    if (!str_starts(*rest, S("{{")) || str_starts(*rest, S("{{<")))
        return false;
    size_t n = shortcode_expression(whole, at, &x->sc->out);
    if (n == 0)
        n = shortcode_page(x->post, whole, at, &x->sc->out);
    str close = str_sub(*rest, 0, SHORTCODE_MAX);
    if (n == 0 && str_find(close, S("}}")) != STR_NONE)
        expander_keep(x, *rest);
    *rest = str_from(*rest, n);
    return n > 0;
}

/* "@[kind](what)": as if it were a shortcode, or an address. */
static size_t put_named(struct expander *x, str line, size_t at)
{
    struct buf *out = &x->sc->out;
    struct shortcode_tag tag = { .hugo = true, .n_args = 1 };
    size_t n = shortcode_named(line, at, &tag.name, &tag.args[0].value);
    str what = tag.args[0].value;

    if (n == 0)
        return 0;
    shortcode_look_up(&tag);
    if (value_is_address(what))
        shortcode_put_link(what, out);
    else if (tag.action == SHORTCODE_REPLACE)
        shortcode_replace(&tag, out);
    else
        buf_put(out, what);
    return n;
}

/* The mark of an inline note; its text follows at the end. */
static size_t put_note(struct expander *x, str line, size_t at)
{
    str text;
    size_t n = line.p[at] == '^' ? shortcode_note(line, at, &text)
                                 : shortcode_hatena_note(line, at, &text);

    if (n == 0)
        return 0;
    *vec_push(&x->notes, &x->scratch) = (struct inline_note){ text,
                                                              x->scan.line };
    buf_printf(&x->sc->out, "[^inline-%zu]", x->notes.n);
    return n;
}

static void put_notes(struct expander *x)
{
    for (size_t i = 0; i < x->notes.n; i++) {
        expander_end_line(x, x->notes.v[i].line);
        expander_end_line(x, x->notes.v[i].line);
        buf_printf(&x->sc->out, "[^inline-%zu]: %.*s", i + 1,
                   STR_ARG(x->notes.v[i].text));
    }
    if (x->notes.n > 0)
        expander_end_line(x, x->scan.line);
}

static size_t put_math(struct expander *x, str line, size_t at)
{
    str unknown;
    size_t n = shortcode_math(line, at, &x->sc->out, &unknown);

    if (n == 0 || unknown.n == 0 || x->n_formulas++ > 0)
        return n;
    x->formula_line = x->scan.line;
    x->command = unknown;
    return n;
}

/* One thing at AT in LINE, other than a tag; bytes used, or 0. */
static size_t put_small(struct expander *x, str line, size_t at)
{
    struct buf *out = &x->sc->out;
    size_t n;

    switch (line.p[at]) {
    case '!':
        n = shortcode_wiki(line, at, out);
        return n ? n : shortcode_sized(line, at, out);
    case '[':
        n = shortcode_wiki(line, at, out);
        n = n ? n : shortcode_tex(line, at, out);
        n = n ? n : textcube_put(x, line, at);
        return n ? n : shortcode_bracket(line, at, out);
    case '_':
        return textcube_put_end(x, line, at);
    case '=':
        return shortcode_mark(line, at, out);
    case ':':
        return shortcode_emoji(line, at, out);
    case '$':
        return put_math(x, line, at);
    case '@':
        return put_named(x, line, at);
    case '^':
        return put_note(x, line, at);
    case '(':
        return x->hatena ? put_note(x, line, at) : 0;
    case '%':
        n = shortcode_percent(line, at, out);
        return n ? n : shortcode_hidden(line, at, out);
    default:
        return 0;
    }
}

/* Bytes of S in which nothing begins. */
static size_t plain_length(str s)
{
    static const bool begins[256] = {
        ['`'] = true, ['\\'] = true, ['{'] = true, ['!'] = true, ['['] = true,
        ['='] = true, [':'] = true,  ['$'] = true, ['@'] = true, ['^'] = true,
        ['%'] = true, ['<'] = true,  ['('] = true, ['_'] = true, [0] = true,
    };
    size_t n = 0;

    while (n < s.n && !begins[(unsigned char)s.p[n]])
        n++;
    return n;
}

/* The formula at the start of REST, if it ends in a line below of the same
 * paragraph. Marks of quotes and lists would be a part of it. */
static bool put_wrapped_math(struct expander *x, struct scan_line *line,
                             str *rest, str whole)
{
    str text = x->scan.text, close = rest->p[0] == '$' ? S("$") : S("\\)");
    size_t from = (size_t)(whole.p - text.p), at = (size_t)(rest->p - whole.p);

    if (line->prefix.n > 0 || rest->n < 2 ||
        str_find(str_sub(*rest, 1, WRAPPED_MAX), close) != STR_NONE)
        return false;
    str para = str_sub(text, from, at + WRAPPED_MAX);
    size_t blank = str_find(str_from(para, at), S("\n\n"));
    para.n = blank < para.n - at ? at + blank : para.n;
    struct buf *out = &x->sc->out;
    size_t mark = out->n;
    str unknown;
    size_t n = para.n > whole.n ? shortcode_math(para, at, out, &unknown) : 0;
    /* One that is not known stays on its lines. */
    if (n == 0 || memchr(out->p + mark, '\n', out->n - mark)) {
        out->n = mark;
        return false;
    }
    expander_go_on(x, from + at + n, rest, line);
    return true;
}

/* What may go on in the lines below. */
static bool put_markup(struct expander *x, struct scan_line *line, str *rest,
                       str whole)
{
    switch (rest->p[0]) {
    case '<':
        return expander_put_jsx(x, line, rest);
    case '{':
        return (x->mdx && expander_put_brace(x, line, rest)) ||
               put_brace(x, line, rest, whole);
    case '[':
        return expander_put_wp(x, line, rest);
    case '\\':
        return expander_put_wp(x, line, rest) ||
               put_wrapped_math(x, line, rest, whole);
    case '$':
        return put_wrapped_math(x, line, rest, whole);
    default:
        return false;
    }
}

static bool is_quoted(str prefix)
{
    return str_find_char(prefix, '>') != STR_NONE;
}

static void put_text(struct expander *x, struct scan_line *line)
{
    struct buf *out = &x->sc->out;
    str whole = shortcode_without_block_id(line->content), rest = whole;
    struct inline_walk ticks;
    bool code;

    buf_put(out, str_sub(line->whole, 0, (size_t)(whole.p - line->whole.p)));
    size_t named = put_named(x, whole, 0);
    if (named > 0 && str_is_blank(str_from(whole, named))) {
        expander_end_block(x, line);
        return;
    }
    rest = str_from(rest, named);
    if (is_quoted(line->prefix))
        rest = str_from(rest, shortcode_callout(whole, 0, out));
    inline_init(&ticks, whole);
    while (rest.n > 0) {
        size_t at = (size_t)(rest.p - whole.p), n = 0;
        if (put_markup(x, line, &rest, whole)) {
            /* Behind a block the line is another one. */
            if (rest.p > whole.p + whole.n) {
                whole = rest;
                inline_init(&ticks, whole);
            }
            continue;
        }
        switch (rest.p[0]) {
        case '`':
            n = inline_code_length(&ticks, at, &code);
            buf_put(out, str_sub(rest, 0, n));
            break;
        case '\\':
            n = shortcode_bracket(whole, at, out);
            if (n == 0)
                n = put_math(x, whole, at);
            if (n > 0)
                break;
            n = rest.n > 1 ? 2 : 1;
            buf_put(out, str_sub(rest, 0, n));
            break;
        case '<':
        case '{':
            break;
        default:
            n = put_small(x, whole, at);
        }
        if (n == 0) {
            n = 1 + plain_length(str_from(rest, 1));
            buf_put(out, str_sub(rest, 0, n));
        }
        rest = str_from(rest, n);
    }
}

static bool may_have_emoji(str s)
{
    size_t at = 0, n;

    while ((n = str_find_char(str_from(s, at), ':')) != STR_NONE) {
        size_t i = at + n + 1;
        at = i;
        while (i < s.n && i - at <= 32 &&
               (ascii_is_alnum((unsigned char)s.p[i]) || strchr("_+-", s.p[i])))
            i++;
        if (i > at && i < s.n && s.p[i] == ':')
            return true;
    }
    return false;
}

static bool may_have_any(str body, bool mdx)
{
    static const str starts[] = {
        STR_INIT("{%"),         STR_INIT("{{"),        STR_INIT("[["),
        STR_INIT("=="),         STR_INIT("[!"),        STR_INIT("$"),
        STR_INIT("@["),         STR_INIT("^["),        STR_INIT("%%"),
        STR_INIT(" ="),         STR_INIT("|"),         STR_INIT("\\("),
        STR_INIT("<B"),         STR_INIT("<Cl"),       STR_INIT("<Co"),
        STR_INIT("<T"),         STR_INIT("{:"),        STR_INIT(" ^"),
        STR_INIT("%["),         STR_INIT("[:"),        STR_INIT(":: "),
        STR_INIT("[caption "),  STR_INIT("[gallery "), STR_INIT("[embed"),
        STR_INIT(":title"),     STR_INIT(":embed"),    STR_INIT("{static}"),
        STR_INIT("{filename}"), STR_INIT("{attach}"),  STR_INIT(" align=\""),
        STR_INIT("[/"),         STR_INIT("[f:id:"),    STR_INIT("[#M_"),
        STR_INIT("[##_"),       STR_INIT("[tex:"),     STR_INIT("\\\\["),
    };

    return str_has_any(body, starts, sizeof starts / sizeof *starts) || mdx ||
           may_have_emoji(body);
}

/* The title of a tab, which Hexo's themes write in a comment. */
static bool put_comment_title(struct expander *x, const struct scan_line *line)
{
    str title = line->kind == LINE_RAW && x->titles
                    ? shortcode_comment_title(line->content)
                    : S("");

    if (title.n == 0)
        return false;
    buf_put(&x->sc->out, line->prefix);
    expander_end_block(x, line);
    buf_puts(&x->sc->out, "<p><strong>");
    buf_put(&x->sc->out, title);
    buf_puts(&x->sc->out, "</strong></p>");
    expander_end_block(x, line);
    return true;
}

static void expand(struct expander *x)
{
    struct scan_line line;

    while (scan_next(&x->scan, &line)) {
        bool done = expander_skip_statement(x, &line) ||
                    expander_unindent(x, &line) || put_comment_title(x, &line);
        bool text = line.kind == LINE_TEXT || line.kind == LINE_HEADING;
        if (done || (text && shortcode_is_property(line.content)))
            ;
        else if (text)
            put_text(x, &line);
        else
            buf_put(&x->sc->out, line.whole);
        if (line.ends)
            expander_end_line(x, x->scan.line + 1);
    }
}

/* The post's line of line N of what is read. */
static unsigned post_line(const struct expander *x, unsigned n)
{
    return x->post->body_line + relined_line(x->sc->before, n) - 1;
}

/* The start of S, on one line. */
static str shown(str s)
{
    size_t lf = str_find_char(s, '\n');

    if (lf != STR_NONE)
        s.n = lf;
    if (s.n <= KEPT_SHOWN)
        return s;
    s.n = KEPT_SHOWN;
    while (s.n > 0 && (s.p[s.n] & 0xc0) == 0x80)
        s.n--;
    return s;
}

static void report(const struct expander *x, struct diag *dg)
{
    if (x->n_kept > 0) {
        str kept = shown(x->kept);
        diag_add(dg, DIAG_SHORTCODE_KEPT, x->post->path,
                 post_line(x, x->kept_line),
                 "shortcode '%.*s' unknown, kept as text (%zu in this post)",
                 STR_ARG(kept), x->n_kept);
    }
    if (x->n_logic > 0) {
        str logic = shown(x->logic);
        diag_add(dg, DIAG_LOGIC_DROPPED, x->post->path,
                 post_line(x, x->logic_line),
                 "'%.*s' left out, not carried out (%zu in this post)",
                 STR_ARG(logic), x->n_logic);
    }
    if (x->n_formulas > 0)
        diag_add(dg, DIAG_FORMULA_KEPT, x->post->path,
                 post_line(x, x->formula_line),
                 "formula with '\\%.*s', which is not known, left as TeX (%zu "
                 "in this post)",
                 STR_ARG(x->command), x->n_formulas);
    if (x->dropped.n > 0) {
        str first = shown(x->dropped.v[0].whole);
        diag_add(dg, DIAG_SHORTCODE_DROPPED, x->post->path,
                 post_line(x, x->dropped.v[0].line),
                 "shortcode '%.*s' unknown, left it out (%zu in this post)",
                 STR_ARG(first), x->dropped.n);
    }
}

str shortcodes_expand(struct relined *out, const struct relined *before,
                      str body, const struct post *post, struct diag *dg)
{
    struct expander x = { .sc = out, .post = post };

    relined_begin(out, before);
    x.mdx = str_ends_nocase(post->path, S(".mdx")) || jsx_may_be_in(body);
    if (!may_have_any(body, x.mdx))
        return body;
    arena_init(&x.scratch);
    jsx_init(&x.jsx, &x.scratch);
    x.ends = arena_alloc_array(&x.scratch, sizeof *x.ends, shortcode_count());
    memset(x.ends, 0, sizeof *x.ends * shortcode_count());
    x.hatena = str_find(body, S("((")) != STR_NONE && shortcode_is_hatena(body);
    x.titles = str_find(body, S("<!-- tab")) != STR_NONE ||
               str_find(body, S("<!-- timeline ")) != STR_NONE;
    x.fold_ends = textcube_fold_ends(body);
    scan_init(&x.scan, body);
    relined_start(out);
    expand(&x);
    put_notes(&x);
    report(&x, dg);
    arena_done(&x.scratch);
    return buf_str(&out->out);
}
