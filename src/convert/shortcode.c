/* SPDX-License-Identifier: MIT */
#include "convert/shortcode.h"

#include <stdlib.h>
#include <string.h>

#include "convert/shortcode_inline.h"
#include "convert/shortcode_tag.h"
#include "convert/source_inline.h"
#include "convert/source_scan.h"

/* Bytes of an unknown shortcode that a message shows. */
#define KEPT_SHOWN 60

void shortcodes_done(struct shortcodes *sc)
{
    buf_done(&sc->out);
    buf_done(&sc->lines);
}

unsigned shortcodes_line(const struct shortcodes *sc, unsigned n)
{
    size_t i = (size_t)n * sizeof(uint32_t);
    uint32_t line = n;

    if (n >= 1 && i <= sc->lines.n)
        memcpy(&line, sc->lines.p + i - sizeof line, sizeof line);
    return line;
}

/* One run over a post. */
struct expander {
    struct shortcodes *sc;
    struct scan scan;
    const struct post *post;
    unsigned kept_line; /* of the first that is not known */
    str kept;
    size_t n_kept;
    bool *no_end; /* by shortcode: no closing tag follows */
    bool mdx;
};

/* Ends a line of the result; the next stems from line NEXT of the input. */
static void end_line(struct expander *x, unsigned next)
{
    uint32_t line = next;

    buf_putc(&x->sc->out, '\n');
    buf_put(&x->sc->lines, (str){ (const char *)&line, sizeof line });
}

static void keep(struct expander *x, str s)
{
    if (x->n_kept++ == 0) {
        x->kept_line = x->scan.line;
        x->kept = s;
    }
}

/* Copies whole lines, or a part of one, S beginning in line LINE. */
static void copy_lines(struct expander *x, str s, unsigned line)
{
    size_t n;

    while ((n = str_find_char(s, '\n')) != STR_NONE) {
        buf_put(&x->sc->out, str_sub(s, 0, n));
        end_line(x, ++line);
        s = str_from(s, n + 1);
    }
    buf_put(&x->sc->out, s);
}

static size_t longest_tick_run(str s)
{
    size_t longest = 0, n = 0;

    for (size_t i = 0; i < s.n; i++) {
        n = s.p[i] == '`' ? n + 1 : 0;
        longest = n > longest ? n : longest;
    }
    return longest;
}

static void put_fence(struct buf *out, str prefix, size_t n)
{
    for (size_t i = 0; i < prefix.n; i++)
        buf_putc(out, prefix.p[i] == '\t'  ? '\t'
                      : prefix.p[i] == '>' ? '>'
                                           : ' ');
    for (size_t i = 0; i < n; i++)
        buf_putc(out, '`');
}

/* CODE, of one line, inside a line. */
static void put_inline_code(struct buf *out, str code)
{
    size_t n = longest_tick_run(code) + 1;

    put_fence(out, S(""), n);
    buf_putc(out, ' ');
    buf_put(out, code);
    buf_putc(out, ' ');
    put_fence(out, S(""), n);
}

/* Fenced code of what stands between a tag at the end of the current line and
 * its closing tag. ALONE: nothing stands before it in the line. */
static void put_code(struct expander *x, const struct scan_line *line,
                     const struct shortcode_tag *tag, str code, bool alone)
{
    struct buf *out = &x->sc->out;
    unsigned n = x->scan.line;
    size_t ticks = longest_tick_run(code);

    ticks = ticks < 3 ? 3 : ticks + 1;
    if (str_find_char(code, '\n') == STR_NONE) {
        put_inline_code(out, str_trim(code));
        return;
    }
    if (!alone) {
        end_line(x, n);
        put_fence(out, line->prefix, 0);
    }
    put_fence(out, S(""), ticks);
    buf_put(out, shortcode_language(tag));
    /* What follows the tag in its line is code only if it says something. */
    str first = code;
    str_next_line(&code, &first);
    end_line(x, str_trim(first).n > 0 ? n : n + 1);
    if (str_trim(first).n > 0) {
        buf_put(out, first);
        end_line(x, n + 1);
    }
    n++;
    while (str_next_line(&code, &first)) {
        n++;
        if (code.n == 0 && str_trim(first).n == 0)
            break;
        buf_put(out, first);
        end_line(x, n);
    }
    put_fence(out, line->prefix, ticks);
}

/* Goes on behind AT, a place in the text: *REST is what is left of its
 * line. */
static void jump(struct expander *x, size_t at, str *rest,
                 struct scan_line *line)
{
    str text = x->scan.text;
    size_t n = str_find_char(str_from(text, at), '\n');
    size_t end = n == STR_NONE ? text.n : at + n;

    for (size_t i = (size_t)(rest->p - text.p); i < at; i++)
        x->scan.line += text.p[i] == '\n';
    x->scan.at = end + (end < text.n);
    line->ends = end < text.n;
    *rest = str_sub(text, at, end - at);
}

/* A tag whose contents are not Markdown. False: nothing closes it. */
static bool put_block(struct expander *x, struct scan_line *line, str *rest,
                      const struct shortcode_tag *tag)
{
    str text = x->scan.text;
    size_t from = (size_t)(tag->whole.p - text.p) + tag->whole.n, n = 0;
    size_t end = STR_NONE;
    bool alone = tag->whole.p == line->content.p;

    if (!x->no_end[tag->index])
        end = shortcode_find_end(tag, str_from(text, from), &n);
    if (end == STR_NONE) {
        x->no_end[tag->index] = true;
        return false;
    }
    str inside = str_sub(text, from, end);
    if (tag->action == SHORTCODE_CODE)
        put_code(x, line, tag, inside, alone);
    else if (tag->action == SHORTCODE_VERBATIM)
        copy_lines(x, inside, x->scan.line);
    jump(x, from + end + n, rest, line);
    if (tag->action == SHORTCODE_CODE && str_trim(*rest).n > 0 &&
        str_find_char(inside, '\n') != STR_NONE)
        end_line(x, x->scan.line);
    return true;
}

