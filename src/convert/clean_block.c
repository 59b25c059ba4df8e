/* SPDX-License-Identifier: MIT */
/* Paragraphs, headings, code, and containers of blocks. */
#include "convert/clean_math.h"
#include "convert/embed.h"
#include "convert/link.h"

bool clean_in_line(const struct cleaner *c)
{
    const struct para *p = c->sink.para;

    return p && (p->tag == TAG_PRE || (p->tag != TAG_P && !p->used));
}

str clean_style(struct cleaner *c, const struct css *css, bool is_cell)
{
    str align = { 0 }, valign = { 0 };
    struct buf b = { 0 };

    if (css->align && css->align != c->align &&
        !(css->align == ALIGN_LEFT && !c->align && !is_cell))
        align = css_align_text(css->align);
    if (css->align)
        c->align = css->align;
    if (is_cell && css->valign)
        valign = css_valign_text(css->valign);
    if (align.n)
        buf_printf(&b, "text-align: %.*s; ", STR_ARG(align));
    if (valign.n)
        buf_printf(&b, "vertical-align: %.*s; ", STR_ARG(valign));
    if (is_cell && css->width)
        buf_printf(&b, "width: %u%%; ", css->width);
    str style = b.n ? arena_dup(c->a, str_sub(buf_str(&b), 0, b.n - 2))
                    : (str){ 0 };
    buf_done(&b);
    return style;
}

/* What changes inside an element and must be put back behind it. */
struct mood {
    struct face face, given;
    enum align align;
};

static struct mood mood_keep(const struct cleaner *c)
{
    return (struct mood){ c->sink.face, c->sink.given, c->align };
}

static void mood_restore(struct cleaner *c, struct mood m)
{
    c->sink.face = m.face;
    c->sink.given = m.given;
    c->align = m.align;
}

/* A block that is not made: what it holds stays apart from the rest. */
static void edge_around(struct cleaner *c, const struct soup *e, str id)
{
    sink_edge(&c->sink);
    sink_id(&c->sink, id);
    clean_children(c, e);
    sink_edge(&c->sink);
}

static void para_around(struct cleaner *c, const struct soup *e, enum tag tag,
                        const struct look *l)
{
    struct para p;
    struct attr *attrs = look_attrs(l, c->a);

    attrs_add(&attrs, ATTR_STYLE, clean_style(c, &l->css, false), c->a);
    clean_face(c, tag, &l->css);
    sink_para_open(&c->sink, &p, tag, attrs, clean_id(c, l));
    clean_children(c, e);
    sink_para_close(&c->sink, &p);
}

void clean_para(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct mood mood = mood_keep(c);
    struct look l;

    look_read(&l, e);
    if (clean_in_line(c))
        edge_around(c, e, clean_id(c, &l));
    else
        para_around(c, e, tag, &l);
    mood_restore(c, mood);
}

void clean_heading(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct mood mood = mood_keep(c);
    struct look l;

    look_read(&l, e);
    if (c->sink.para && c->sink.para->tag == TAG_PRE) {
        edge_around(c, e, clean_id(c, &l));
    } else if (c->n_no_heading) {
        l.css.bold = l.css.bold ? l.css.bold : ON;
        para_around(c, e, TAG_P, &l);
    } else {
        para_around(c, e, tag, &l);
    }
    mood_restore(c, mood);
}

/* The language that classes name: "language-c", "lang-c", "brush: c". */
static str code_language(const struct soup *e, const struct look *l)
{
    static const str prefixes[] = { STR_INIT("language-"), STR_INIT("lang-"),
                                    STR_INIT("highlight-source-"),
                                    STR_INIT("brush:") };
    static const str attrs[] = { STR_INIT("data-lang"),
                                 STR_INIT("data-language"), STR_INIT("lang") };
    str lang = { 0 };

    for (size_t i = 0; i < 3 && !lang.n; i++)
        lang = soup_attr(e, attrs[i]);
    for (size_t i = 0; i < 4 && !lang.n; i++) {
        size_t at = str_find(l->classes, prefixes[i]);
        if (at != STR_NONE)
            lang = str_trim(str_from(l->classes, at + prefixes[i].n));
    }
    size_t n = 0;
    while (n < lang.n && n < 40 &&
           (ascii_is_alnum(lang.p[n]) || lang.p[n] == '+' || lang.p[n] == '#' ||
            lang.p[n] == '-' || lang.p[n] == '.'))
        n++;
    return str_sub(lang, 0, n);
}

