/* SPDX-License-Identifier: MIT */
/* Text, inline elements, and the walk over the soup. */
#include "convert/clean.h"

#include <string.h>

#include "book/post.h"
#include "convert/clean_math.h"
#include "convert/formula_address.h"

static const struct {
    clean_way *way;
    enum tag tag;
} rules[SOUP_COUNT] = {
#define RULE(id, way, tag) [SOUP_##id] = { clean_##way, TAG_##tag },
#include "convert/clean.def"
#undef RULE
};

/* What XML can't hold, and U+FFFC, which stands for an object that a word
 * processor had there. */
static size_t find_bad_char(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < ' ' ? c != '\t' && c != '\n'
                    : c == 0xEF && i + 2 < s.n &&
                          (unsigned char)s.p[i + 1] == 0xBF &&
                          (unsigned char)s.p[i + 2] >= 0xBC &&
                          (unsigned char)s.p[i + 2] != 0xBD)
            return i;
    }
    return STR_NONE;
}

str clean_chars(str s, struct arena *a)
{
    size_t bad = find_bad_char(s);

    if (bad == STR_NONE)
        return s;
    char *out = arena_bytes(a, s.n);
    size_t n = 0;
    for (; bad != STR_NONE; bad = find_bad_char(s)) {
        memcpy(out + n, s.p, bad);
        n += bad;
        s = str_from(s, bad + ((unsigned char)s.p[bad] == 0xEF ? 3 : 1));
    }
    memcpy(out + n, s.p, s.n);
    return (str){ out, n + s.n };
}

void clean_report(struct cleaner *c, const struct soup *e, const char *what)
{
    diag_add(c->dg, DIAG_MARKUP_DROPPED, c->post->path, e->line, "%s dropped",
             what);
}

/* Elements that Word, feed readers and clippers leave behind. */
static bool is_junk(str name)
{
    static const str junk[] = {
        STR_INIT("bkprocessassertion"),
        STR_INIT("txdb"),
        STR_INIT("g-emoji"),
        STR_INIT("shape"),
        STR_INIT("shapetype"),
        STR_INIT("smarttagtype"),
        STR_INIT("formulas"),
        STR_INIT("txdbitem"),
        STR_INIT("w"),
    };

    if (str_find_char(name, ':') != STR_NONE || str_starts(name, S("amp-")))
        return true;
    return STR_IS_AMONG(name, junk);
}

/* Word's smart tags and the drawings of its VML, whose names could be
 * anybody's, are known by their attributes: <place w:st="on">, <f eqn="sum @0 1
 * 0">. */
static bool is_of_word(const struct soup *e)
{
    static const str own[] = { STR_INIT("eqn"), STR_INIT("joinstyle"),
                               STR_INIT("gradientshapeok") };

    for (const struct soup_attr *at = e->attrs; at; at = at->next) {
        if (str_starts(at->name, S("w:")) || str_starts(at->name, S("v:")) ||
            str_starts(at->name, S("o:")) || STR_IS_AMONG(at->name, own))
            return true;
    }
    return false;
}

/* "<string.h>" and "<dependency>" are code that was not escaped: the reader
 * is to see them as they were written. */
static void clean_unknown(struct cleaner *c, const struct soup *e)
{
    bool literal = e->source.n > 1 && !is_junk(e->name) && !is_of_word(e);

    if (literal)
        sink_text(&c->sink, clean_chars(e->source, c->a));
    clean_children(c, e);
    if (literal && e->closed) {
        str name = str_sub(e->source, 1, e->name.n);
        str end = arena_printf(c->a, "</%.*s>", STR_ARG(name));
        sink_text(&c->sink, clean_chars(end, c->a));
    }
}

void clean_children(struct cleaner *c, const struct soup *e)
{
    for (const struct soup *k = e->first; k; k = k->next) {
        c->sink.src_line = k->line;
        if (k->tag == SOUP_TEXT)
            sink_text(&c->sink, clean_chars(k->text, c->a));
        else if (k->tag == SOUP_UNKNOWN)
            clean_unknown(c, k);
        else if (rules[k->tag].way)
            rules[k->tag].way(c, k, rules[k->tag].tag);
        else
            clean_children(c, k);
    }
}

