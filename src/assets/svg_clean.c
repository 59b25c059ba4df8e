/* SPDX-License-Identifier: MIT */
#include "assets/svg_clean.h"

#include <string.h>

#include "assets/svg_refs.h"
#include "base/utf8.h"
#include "base/vec.h"

/* More exist only to hurt. */
#define DEPTH_MAX 256
#define ATTRS_MAX 128

#define SVG_NAMES   "http://www.w3.org/2000/svg"
#define XLINK_NAMES "http://www.w3.org/1999/xlink"

struct attribute {
    str name, value; /* the value decoded */
};

struct cleaner {
    str rest;
    struct buf *out;
    struct svg_size *size;
    struct arena arena; /* values of the attributes and names in use */
    str open[DEPTH_MAX];
    size_t depth, elements;
    size_t hidden; /* the depth from which on nothing is written; 0: none */
    str prefix;    /* of SVG's own names, with its colon */
    VEC(struct attribute) attrs;
    struct svg_refs *refs;
    struct buf text, scratch; /* text of a style element; values */
    const char *why;
};

static bool fail(struct cleaner *c, const char *why)
{
    c->why = why;
    return false;
}

static void skip(struct cleaner *c, size_t n)
{
    c->rest = str_from(c->rest, n);
}

static bool skip_behind(struct cleaner *c, str mark)
{
    size_t at = str_find(c->rest, mark);

    if (at == STR_NONE)
        return fail(c, "truncated SVG");
    skip(c, at + mark.n);
    return true;
}

static str read_name(struct cleaner *c)
{
    size_t n = 0;

    while (n < c->rest.n && !strchr(" \t\r\n/>=<\"'&", c->rest.p[n]))
        n++;
    str name = str_sub(c->rest, 0, n);
    skip(c, n);
    return name;
}

/* The name without SVG's prefix; of another vocabulary: empty. */
static str local_name(const struct cleaner *c, str name)
{
    if (c->prefix.n && str_starts(name, c->prefix))
        name = str_from(name, c->prefix.n);
    else if (c->prefix.n)
        return (str){ 0 };
    return str_find_char(name, ':') == STR_NONE ? name : (str){ 0 };
}

static bool is_in_style(const struct cleaner *c)
{
    return c->depth > 0 && !c->hidden &&
           str_eq(local_name(c, c->open[c->depth - 1]), S("style"));
}

/* One name="value"; the rest stands on the name. */
static bool read_attr(struct cleaner *c)
{
    str name = read_name(c);

    c->rest = str_trim_left(c->rest);
    if (name.n == 0 || c->rest.n == 0 || c->rest.p[0] != '=')
        return fail(c, "damaged SVG");
    skip(c, 1);
    c->rest = str_trim_left(c->rest);
    if (c->rest.n == 0 || (c->rest.p[0] != '"' && c->rest.p[0] != '\''))
        return fail(c, "damaged SVG");
    char quote = c->rest.p[0];
    skip(c, 1);
    size_t end = str_find_char(c->rest, quote);
    if (end == STR_NONE)
        return fail(c, "truncated SVG");
    buf_reset(&c->scratch);
    svg_decode(str_sub(c->rest, 0, end), &c->scratch);
    skip(c, end + 1);
    if (c->attrs.n < ATTRS_MAX)
        *vec_push(&c->attrs, &c->arena) = (struct attribute){
            name, arena_dup(&c->arena, buf_str(&c->scratch))
        };
    return true;
}

/* Up to and with the end of the tag; *EMPTY: it was "/>". */
static bool read_attrs(struct cleaner *c, bool *empty)
{
    c->attrs.n = 0;
    for (;;) {
        c->rest = str_trim_left(c->rest);
        *empty = str_starts(c->rest, S("/>"));
        if (*empty || str_starts(c->rest, S(">"))) {
            skip(c, *empty ? 2 : 1);
            return true;
        }
        if (c->rest.n == 0)
            return fail(c, "truncated SVG");
        if (!read_attr(c))
            return false;
    }
}

static str value_of(const struct cleaner *c, const char *name)
{
    for (size_t i = 0; i < c->attrs.n; i++)
        if (str_eq(c->attrs.v[i].name, str_of(name)))
            return c->attrs.v[i].value;
    return (str){ 0 };
}