void clean_pre(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct mood mood = mood_keep(c);
    struct look l;
    struct para p;
    struct attr *attrs = NULL;

    look_read(&l, e);
    if (c->sink.para && c->sink.para->tag == TAG_PRE) {
        edge_around(c, e, clean_id(c, &l));
        return;
    }
    if (clean_put_pre_formula(c, e))
        return;
    attrs_add(&attrs, ATTR_DATA_LANG, code_language(e, &l), c->a);
    attrs_add(&attrs, ATTR_DIR, l.dir, c->a);
    sink_para_open(&c->sink, &p, tag, attrs, clean_id(c, &l));
    clean_children(c, e);
    sink_para_close(&c->sink, &p);
    mood_restore(c, mood);
}

void clean_code(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct para *p = c->sink.para;
    struct look l;

    if (e->attrs && clean_put_code_formula(c, e))
        return;
    if (p && p->tag == TAG_PRE && !p->used && e->attrs) {
        look_read(&l, e);
        bool known = false;
        for (const struct attr *at = p->attrs; at; at = at->next)
            known |= at->name == ATTR_DATA_LANG;
        if (!known)
            attrs_add(&p->attrs, ATTR_DATA_LANG, code_language(e, &l), c->a);
    }
    clean_inline(c, e, tag);
}

void clean_summary(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct box *b = c->sink.box;
    bool wanted = b->node->tag == TAG_DETAILS && !b->has_caption;

    if (wanted)
        b->has_caption = true;
    clean_para(c, e, wanted ? tag : TAG_P);
}

void clean_hr(struct cleaner *c, const struct soup *e, enum tag tag)
{
    sink_edge(&c->sink);
    if (!clean_in_line(c) || c->sink.para->tag != TAG_PRE)
        sink_block(&c->sink, node_new(c->a, tag, e->line));
}

/* A container of blocks that goes when nothing is in it. */
static void box_around(struct cleaner *c, const struct soup *e, struct box *b,
                       struct node *node, bool wants_p)
{
    sink_box_open(&c->sink, b, BOX_FLOW, node);
    b->wants_p = wants_p;
    clean_children(c, e);
    sink_box_close(&c->sink, b);
    if (!node->first)
        sink_box_drop(&c->sink, b);
}

static struct node *new_box_node(struct cleaner *c, const struct soup *e,
                                 enum tag tag, str id, struct attr *attrs)
{
    struct node *n = node_new(c->a, tag, e->line);

    n->attrs = attrs;
    if (id.n)
        node_set(n, c->a, ATTR_ID, id);
    return n;
}

void clean_div(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct mood mood = mood_keep(c);
    struct look l;
    struct box b;

    look_read(&l, e);
    str id = clean_id(c, &l);
    struct attr *attrs = look_attrs(&l, c->a);
    attrs_add(&attrs, ATTR_STYLE, clean_style(c, &l.css, false), c->a);
    clean_face(c, tag, &l.css);
    if (!attrs || clean_in_line(c)) {
        edge_around(c, e, id);
    } else {
        struct node *n = new_box_node(c, e, tag, id, attrs);
        box_around(c, e, &b, n, false);
        if (box_is_lines(&b))
            n->tag = TAG_P;
    }
    mood_restore(c, mood);
}

void clean_center(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct mood mood = mood_keep(c);
    struct look l;
    struct box b;
    struct attr *attrs = NULL;

    look_read(&l, e);
    if (c->align == ALIGN_CENTER || clean_in_line(c)) {
        edge_around(c, e, clean_id(c, &l));
    } else {
        c->align = ALIGN_CENTER;
        attrs_add(&attrs, ATTR_CLASS, S("center"), c->a);
        box_around(c, e, &b, new_box_node(c, e, tag, clean_id(c, &l), attrs),
                   false);
    }
    mood_restore(c, mood);
}

