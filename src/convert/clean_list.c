/* SPDX-License-Identifier: MIT */
/* Lists. */
#include "convert/clean_walk.h"

/* A whole number, with a sign, of at most nine digits; else empty. */
static str whole_number(str s)
{
    size_t sign = s.n && s.p[0] == '-';
    uint64_t n;

    s = str_trim(s);
    return s.n <= 9 && str_to_uint(str_from(s, sign), &n) ? s : (str){ 0 };
}

static void list_attrs(struct cleaner *c, const struct soup *e,
                       struct attr **attrs)
{
    str type = str_trim(soup_attr(e, S("type")));

    attrs_add(attrs, ATTR_START, whole_number(soup_attr(e, S("start"))), c->a);
    if (soup_attr(e, S("reversed")).p)
        attrs_add(attrs, ATTR_REVERSED, S("reversed"), c->a);
    if (type.n == 1 && str_find_char(S("1aAiI"), type.p[0]) != STR_NONE)
        attrs_add(attrs, ATTR_TYPE, type, c->a);
}

void clean_list(struct cleaner *c, const struct soup *e, enum tag tag)
{
    enum align align = c->align;
    struct look l;
    struct box b, *up = c->sink.box;

    look_read(&l, e);
    struct node *n = node_new(c->a, tag, e->line);
    n->attrs = look_attrs(&l, c->a);
    if (tag == TAG_OL)
        list_attrs(c, e, &n->attrs);
    attrs_add(&n->attrs, ATTR_ID, clean_id(c, &l), c->a);
    attrs_add(&n->attrs, ATTR_STYLE, clean_style(c, &l.css, false), c->a);
    /* A list right in a list was meant to be below the item before it. */
    if (up->kind == BOX_LIST && !up->implied && up->node->last)
        sink_reopen(&c->sink, up->node->last);
    sink_box_open(&c->sink, &b, BOX_LIST, n);
    clean_children(c, e);
    sink_box_close(&c->sink, &b);
    if (!n->first)
        sink_box_drop(&c->sink, &b);
    c->align = align;
}

/* Opens the part N around E's children, restoring everything behind. */
static void part_around(struct cleaner *c, const struct soup *e, struct node *n,
                        const struct look *l)
{
    struct face face = c->sink.face, given = c->sink.given;
    enum align align = c->align;
    struct box b;

    attrs_add(&n->attrs, ATTR_ID, clean_id(c, l), c->a);
    attrs_add(&n->attrs, ATTR_STYLE, clean_style(c, &l->css, false), c->a);
    clean_face(c, n->tag, &l->css);
    sink_part_open(&c->sink, &b, BOX_FLOW, n);
    clean_children(c, e);
    sink_box_close(&c->sink, &b);
    c->sink.face = face;
    c->sink.given = given;
    c->align = align;
}

void clean_item(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct look l;

    look_read(&l, e);
    if (!sink_reach(&c->sink, BOX_LIST))
        sink_imply(&c->sink, BOX_LIST, node_new(c->a, TAG_UL, e->line));
    struct node *n = node_new(c->a, tag, e->line);
    n->attrs = look_attrs(&l, c->a);
    if (c->sink.box->node->tag == TAG_OL)
        attrs_add(&n->attrs, ATTR_VALUE, whole_number(soup_attr(e, S("value"))),
                  c->a);
    part_around(c, e, n, &l);
}

void clean_terms(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct look l;
    struct box b;

    look_read(&l, e);
    struct node *n = node_new(c->a, tag, e->line);
    n->attrs = look_attrs(&l, c->a);
    attrs_add(&n->attrs, ATTR_ID, clean_id(c, &l), c->a);
    sink_box_open(&c->sink, &b, BOX_TERMS, n);
    clean_children(c, e);
    sink_box_close(&c->sink, &b);
    if (n->first)
        *vec_push(&c->terms, c->a) = n;
    else
        sink_box_drop(&c->sink, &b);
}

void clean_term_part(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct look l;

    look_read(&l, e);
    if (!sink_reach(&c->sink, BOX_TERMS)) {
        struct node *dl = node_new(c->a, TAG_DL, e->line);
        *vec_push(&c->terms, c->a) = dl;
        sink_imply(&c->sink, BOX_TERMS, dl);
    }
    struct node *n = node_new(c->a, tag, e->line);
    n->attrs = look_attrs(&l, c->a);
    c->n_no_heading += tag == TAG_DT;
    part_around(c, e, n, &l);
    c->n_no_heading -= tag == TAG_DT;
}

/* Removes N and the containers that hold nothing without it. */
static void remove_empty(struct node *n)
{
    while (!n->first && n->parent) {
        struct node *up = n->parent;
        node_remove(n);
        if (tag_kind(up->tag) != KIND_FLOW)
            return;
        n = up;
    }
}

/* What is one paragraph needs no paragraph. */
static void tighten(struct node *n)
{
    struct node *p = n->first;

    if (p && !p->next && p->tag == TAG_P && !p->attrs)
        node_unwrap(p);
}

void clean_repair_terms(struct cleaner *c, struct node *dl)
{
    for (struct node *n = dl->first; n; n = n->next)
        tighten(n);
    while (dl->first && dl->first->tag != TAG_DT) {
        struct node *dd = dl->first;
        node_remove(dd);
        if (!dd->first)
            continue;
        dd->tag = tag_is_block(dd->first->tag) ? TAG_DIV : TAG_P;
        node_insert_before(dl, dd);
    }
    if (!dl->first)
        remove_empty(dl);
    else if (dl->last->tag == TAG_DT)
        node_append(dl, node_new(c->a, TAG_DD, dl->last->line));
}