/* Does the element, an animation, change what must not be there at all? */
static bool changes_links(const struct cleaner *c)
{
    str target = str_trim(value_of(c, "attributeName"));

    return str_ends_nocase(target, S("href")) ||
           str_starts_nocase(target, S("on"));
}

static bool element_stays(const struct cleaner *c, str local)
{
    str names = value_of(c, "xmlns");

    return svg_element_stays(local) && !changes_links(c) &&
           (c->depth == 0 || c->prefix.n || names.n == 0 ||
            str_eq(names, S(SVG_NAMES)));
}

static bool is_repeated(const struct cleaner *c, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (str_eq(c->attrs.v[k].name, c->attrs.v[i].name))
            return true;
    return false;
}

/* An identifier is one element's. */
static bool is_taken(struct cleaner *c, str local, const struct attribute *at)
{
    return str_eq(at->name, S("id")) &&
           !svg_refs_define(c->refs, at->value, local);
}

static void put_attrs(struct cleaner *c, str local)
{
    for (size_t i = 0; i < c->attrs.n; i++) {
        const struct attribute *at = &c->attrs.v[i];
        str value = at->value;
        if (is_repeated(c, i) ||
            !svg_attr_stays(at->name, &value, &c->scratch) ||
            is_taken(c, local, at) ||
            !svg_refs_check(c->refs, local, at->name, &value))
            continue;
        buf_putc(c->out, ' ');
        buf_put(c->out, at->name);
        buf_puts(c->out, "=\"");
        svg_encode(value, c->out);
        buf_putc(c->out, '"');
    }
}

static bool begin_root(struct cleaner *c, str name)
{
    size_t colon = str_find_char(name, ':');

    if (colon != STR_NONE)
        c->prefix = arena_dup(&c->arena, str_sub(name, 0, colon + 1));
    if (!str_eq(local_name(c, name), S("svg")))
        return fail(c, "no picture of a known type");
    for (size_t i = 0; i < c->attrs.n; i++)
        svg_size_read(c->size, c->attrs.v[i].name, c->attrs.v[i].value);
    return true;
}

static void put_start(struct cleaner *c, str local, bool empty)
{
    buf_putc(c->out, '<');
    buf_put(c->out, local);
    if (c->depth == 0)
        buf_puts(c->out,
                 " xmlns=\"" SVG_NAMES "\" xmlns:xlink=\"" XLINK_NAMES "\"");
    put_attrs(c, local);
    buf_puts(c->out, empty ? "/>" : ">");
}

static bool read_start_tag(struct cleaner *c)
{
    str name = read_name(c);
    bool empty;

    if (name.n == 0 || (c->depth == 0 && c->elements > 0))
        return fail(c, "damaged SVG");
    if (!read_attrs(c, &empty) || (c->elements == 0 && !begin_root(c, name)))
        return false;
    if (c->depth == DEPTH_MAX)
        return fail(c, "SVG that is nested too deep");
    str local = local_name(c, name);
    bool stays = !c->hidden && !is_in_style(c) && element_stays(c, local);
    if (stays)
        put_start(c, local, empty);
    c->elements++;
    if (empty)
        return true;
    c->open[c->depth++] = name;
    if (!stays && !c->hidden)
        c->hidden = c->depth;
    return true;
}

static void put_style(struct cleaner *c)
{
    buf_reset(&c->scratch);
    svg_css_clean(buf_str(&c->text), &c->scratch);
    svg_encode(buf_str(&c->scratch), c->out);
    buf_reset(&c->text);
}

static bool read_end_tag(struct cleaner *c)
{
    str name = read_name(c);

    c->rest = str_trim_left(c->rest);
    if (c->rest.n == 0)
        return fail(c, "truncated SVG");
    if (c->rest.p[0] != '>' || c->depth == 0 ||
        !str_eq(c->open[c->depth - 1], name))
        return fail(c, "damaged SVG");
    skip(c, 1);
    if (is_in_style(c))
        put_style(c);
    c->depth--;
    if (c->hidden) {
        c->hidden = c->hidden > c->depth ? 0 : c->hidden;
        return true;
    }
    buf_puts(c->out, "</");
    buf_put(c->out, local_name(c, name));
    buf_putc(c->out, '>');
    return true;
}