void clean_face(struct cleaner *c, enum tag tag, const struct css *css)
{
    struct face *want = &c->sink.face, *given = &c->sink.given;

    if (tag == TAG_B || tag == TAG_STRONG || tag_is_heading(tag) ||
        tag == TAG_TH || tag == TAG_DT)
        want->bold = given->bold = true;
    if (tag == TAG_I || tag == TAG_EM || tag == TAG_CITE || tag == TAG_DFN ||
        tag == TAG_VAR)
        want->italic = given->italic = true;
    if (tag == TAG_U || tag == TAG_INS || tag == TAG_A)
        want->underline = given->underline = true;
    if (tag == TAG_STRIKE || tag == TAG_DEL)
        want->strike = given->strike = true;
    if (css->bold)
        want->bold = css->bold == ON;
    if (css->italic)
        want->italic = css->italic == ON;
    want->underline |= css->underline == ON;
    want->strike |= css->strike == ON;
    if (css->color)
        want->color = css->color == COLOR_RESET ? 0 : css->color;
}

str clean_id(struct cleaner *c, const struct look *l)
{
    return l->id.n ? idset_claim(c->ids, clean_chars(l->id, c->a)) : (str){ 0 };
}

/* An inline element with attributes of its own in ATTRS. */
static void wrap_children(struct cleaner *c, const struct soup *e, enum tag tag,
                          const struct look *l, struct attr *attrs)
{
    struct face face = c->sink.face, given = c->sink.given;
    str id = clean_id(c, l);
    bool opened = false;

    if (tag == TAG_SPAN && !attrs)
        sink_id(&c->sink, id);
    else
        opened = sink_wrap_open(&c->sink, tag, attrs, id);
    clean_face(c, tag, &l->css);
    clean_children(c, e);
    c->sink.face = face;
    c->sink.given = given;
    if (opened)
        sink_wrap_close(&c->sink);
}

void clean_inline(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct look l;

    if (tag == TAG_SPAN && !e->attrs) {
        clean_children(c, e);
        return;
    }
    if (e->tag == SOUP_SPAN &&
        (clean_is_formula_twice(e) || clean_put_span_formula(c, e)))
        return;
    look_read(&l, e);
    wrap_children(c, e, tag, &l, look_attrs(&l, c->a));
}

/* abbr, cite, dfn and q: their title says more. */
void clean_term(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct look l;

    look_read(&l, e);
    struct attr *attrs = look_attrs(&l, c->a);
    attrs_add(&attrs, ATTR_TITLE, clean_chars(l.title, c->a), c->a);
    wrap_children(c, e, tag, &l, attrs);
}

void clean_bdo(struct cleaner *c, const struct soup *e, enum tag tag)
{
    clean_inline(c, e, soup_attr(e, S("dir")).n ? tag : TAG_BDI);
}

/* Links back from a note: a pop-up note needs none. */
static bool is_back_link(const struct soup *e, const struct look *l)
{
    return soup_attr(e, S("data-footnote-backref")).p ||
           look_has_class(l, S("footnote-backref")) ||
           look_has_class(l, S("footnote-back")) ||
           look_has_class(l, S("reversefootnote"));
}

void clean_link(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct look l;

    look_read(&l, e);
    if (is_back_link(e, &l))
        return;
    struct attr *attrs = look_attrs(&l, c->a);
    str href = str_trim(clean_chars(soup_attr(e, S("href")), c->a));
    if (!href.n || formula_is_editor(href)) {
        wrap_children(c, e, TAG_SPAN, &l, attrs);
        return;
    }
    attrs_add(&attrs, ATTR_HREF, href, c->a);
    attrs_add(&attrs, ATTR_TITLE, clean_chars(l.title, c->a), c->a);
    wrap_children(c, e, tag, &l, attrs);
}

