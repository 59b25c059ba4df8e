/* SPDX-License-Identifier: MIT */
#include "convert/shortcode_parts.h"
#include "convert/shortcode_put.h"
#include "convert/ticks.h"

/* Closing tags are compared with so many of the last dropped ones. */
#define DROPPED_OPEN 16
/* A fence that is indented by more is none (CommonMark 4.5). */
#define FENCE_INDENT 3

void expander_end_line(struct expander *x, unsigned next)
{
    relined_end_line(x->sc, next);
}

void expander_keep(struct expander *x, str s)
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
        expander_end_line(x, ++line);
        s = str_from(s, n + 1);
    }
    buf_put(&x->sc->out, s);
}

/* CODE, of one line, inside a line. */
static void put_inline_code(struct buf *out, str code)
{
    size_t n = ticks_of_span(code);

    ticks_put(out, n);
    buf_putc(out, ' ');
    buf_put(out, code);
    buf_putc(out, ' ');
    ticks_put(out, n);
}

/* The title of code becomes a line above it. */
static void put_code_title(struct expander *x, const struct scan_line *line,
                           const struct shortcode_tag *tag)
{
    struct buf title = { 0 };

    if (shortcode_put_code_title(tag, &title)) {
        put_inline_code(&x->sc->out, buf_str(&title));
        expander_end_line(x, x->scan.line);
        relined_put_nest(x->sc, line->nest);
        expander_end_line(x, x->scan.line);
        relined_put_nest(x->sc, line->nest);
    }
    buf_done(&title);
}

void expander_put_code(struct expander *x, const struct scan_line *line,
                       const struct shortcode_tag *tag, str code, bool alone)
{
    struct buf *out = &x->sc->out;
    unsigned n = x->scan.line;
    size_t ticks = ticks_of_fence(code);

    if (str_find_char(code, '\n') == STR_NONE) {
        put_inline_code(out, str_trim(code));
        return;
    }
    if (!alone || line->prefix.n - line->nest.n > FENCE_INDENT) {
        expander_end_line(x, n);
        relined_put_nest(x->sc, line->nest);
    }
    put_code_title(x, line, tag);
    ticks_put(out, ticks);
    buf_put(out, shortcode_language(tag));
    /* What follows the tag in its line is code only if it says something. */
    str first = code;
    str_next_line(&code, &first);
    expander_end_line(x, !str_is_blank(first) ? n : n + 1);
    if (!str_is_blank(first)) {
        buf_put(out, first);
        expander_end_line(x, n + 1);
    }
    n++;
    while (str_next_line(&code, &first)) {
        n++;
        if (code.n == 0 && str_is_blank(first))
            break;
        buf_put(out, first);
        expander_end_line(x, n);
    }
    relined_put_nest(x->sc, line->nest);
    ticks_put(out, ticks);
}

void expander_go_on(struct expander *x, size_t at, str *rest,
                    struct scan_line *line)
{
    str text = x->scan.text;
    size_t from = (size_t)(rest->p - text.p);

    /* Not to look for the line's end once a tag. */
    if (at <= from + rest->n) {
        *rest = str_from(*rest, at - from);
        return;
    }
    size_t n = str_find_char(str_from(text, at), '\n');
    size_t end = n == STR_NONE ? text.n : at + n;
    for (size_t i = from; i < at; i++)
        x->scan.line += text.p[i] == '\n';
    x->scan.at = end + (end < text.n);
    line->ends = end < text.n;
    *rest = str_sub(text, at, end - at);
}

static size_t syntax_of(const struct shortcode_tag *tag)
{
    return !tag->hugo ? 0 : tag->whole.p[2] == '<' ? 1 : 2;
}

/* Where in the text the closing tag of TAG stands, *N its length; STR_NONE:
 * there is none. */
static size_t find_end(struct expander *x, const struct shortcode_tag *tag,
                       size_t *n)
{
    str text = x->scan.text;
    size_t from = (size_t)(tag->whole.p - text.p) + tag->whole.n;
    struct shortcode_end *end = &x->ends[tag->index][syntax_of(tag)];

    if (tag->single)
        return STR_NONE;
    if (end->at != STR_NONE && end->at < from) {
        end->at = shortcode_find_end(tag, str_from(text, from), &end->n);
        if (end->at != STR_NONE)
            end->at += from;
    }
    *n = end->n;
    return end->at;
}

/* A tag whose contents are not Markdown. False: nothing closes it. */
static bool put_block(struct expander *x, struct scan_line *line, str *rest,
                      const struct shortcode_tag *tag)
{
    str text = x->scan.text;
    size_t from = (size_t)(tag->whole.p - text.p) + tag->whole.n, n = 0;
    size_t end = find_end(x, tag, &n);
    bool alone = tag->whole.p == line->content.p;

    if (end == STR_NONE)
        return false;
    str inside = str_sub(text, from, end - from);
    if (tag->action == SHORTCODE_CODE)
        expander_put_code(x, line, tag, inside, alone);
    else if (tag->action == SHORTCODE_VERBATIM)
        copy_lines(x, inside, x->scan.line);
    expander_go_on(x, end + n, rest, line);
    if (tag->action == SHORTCODE_CODE && !str_is_blank(*rest) &&
        str_find_char(inside, '\n') != STR_NONE)
        expander_end_line(x, x->scan.line);
    return true;
}

