/* SPDX-License-Identifier: MIT */
#include "convert/jsx.h"
#include "convert/shortcode_parts.h"
#include "convert/shortcode_put.h"

/* Bytes of a comment between braces. */
#define BRACE_MAX 10000

/* Names that mean a shortcode of another one. */
static str shortcode_name(str name)
{
    static const struct {
        str name, shortcode;
    } names[] = {
        { STR_INIT("aside"), STR_INIT("note") },
        { STR_INIT("accordion"), STR_INIT("details") },
        { STR_INIT("bleed"), STR_INIT("div") },
        { STR_INIT("codegroupitem"), STR_INIT("tabitem") },
        { STR_INIT("figcaption"), STR_INIT("div") },
        { STR_INIT("youtubeembed"), STR_INIT("youtube") },
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(name, names[i].name))
            return names[i].shortcode;
    return name;
}

static void put_component(struct expander *x, const struct scan_line *line,
                          struct shortcode_tag *tag)
{
    struct buf *out = &x->sc->out;
    bool alone = expander_is_alone(x, line, tag->whole);
    size_t from = out->n;

    tag->name = shortcode_name(tag->name);
    shortcode_look_up(tag);
    if (tag->action == SHORTCODE_REPLACE) {
        if (tag->closing && alone)
            expander_end_block(x, line);
        shortcode_replace(tag, out);
        if (tag->single && shortcode_is_paired(tag))
            buf_put(out, shortcode_closing(tag));
    } else if (!tag->closing && !shortcode_put_words(tag, out) && tag->single &&
               tag->name.n > 0) {
        *vec_push(&x->dropped, &x->scratch) = (struct dropped){ tag->whole,
                                                                tag->name,
                                                                x->scan.line };
    }
    if (alone) {
        if (out->n > from)
            expander_end_block(x, line);
        x->scan.in_paragraph = false;
    }
}

bool expander_put_jsx(struct expander *x, struct scan_line *line, str *rest)
{
    str text = x->scan.text;
    size_t at = (size_t)(rest->p - text.p);
    struct shortcode_tag tag;

    if (!x->mdx && !jsx_is_component(*rest))
        return false;
    size_t n = jsx_read(&x->jsx, str_from(text, at), &tag);

    if (n == 0)
        return false;
    if (jsx_is_component(tag.whole)) {
        if (!x->mdx &&
            !jsx_is_known(tag.name, expander_is_alone(x, line, tag.whole)))
            return false;
        put_component(x, line, &tag);
    } else {
        if (!x->mdx || (str_find(tag.whole, S("={")) == STR_NONE &&
                        str_find(tag.whole, S("className=")) == STR_NONE))
            return false;
        jsx_put_html(&tag, &x->sc->out);
    }
    expander_go_on(x, at + n, rest, line);
    return true;
}

/* "## Title {" "/" "*id*" "/}": the id of a heading of MDX. */
static bool put_heading_id(struct expander *x, const struct scan_line *line,
                           str comment)
{
    str id = str_trim(str_sub(comment, 3, comment.n - 6));

    if (line->kind != LINE_HEADING || id.n == 0)
        return false;
    for (size_t i = 0; i < id.n; i++)
        if (!ascii_is_alnum((unsigned char)id.p[i]) && id.p[i] != '-' &&
            id.p[i] != '_')
            return false;
    buf_printf(&x->sc->out, "{#%.*s}", STR_ARG(id));
    return true;
}

bool expander_put_brace(struct expander *x, struct scan_line *line, str *rest)
{
    str text = x->scan.text, inside;
    size_t at = (size_t)(rest->p - text.p);
    size_t n = jsx_brace(str_sub(text, at, BRACE_MAX), &inside);

    if (n == 0)
        return false;
    if (str_find_char(inside, '\n') != STR_NONE)
        return false;
    if (inside.n > 0 || !put_heading_id(x, line, str_sub(text, at, n)))
        buf_put(&x->sc->out, inside);
    expander_go_on(x, at + n, rest, line);
    return true;
}

bool expander_skip_statement(struct expander *x, struct scan_line *line)
{
    str text = x->scan.text;
    size_t at = line->offset;

    if (!x->mdx || line->kind != LINE_TEXT || line->continues ||
        !(str_starts(line->whole, S("import ")) ||
          str_starts(line->whole, S("export "))))
        return false;
    jsx_import(&x->jsx, line->whole);
    size_t n = jsx_statement_length(str_from(text, at));
    for (size_t i = line->whole.n + line->ends; i < n; i++)
        x->scan.line += text.p[at + i] == '\n' || at + i + 1 == text.n;
    x->scan.at = at + n;
    x->scan.in_paragraph = false;
    line->ends = n > 0 && text.p[at + n - 1] == '\n';
    return true;
}

/* Code in a fence that is indented goes on as it is, less the fence's
 * indentation. True: LINE belongs to it. */
static bool put_fenced(struct expander *x, const struct scan_line *line)
{
    str s = line->whole;
    size_t n = 0;
    bool fence = str_starts(line->content, S("```"));

    if (!fence && x->jsx_indent == 0)
        return false;
    if (fence && x->jsx_indent == 0) {
        x->jsx_indent = (size_t)(line->content.p - s.p);
        buf_put(&x->sc->out, line->content);
        return true;
    }
    while (n < x->jsx_indent && n < s.n && ascii_is_space(s.p[n]))
        n++;
    buf_put(&x->sc->out, str_from(s, n));
    if (fence)
        x->jsx_indent = 0;
    return true;
}

bool expander_unindent(struct expander *x, struct scan_line *line)
{
    if (!x->mdx || x->scan.fence || x->scan.n_nest > 0)
        return false;
    if (x->jsx_indent == 0 && line->kind != LINE_CODE)
        return false;
    if (put_fenced(x, line))
        return true;
    line->whole = line->content;
    line->prefix = line->nest = S("");
    line->kind = LINE_TEXT;
    return false;
}