/* The parser of Markdown puts its notes into section.footnotes. */
void clean_section(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct look l;
    struct box b;

    look_read(&l, e);
    if (look_has_class(&l, S("footnotes")))
        box_around(
            c, e, &b,
            new_box_node(c, e, tag, clean_id(c, &l), look_attrs(&l, c->a)),
            true);
    else
        clean_div(c, e, TAG_DIV);
}

void clean_quote(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct mood mood = mood_keep(c);
    struct look l;
    struct box b;
    struct node *card;

    look_read(&l, e);
    if (l.classes.n && e->tag == SOUP_BLOCKQUOTE) {
        enum embed_verdict v = embed_judge(e, c->post, c->lang, c->a, c->dg,
                                           &card);
        if (v == EMBED_CARD)
            sink_block(&c->sink, card);
        if (v == EMBED_CARD || v == EMBED_DROP)
            return;
    }
    struct attr *attrs = look_attrs(&l, c->a);
    str cite = soup_attr(e, S("cite"));
    if (cite.n && tag == TAG_BLOCKQUOTE)
        attrs_add(&attrs, ATTR_CITE, link_clean_url(cite, (str){ 0 }, c->a),
                  c->a);
    attrs_add(&attrs, ATTR_STYLE, clean_style(c, &l.css, false), c->a);
    clean_face(c, tag, &l.css);
    box_around(c, e, &b, new_box_node(c, e, tag, clean_id(c, &l), attrs), true);
    mood_restore(c, mood);
}

void clean_figure(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct mood mood = mood_keep(c);
    struct look l;
    struct box b;

    look_read(&l, e);
    struct attr *attrs = look_attrs(&l, c->a);
    attrs_add(&attrs, ATTR_STYLE, clean_style(c, &l.css, false), c->a);
    struct node *n = new_box_node(c, e, tag, clean_id(c, &l), attrs);
    box_around(c, e, &b, n, false);
    for (struct node *k = n->first; b.has_caption && k; k = k->next)
        if (k->tag == TAG_FIGCAPTION && k->prev && k->next) {
            node_remove(k);
            node_append(n, k);
            break;
        }
    mood_restore(c, mood);
}

void clean_figcaption(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct mood mood = mood_keep(c);
    struct look l;
    struct box b, *figure = c->sink.box;

    if (figure->node->tag != TAG_FIGURE || figure->has_caption) {
        clean_para(c, e, TAG_P);
        return;
    }
    look_read(&l, e);
    struct attr *attrs = look_attrs(&l, c->a);
    attrs_add(&attrs, ATTR_STYLE, clean_style(c, &l.css, false), c->a);
    clean_face(c, tag, &l.css);
    struct node *n = new_box_node(c, e, tag, clean_id(c, &l), attrs);
    sink_part_open(&c->sink, &b, BOX_FLOW, n);
    clean_children(c, e);
    sink_box_close(&c->sink, &b);
    figure->has_caption = n->first != NULL;
    if (!n->first)
        sink_box_drop(&c->sink, &b);
    mood_restore(c, mood);
}

/* Always open: a reader that can't unfold it would hide its text. Without a
 * summary it is no details (HTML, 4.11.1). */
void clean_details(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct mood mood = mood_keep(c);
    struct look l;
    struct box b;

    look_read(&l, e);
    struct node *n = new_box_node(c, e, tag, clean_id(c, &l),
                                  look_attrs(&l, c->a));
    box_around(c, e, &b, n, true);
    mood_restore(c, mood);
    struct node *summary = n->first;
    while (summary && summary->tag != TAG_SUMMARY)
        summary = summary->next;
    if (summary) {
        node_remove(summary);
        node_prepend(n, summary);
        node_set(n, c->a, ATTR_OPEN, S("open"));
    } else if (n->parent) {
        sink_id(&c->sink, node_attr(n, ATTR_ID));
        node_unwrap(n);
    }
}