/* TEXT as it is meant. */
static bool put_text(struct cleaner *c, str text)
{
    if (c->depth == 0)
        return str_is_blank(text) || fail(c, "damaged SVG");
    if (is_in_style(c))
        buf_put(&c->text, text);
    else if (!c->hidden)
        svg_encode(text, c->out);
    return true;
}

static bool read_text(struct cleaner *c)
{
    size_t at = str_find_char(c->rest, '<');

    buf_reset(&c->scratch);
    svg_decode(str_sub(c->rest, 0, at), &c->scratch);
    skip(c, at);
    return put_text(c, buf_str(&c->scratch));
}

static bool read_cdata(struct cleaner *c)
{
    str text = str_from(c->rest, 9);

    if (!skip_behind(c, S("]]>")))
        return false;
    buf_reset(&c->scratch);
    svg_put_plain(str_sub(text, 0, text.n - c->rest.n - 3), &c->scratch);
    return put_text(c, buf_str(&c->scratch));
}

/* XML 1.0, 2.8: may hold declarations in brackets, quoted values, comments. */
static bool skip_doctype(struct cleaner *c)
{
    char quote = 0;
    bool inside = false;

    for (size_t i = 0; i < c->rest.n; i++) {
        char at = c->rest.p[i];
        if (!quote && str_starts(str_from(c->rest, i), S("<!--"))) {
            skip(c, i);
            if (!skip_behind(c, S("-->")))
                return false;
            i = (size_t)-1;
        } else if (quote) {
            quote = at == quote ? 0 : quote;
        } else if (at == '"' || at == '\'') {
            quote = at;
        } else if (at == '[' || at == ']') {
            inside = at == '[';
        } else if (at == '>' && !inside) {
            skip(c, i + 1);
            return true;
        }
    }
    return fail(c, "truncated SVG");
}

static bool read_markup(struct cleaner *c)
{
    if (str_starts(c->rest, S("<!--"))) {
        skip(c, 4);
        return skip_behind(c, S("-->"));
    }
    if (str_starts(c->rest, S("<![CDATA[")))
        return read_cdata(c);
    if (str_starts(c->rest, S("<?")))
        return skip_behind(c, S("?>"));
    if (str_starts_nocase(c->rest, S("<!DOCTYPE")))
        return skip_doctype(c);
    bool end = str_starts(c->rest, S("</"));
    skip(c, end ? 2 : 1);
    return end ? read_end_tag(c) : read_start_tag(c);
}

static void read_all(struct cleaner *c)
{
    if (str_starts(c->rest, S("\xEF\xBB\xBF")))
        skip(c, 3);
    if (!utf8_is_valid(c->rest) ||
        (c->rest.n > 0 && memchr(c->rest.p, 0, c->rest.n))) {
        fail(c, "SVG that is not UTF-8");
        return;
    }
    buf_puts(c->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    while (c->rest.n > 0)
        if (!(c->rest.p[0] == '<' ? read_markup(c) : read_text(c)))
            return;
    if (c->depth > 0 || c->elements == 0)
        fail(c, "truncated SVG");
}

static const char *clean_once(str svg, struct buf *out, struct svg_size *size,
                              struct svg_refs *refs)
{
    struct cleaner c = { .rest = svg, .out = out, .size = size, .refs = refs };

    *size = (struct svg_size){ 0 };
    arena_init(&c.arena);
    read_all(&c);
    buf_done(&c.text);
    buf_done(&c.scratch);
    arena_done(&c.arena);
    return c.why;
}

const char *svg_clean(str svg, struct buf *out, struct svg_size *size)
{
    struct svg_refs first, second;
    struct arena a;
    size_t start = out->n;

    arena_init(&a);
    svg_refs_init(&first, NULL, &a);
    const char *why = clean_once(svg, out, size, &first);
    if (!why && svg_refs_disappoint(&first)) {
        out->n = start;
        svg_refs_init(&second, &first.ids, &a);
        why = clean_once(svg, out, size, &second);
    }
    arena_done(&a);
    return why;
}