/* An area of an image map: a link with what it is called. */
void clean_area(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct attr *attrs = NULL;
    str href = str_trim(clean_chars(soup_attr(e, S("href")), c->a));
    str text = soup_attr(e, S("alt"));

    if (!text.n)
        text = soup_attr(e, S("title"));
    if (!text.n)
        text = href;
    if (!href.n)
        return;
    attrs_add(&attrs, ATTR_HREF, href, c->a);
    if (sink_wrap_open(&c->sink, tag, attrs, (str){ 0 })) {
        sink_text(&c->sink, clean_chars(text, c->a));
        sink_wrap_close(&c->sink);
    }
    sink_text(&c->sink, S(" "));
}

/* "2018-08-29", "2018-08", with or without "T09:30", ":15" and a zone. */
static bool is_datetime(str s)
{
    static const char shape[] = "0000-00-00T00:00:00";
    size_t n = 0;

    while (n < s.n && n < sizeof shape - 1 &&
           (shape[n] == '0'   ? ascii_is_digit(s.p[n])
            : shape[n] == 'T' ? s.p[n] == 'T' || s.p[n] == ' '
                              : s.p[n] == shape[n]))
        n++;
    if (n == 7 || n == 10)
        return n == s.n && s.p[5] <= '1' && (n == 7 || s.p[8] <= '3');
    if (n != 16 && n != 19)
        return false;
    str zone = str_from(s, n);
    return !zone.n || str_eq(zone, S("Z")) ||
           (zone.n == 6 && (zone.p[0] == '+' || zone.p[0] == '-') &&
            ascii_is_digit(zone.p[1]) && ascii_is_digit(zone.p[2]) &&
            zone.p[3] == ':' && ascii_is_digit(zone.p[4]) &&
            ascii_is_digit(zone.p[5]));
}

void clean_time(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct look l;
    str when = str_trim(soup_attr(e, S("datetime")));

    look_read(&l, e);
    struct attr *attrs = look_attrs(&l, c->a);
    bool good = is_datetime(when);
    if (good)
        attrs_add(&attrs, ATTR_DATETIME, when, c->a);
    wrap_children(c, e, good ? tag : TAG_SPAN, &l, attrs);
}

/* The reading of a ruby; without one it stands in brackets. */
void clean_reading(struct cleaner *c, const struct soup *e, enum tag tag)
{
    bool ruby = sink_is_wrapped(&c->sink, TAG_RUBY) &&
                !sink_is_wrapped(&c->sink, TAG_RT);

    if (ruby && sink_wrap_open(&c->sink, tag, NULL, (str){ 0 })) {
        clean_children(c, e);
        sink_wrap_close(&c->sink);
        return;
    }
    sink_text(&c->sink, S("("));
    clean_children(c, e);
    sink_text(&c->sink, S(")"));
}

void clean_reading_group(struct cleaner *c, const struct soup *e, enum tag tag)
{
    for (const struct soup *k = e->first; k; k = k->next)
        if (k->tag == SOUP_RT) {
            clean_children(c, e);
            return;
        }
    clean_reading(c, e, tag);
}

void clean_br(struct cleaner *c, const struct soup *e, enum tag tag)
{
    sink_break(&c->sink);
}

void clean_wbr(struct cleaner *c, const struct soup *e, enum tag tag)
{
    if (c->sink.line)
        sink_inline(&c->sink, node_new(c->a, tag, e->line));
}

void clean_option(struct cleaner *c, const struct soup *e, enum tag tag)
{
    clean_children(c, e);
    sink_text(&c->sink, S(" "));
}

void clean_skip(struct cleaner *c, const struct soup *e, enum tag tag)
{
}

void clean_drop(struct cleaner *c, const struct soup *e, enum tag tag)
{
    clean_report(c, e, arena_cstr(c->a, e->name));
}

struct node *clean_soup(const struct soup *root, const struct post *post,
                        enum lang lang, struct idset *ids, struct arena *a,
                        struct diag *dg)
{
    struct node *body = node_new(a, TAG_DIV, 0);
    struct cleaner c = {
        .post = post, .lang = lang, .ids = ids, .a = a, .dg = dg
    };
    struct box box;

    node_set(body, a, ATTR_CLASS, S("body"));
    sink_init(&c.sink, &box, body, a);
    clean_children(&c, root);
    sink_finish(&c.sink);
    for (size_t i = 0; i < c.terms.n; i++)
        clean_repair_terms(&c, c.terms.v[i]);
    return body;
}