bool expander_is_alone(const struct expander *x, const struct scan_line *line,
                       str tag)
{
    str text = x->scan.text;

    /* Asked first: a line may hold many tags. */
    if (tag.p != line->content.p)
        return false;
    str rest = str_from(text, (size_t)(tag.p - text.p) + tag.n);
    return str_is_blank(str_sub(rest, 0, str_find_char(rest, '\n')));
}

/* The tag called NAME that was left out has its other half. */
static void forget_dropped(struct expander *x, str name)
{
    size_t least = x->dropped.n < DROPPED_OPEN ? 0
                                               : x->dropped.n - DROPPED_OPEN;

    if (x->dropped.n > 0 && str_starts(name, S("end")))
        name = str_from(name, 3);
    for (size_t i = x->dropped.n; i-- > least;)
        if (str_eq(x->dropped.v[i].name, name)) {
            for (x->dropped.n--; i < x->dropped.n; i++)
                x->dropped.v[i] = x->dropped.v[i + 1];
            return;
        }
}

/* Words without quotes, of Korean or Chinese: no tag of Liquid has them. */
static bool has_bare_words(const struct shortcode_tag *tag)
{
    for (size_t i = 0; i < tag->n_args; i++)
        if (tag->args[i].name.n == 0 && !tag->args[i].quoted &&
            tag->args[i].value.n > 0 &&
            (unsigned char)tag->args[i].value.p[0] >= 0x80)
            return true;
    return false;
}

/* A tag that no table knows. In Liquid one inside a line may be meant
 * literally. */
static bool put_unknown(struct expander *x, const struct scan_line *line,
                        const struct shortcode_tag *tag)
{
    bool ends = tag->closing || (!tag->hugo && str_starts(tag->name, S("end")));

    if (!tag->hugo && !expander_is_alone(x, line, tag->whole) && !ends &&
        !has_bare_words(tag)) {
        expander_keep(x, tag->whole);
        return false;
    }
    if (ends)
        forget_dropped(x, tag->name);
    else if (!shortcode_put_words(tag, &x->sc->out))
        *vec_push(&x->dropped, &x->scratch) = (struct dropped){ tag->whole,
                                                                tag->name,
                                                                x->scan.line };
    return true;
}

static bool is_block(str html)
{
    static const str starts[] = {
        STR_INIT("<p>"),      STR_INIT("<blockquote"), STR_INIT("<details"),
        STR_INIT("<figure>"), STR_INIT("<div"),        STR_INIT("<iframe"),
        STR_INIT("</"),
    };

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts(html, starts[i]))
            return true;
    return false;
}

void expander_end_block(struct expander *x, const struct scan_line *line)
{
    expander_end_line(x, x->scan.line);
    relined_put_nest(x->sc, line->nest);
    x->scan.in_paragraph = false;
}

/* Would a blank line end a block of HTML that TAG stands in? */
static bool is_amid_html(const struct expander *x, const struct scan_line *line,
                         str tag)
{
    str rest = str_from(x->scan.text, (size_t)(tag.p - x->scan.text.p) + tag.n);

    str_cut(&rest, '\n');
    return line->prefix.n - line->nest.n >= 4 ||
           str_starts(
               str_trim_left(str_sub(rest, 0, str_find_char(rest, '\n'))),
               S("<"));
}

static void put_replacement(struct expander *x, const struct scan_line *line,
                            const struct shortcode_tag *tag)
{
    struct buf *out = &x->sc->out;
    bool paired = shortcode_is_paired(tag),
         alone = expander_is_alone(x, line, tag->whole);
    size_t n;

    if (tag->closing && paired && alone)
        expander_end_block(x, line);
    size_t from = out->n;
    shortcode_replace(tag, out);
    if (paired && !tag->closing && find_end(x, tag, &n) == STR_NONE)
        buf_put(out, shortcode_closing(tag));
    if (alone && is_block(str_from(buf_str(out), from)) &&
        !is_amid_html(x, line, tag->whole))
        expander_end_block(x, line);
}

/* Shows a literal tag as Hugo does. */
static void put_literal(const struct shortcode_tag *tag, struct buf *out)
{
    str s = tag->whole;
    size_t from = str_find(s, S("/*")), to = str_find(s, S("*/"));

    buf_puts(out, s.p[2] == '<' ? "{{\\<" : "{{%");
    buf_put(out, str_sub(s, from + 2, to - from - 2));
    buf_puts(out, s.p[2] == '<' ? "\\>}}" : "%}}");
}

static void note_logic(struct expander *x, const struct shortcode_tag *tag)
{
    if (tag->closing || x->n_logic++ > 0)
        return;
    x->logic_line = x->scan.line;
    x->logic = tag->whole;
}

bool expander_put_tag(struct expander *x, struct scan_line *line, str *rest)
{
    str text = x->scan.text;
    size_t at = (size_t)(rest->p - text.p);
    struct shortcode_tag tag;

    if (!shortcode_read(str_sub(text, at, SHORTCODE_MAX), &tag))
        return false;
    if (tag.literal)
        put_literal(&tag, &x->sc->out);
    else if (tag.action == SHORTCODE_UNKNOWN) {
        if (!put_unknown(x, line, &tag))
            return false;
    } else if (tag.action == SHORTCODE_LOGIC) {
        note_logic(x, &tag);
    } else if (tag.action != SHORTCODE_REPLACE && !tag.closing) {
        return put_block(x, line, rest, &tag);
    } else if (tag.action == SHORTCODE_REPLACE) {
        put_replacement(x, line, &tag);
    }
    expander_go_on(x, at + tag.whole.n, rest, line);
    return true;
}