/* A tag at the start of REST; true: it is dealt with. */
static bool put_tag(struct expander *x, struct scan_line *line, str *rest)
{
    struct shortcode_tag tag;

    if (!shortcode_read(*rest, &tag))
        return false;
    if (tag.action == SHORTCODE_UNKNOWN) {
        keep(x, tag.whole);
        return false;
    }
    if (tag.action != SHORTCODE_REPLACE && !tag.closing)
        return put_block(x, line, rest, &tag);
    if (tag.action == SHORTCODE_REPLACE)
        shortcode_replace(&tag, &x->sc->out);
    *rest = str_from(*rest, tag.whole.n);
    return true;
}

/* What the brace at the start of REST may begin. */
static bool put_brace(struct expander *x, struct scan_line *line, str *rest,
                      str whole)
{
    if (put_tag(x, line, rest))
        return true;
    if (!str_starts(*rest, S("{{")) || str_starts(*rest, S("{{<")))
        return false;
    size_t n = shortcode_expression(whole, (size_t)(rest->p - whole.p),
                                    &x->sc->out);
    str close = str_sub(*rest, 0, SHORTCODE_MAX);
    if (n == 0 && str_find(close, S("}}")) != STR_NONE)
        keep(x, *rest);
    *rest = str_from(*rest, n);
    return n > 0;
}

/* One thing at AT in LINE, other than a tag; bytes used, or 0. */
static size_t put_small(str line, size_t at, struct buf *out)
{
    switch (line.p[at]) {
    case '!':
    case '[':
        return shortcode_wiki(line, at, out);
    case '=':
        return shortcode_mark(line, at, out);
    case ':':
        return shortcode_emoji(line, at, out);
    default:
        return 0;
    }
}

static bool is_quoted(str prefix)
{
    return str_find_char(prefix, '>') != STR_NONE;
}

static void put_text(struct expander *x, struct scan_line *line)
{
    struct buf *out = &x->sc->out;
    str whole = line->content, rest = whole;
    struct inline_walk ticks;
    bool code;

    buf_put(out, str_sub(line->whole, 0, (size_t)(whole.p - line->whole.p)));
    if (is_quoted(line->prefix))
        rest = str_from(rest, shortcode_callout(whole, 0, out));
    inline_init(&ticks, whole);
    while (rest.n > 0) {
        size_t at = (size_t)(rest.p - whole.p), n = 0;
        switch (rest.p[0]) {
        case '`':
            n = inline_code_length(&ticks, at, &code);
            buf_put(out, str_sub(rest, 0, n));
            break;
        case '\\':
            n = rest.n > 1 ? 2 : 1;
            buf_put(out, str_sub(rest, 0, n));
            break;
        case '{':
            if (!put_brace(x, line, &rest, whole))
                break;
            /* Behind a block the line is another one. */
            if (rest.p > whole.p + whole.n) {
                whole = rest;
                inline_init(&ticks, whole);
            }
            continue;
        default:
            n = put_small(whole, at, out);
        }
        if (n == 0) {
            buf_putc(out, rest.p[0]);
            n = 1;
        }
        rest = str_from(rest, n);
    }
}

/* Imports and exports of MDX are a program's, not the reader's. */
static bool is_mdx_line(const struct expander *x, const struct scan_line *line)
{
    return x->mdx && line->kind == LINE_TEXT && !line->continues &&
           (str_starts(line->whole, S("import ")) ||
            str_starts(line->whole, S("export ")));
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
    static const str starts[] = { STR_INIT("{%"), STR_INIT("{{"),
                                  STR_INIT("[["), STR_INIT("=="),
                                  STR_INIT("[!") };

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_find(body, starts[i]) != STR_NONE)
            return true;
    return mdx || may_have_emoji(body);
}

static void expand(struct expander *x)
{
    struct scan_line line;

    while (scan_next(&x->scan, &line)) {
        bool text = line.kind == LINE_TEXT || line.kind == LINE_HEADING;
        if (is_mdx_line(x, &line))
            x->scan.in_paragraph = false;
        else if (text)
            put_text(x, &line);
        else
            buf_put(&x->sc->out, line.whole);
        if (line.ends)
            end_line(x, x->scan.line + 1);
    }
}

str shortcodes_expand(struct shortcodes *sc, str body, const struct post *post,
                      struct diag *dg)
{
    struct expander x = { .sc = sc, .post = post };
    uint32_t first = 1;

    buf_reset(&sc->out);
    buf_reset(&sc->lines);
    x.mdx = str_ends_nocase(post->path, S(".mdx"));
    if (!may_have_any(body, x.mdx))
        return body;
    x.no_end = calloc(shortcode_count(), sizeof *x.no_end);
    if (!x.no_end)
        die("out of memory");
    scan_init(&x.scan, body);
    buf_put(&sc->lines, (str){ (const char *)&first, sizeof first });
    expand(&x);
    free(x.no_end);
    if (x.n_kept > 0) {
        bool cut = x.kept.n > KEPT_SHOWN;
        if (cut)
            x.kept.n = KEPT_SHOWN;
        while (x.kept.n > 0 && cut && (x.kept.p[x.kept.n] & 0xc0) == 0x80)
            x.kept.n--;
        diag_add(dg, DIAG_SHORTCODE_KEPT, post->path,
                 post->body_line + x.kept_line - 1,
                 "shortcode '%.*s' unknown, kept as text (%zu in this post)",
                 STR_ARG(x.kept), x.n_kept);
    }
    return buf_str(&sc->out);
}
