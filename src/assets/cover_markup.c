/* SPDX-License-Identifier: MIT */
#include "assets/cover_markup.h"

#include <string.h>

#include "assets/cover_xml.h"

struct reader {
    str svg;
    const struct cover_texts *texts;
    struct arena *arena;
    struct cover_markup *out;
    struct buf sheet;
    size_t at, depth, n_texts;
};

static size_t name_length(str s)
{
    size_t n = 0;

    while (n < s.n && !ascii_is_space((unsigned char)s.p[n]) &&
           !strchr("/>=\"'<&", s.p[n]))
        n++;
    return n;
}

/* The attribute at the beginning of *REST, cut off. */
static bool read_attr(str *rest, struct cover_attribute *out)
{
    out->name = str_sub(*rest, 0, name_length(*rest));
    *rest = str_trim_left(str_from(*rest, out->name.n));
    if (!out->name.n || !str_starts(*rest, S("=")))
        return false;
    *rest = str_trim_left(str_from(*rest, 1));
    if (!rest->n || (rest->p[0] != '"' && rest->p[0] != '\''))
        return false;
    size_t end = str_find_char(str_from(*rest, 1), rest->p[0]);
    if (end == STR_NONE)
        return false;
    out->value = str_sub(*rest, 1, end);
    *rest = str_from(*rest, end + 2);
    return str_find_char(out->value, '&') == STR_NONE &&
           str_find_char(out->value, '<') == STR_NONE;
}

/* TAG is a start tag from '<' to '>'. */
static bool read_element(str tag, struct arena *a, struct cover_element *out)
{
    str rest = str_from(tag, 1);
    struct cover_attribute one;

    *out = (struct cover_element){ .name = str_sub(rest, 0,
                                                   name_length(rest)) };
    rest = str_trim_left(str_from(rest, out->name.n));
    while (!str_eq(rest, S(">")) && !str_eq(rest, S("/>"))) {
        if (!read_attr(&rest, &one) || cover_element_attr(out, one.name).p)
            return false;
        *vec_push(&out->attrs, a) = one;
        rest = str_trim_left(rest);
    }
    return out->name.n > 0;
}

/* What is between a style element's tags, of which the first was just read. */
static bool read_sheet(struct reader *r, const struct cover_element *e)
{
    str type = cover_element_attr(e, S("type")), rest = str_from(r->svg, r->at);
    size_t end = str_find_char(rest, '<');

    if (e->attrs.n > (type.n > 0) || (type.n && !str_eq(type, S("text/css"))) ||
        end == STR_NONE || !str_starts(str_from(rest, end), S("</style>")) ||
        str_find_char(str_sub(rest, 0, end), '&') != STR_NONE)
        return false;
    buf_put(&r->sheet, str_sub(rest, 0, end));
    buf_putc(&r->sheet, '\n');
    r->at += end;
    return true;
}

static bool read_start(struct reader *r)
{
    str rest = str_from(r->svg, r->at);
    size_t n = cover_tag_length(rest);
    str tag = str_sub(rest, 0, n);
    bool is_text = r->n_texts < r->texts->n &&
                   r->texts->v[r->n_texts].from == r->at;
    bool empty = str_ends(tag, S("/>"));
    struct cover_element e;

    if (n == STR_NONE || !read_element(tag, r->arena, &e) ||
        (is_text && r->depth != 1) ||
        (r->depth == 0 && (r->out->root.name.n || !str_eq(e.name, S("svg")))))
        return false;
    if (r->depth == 0)
        r->out->root = e;
    else if (is_text)
        r->out->texts[r->n_texts++] = e;
    else if (!str_eq(e.name, S("style")))
        *vec_push(&r->out->shapes, r->arena) = e;
    r->out->nested = r->out->nested || r->depth > 1;
    r->at += n;
    r->depth += !empty;
    return empty || !str_eq(e.name, S("style")) || read_sheet(r, &e);
}

static bool skip_behind(struct reader *r, str mark)
{
    size_t at = str_find(str_from(r->svg, r->at), mark);

    r->at += at == STR_NONE ? 0 : at + mark.n;
    return at != STR_NONE;
}

/* The piece of markup at R->at. */
static bool read_markup(struct reader *r)
{
    str rest = str_from(r->svg, r->at);

    if (str_starts(rest, S("<!--")))
        return skip_behind(r, S("-->"));
    if (str_starts(rest, S("<?xml ")))
        return skip_behind(r, S("?>"));
    if (str_starts(rest, S("<!")) || str_starts(rest, S("<?")))
        return false;
    if (!str_starts(rest, S("</")))
        return read_start(r);
    if (r->depth == 0)
        return false;
    r->depth--;
    return skip_behind(r, S(">"));
}

static bool read_all(struct reader *r)
{
    for (;;) {
        size_t next = str_find_char(str_from(r->svg, r->at), '<');
        if (next == STR_NONE)
            return r->depth == 0 && r->n_texts == r->texts->n;
        r->at += next;
        if (!read_markup(r))
            return false;
    }
}

bool cover_markup_read(str svg, const struct cover_texts *texts,
                       struct arena *a, struct cover_markup *out)
{
    struct reader r = { .svg = svg, .texts = texts, .arena = a, .out = out };

    *out = (struct cover_markup){ .texts = arena_array(a, struct cover_element,
                                                       texts->n) };
    bool ok = read_all(&r);
    out->sheet = arena_dup(a, buf_str(&r.sheet));
    buf_done(&r.sheet);
    return ok;
}

str cover_element_attr(const struct cover_element *e, str name)
{
    for (size_t i = 0; i < e->attrs.n; i++)
        if (str_eq(e->attrs.v[i].name, name))
            return e->attrs.v[i].value;
    return (str){ 0 };
}
