/* SPDX-License-Identifier: MIT */
/* Tables. */
#include "convert/clean_walk.h"

/* More columns or rows than this are not meant. */
#define MAX_COLSPAN 100
#define MAX_ROWSPAN 1000

static void remove_empty_rows(struct node *group)
{
    for (struct node *tr = group->first, *next; tr; tr = next) {
        next = tr->next;
        if (!tr->first)
            node_remove(tr);
    }
}

/* caption, thead, tbody ..., tfoot, each of them filled (HTML, 4.9.1). */
static void order_table(struct node *table)
{
    struct node *caption = NULL, *head = NULL, *foot = NULL;

    for (struct node *n = table->first, *next; n; n = next) {
        next = n->next;
        if (n->tag == TAG_CAPTION) {
            caption = n;
            continue;
        }
        remove_empty_rows(n);
        if (!n->first)
            node_remove(n);
        else if (n->tag == TAG_THEAD && !head)
            head = n;
        else if (n->tag == TAG_TFOOT && !foot)
            foot = n;
        else
            n->tag = TAG_TBODY;
    }
    if (head) {
        node_remove(head);
        node_prepend(table, head);
    }
    if (foot) {
        node_remove(foot);
        node_append(table, foot);
    }
    if (caption) {
        node_remove(caption);
        node_prepend(table, caption);
    }
}

/* What is left of a table without rows is its caption. */
static void drop_table(struct cleaner *c, struct box *b)
{
    struct node *caption = b->node->first;

    if (caption && caption->first) {
        node_remove(caption);
        caption->tag = tag_is_block(caption->first->tag) ? TAG_DIV : TAG_P;
        node_insert_before(b->node, caption);
    }
    sink_box_drop(&c->sink, b);
}

/* A block that is not made where its parent is not there. */
static void stand_alone(struct cleaner *c, const struct soup *e)
{
    sink_edge(&c->sink);
    clean_children(c, e);
    sink_edge(&c->sink);
}

void clean_table(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct face face = c->sink.face;
    enum align align = c->align;
    struct look l;
    struct box b;

    if (c->n_no_table) {
        stand_alone(c, e);
        return;
    }
    look_read(&l, e);
    struct node *n = node_new(c->a, tag, e->line);
    n->attrs = look_attrs(&l, c->a);
    attrs_add(&n->attrs, ATTR_ID, clean_id(c, &l), c->a);
    /* A table's own align is about where it stands. */
    l.css.align = ALIGN_NONE;
    clean_face(c, tag, &l.css);
    sink_box_open(&c->sink, &b, BOX_TABLE, n);
    clean_children(c, e);
    sink_box_close(&c->sink, &b);
    order_table(n);
    if (!n->last || n->last->tag == TAG_CAPTION)
        drop_table(c, &b);
    c->sink.face = face;
    c->align = align;
}

void clean_caption(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct box b, *table = c->sink.box;

    if (table->kind != BOX_TABLE || table->has_caption) {
        stand_alone(c, e);
        return;
    }
    struct node *n = node_new(c->a, tag, e->line);
    c->n_no_table++;
    sink_part_open(&c->sink, &b, BOX_FLOW, n);
    clean_children(c, e);
    sink_box_close(&c->sink, &b);
    c->n_no_table--;
    table->has_caption = n->first != NULL;
    if (!n->first)
        sink_box_drop(&c->sink, &b);
}

static void part_around(struct cleaner *c, const struct soup *e,
                        enum box_kind kind, struct node *n,
                        const struct look *l)
{
    struct face face = c->sink.face, given = c->sink.given;
    enum align align = c->align;
    bool is_cell = kind == BOX_FLOW;
    struct box b;

    attrs_add(&n->attrs, ATTR_ID, clean_id(c, l), c->a);
    if (n->tag == TAG_TH)
        c->align = ALIGN_NONE;
    attrs_add(&n->attrs, ATTR_STYLE,
              clean_style(c, &l->css, is_cell || kind == BOX_ROW), c->a);
    clean_face(c, n->tag, &l->css);
    sink_part_open(&c->sink, &b, kind, n);
    clean_children(c, e);
    sink_box_close(&c->sink, &b);
    c->sink.face = face;
    c->sink.given = given;
    c->align = align;
}

static struct node *new_part(struct cleaner *c, const struct soup *e,
                             enum tag tag, struct look *l)
{
    struct node *n = node_new(c->a, tag, e->line);

    look_read(l, e);
    n->attrs = look_attrs(l, c->a);
    return n;
}

void clean_group(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct look l;

    if (!sink_reach(&c->sink, BOX_TABLE)) {
        stand_alone(c, e);
        return;
    }
    struct node *n = new_part(c, e, tag, &l);
    l.css.width = 0;
    part_around(c, e, BOX_GROUP, n, &l);
}

static bool reach_group(struct cleaner *c, const struct soup *e)
{
    if (sink_reach(&c->sink, BOX_GROUP))
        return true;
    if (!sink_reach(&c->sink, BOX_TABLE))
        return false;
    sink_imply(&c->sink, BOX_GROUP, node_new(c->a, TAG_TBODY, e->line));
    return true;
}

void clean_row(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct look l;

    if (!reach_group(c, e)) {
        stand_alone(c, e);
        return;
    }
    struct node *n = new_part(c, e, tag, &l);
    l.css.width = 0;
    part_around(c, e, BOX_ROW, n, &l);
}

/* A number of columns or rows; 1 and nonsense are left out. */
static str span_of(struct cleaner *c, str value, uint64_t max)
{
    uint64_t n;

    if (!str_to_uint(str_trim(value), &n) || n < 2)
        return (str){ 0 };
    return arena_printf(c->a, "%u", (unsigned)(n < max ? n : max));
}

static str scope_of(str value)
{
    static const str words[] = { STR_INIT("col"), STR_INIT("row"),
                                 STR_INIT("colgroup"), STR_INIT("rowgroup") };

    for (size_t i = 0; i < 4; i++)
        if (str_eq_nocase(value, words[i]))
            return words[i];
    return (str){ 0 };
}

void clean_cell(struct cleaner *c, const struct soup *e, enum tag tag)
{
    struct look l;

    if (!sink_reach(&c->sink, BOX_ROW)) {
        if (!reach_group(c, e)) {
            stand_alone(c, e);
            return;
        }
        sink_imply(&c->sink, BOX_ROW, node_new(c->a, TAG_TR, e->line));
    }
    struct node *n = new_part(c, e, tag, &l);
    attrs_add(&n->attrs, ATTR_COLSPAN,
              span_of(c, soup_attr(e, S("colspan")), MAX_COLSPAN), c->a);
    attrs_add(&n->attrs, ATTR_ROWSPAN,
              span_of(c, soup_attr(e, S("rowspan")), MAX_ROWSPAN), c->a);
    if (tag == TAG_TH)
        attrs_add(&n->attrs, ATTR_SCOPE, scope_of(soup_attr(e, S("scope"))),
                  c->a);
    c->n_no_heading += tag == TAG_TH;
    part_around(c, e, BOX_FLOW, n, &l);
    c->n_no_heading -= tag == TAG_TH;
}
