/* SPDX-License-Identifier: MIT */
/* Boxes and paras; lines of text are in clean_line.c. */
#include "convert/clean_sink.h"

#include "convert/clean_line.h"

void sink_init(struct sink *s, struct box *root, struct node *node,
               struct arena *a)
{
    *s = (struct sink){ .a = a, .box = root };
    *root = (struct box){ .node = node, .wants_p = true };
}

bool box_is_lines(const struct box *b)
{
    return b->run && !b->has_blocks;
}

/* Puts the text that stands loose in B into a p, because a block comes. */
static void wrap_run(struct sink *s, struct box *b)
{
    struct node *run = b->run;

    b->has_blocks = true;
    b->run = NULL;
    if (!run)
        return;
    struct node *p = node_new(s->a, TAG_P, run->line);
    node_insert_before(run, p);
    while (p->next && (p->next == run || !tag_is_block(p->next->tag))) {
        struct node *n = p->next;
        node_remove(n);
        node_append(p, n);
    }
}

static void close_implied(struct sink *s)
{
    line_end(s);
    s->box = s->box->up;
}

void sink_reopen(struct sink *s, struct node *li)
{
    struct box *b = arena_new(s->a, struct box);

    line_end(s);
    *b = (struct box){ .up = s->box, .node = li, .implied = true };
    if (li->first && !tag_is_block(li->first->tag))
        b->run = li->first;
    b->has_blocks = li->first && !b->run;
    s->box = b;
}

static struct box *place(struct sink *s, struct node *n);

void sink_imply(struct sink *s, enum box_kind kind, struct node *node)
{
    struct box *b = arena_new(s->a, struct box);

    if (kind == BOX_LIST || kind == BOX_TERMS) {
        place(s, node);
    } else {
        line_end(s);
        node_append(s->box->node, node);
    }
    *b = (struct box){
        .up = s->box, .node = node, .kind = kind, .implied = true
    };
    s->box = b;
}

/* The part that a box of each kind wants. */
static const struct {
    enum box_kind kind;
    enum tag tag;
} wanted[] = {
    [BOX_FLOW] = { BOX_FLOW, TAG_P },   [BOX_LIST] = { BOX_FLOW, TAG_LI },
    [BOX_TERMS] = { BOX_FLOW, TAG_DD }, [BOX_TABLE] = { BOX_GROUP, TAG_TBODY },
    [BOX_GROUP] = { BOX_ROW, TAG_TR },  [BOX_ROW] = { BOX_FLOW, TAG_TD },
};

static struct box *flow_box(struct sink *s)
{
    while (s->box->kind != BOX_FLOW) {
        struct box *b = s->box;
        if (b->implied && (b->kind == BOX_LIST || b->kind == BOX_TERMS))
            close_implied(s);
        else
            sink_imply(s, wanted[b->kind].kind,
                       node_new(s->a, wanted[b->kind].tag, s->src_line));
    }
    return s->box;
}

bool sink_reach(struct sink *s, enum box_kind kind)
{
    struct box *b = s->box;

    while (b->implied && b->kind != kind)
        b = b->up;
    if (b->kind != kind)
        return false;
    while (s->box != b)
        close_implied(s);
    return true;
}

/* Hands waiting ids to N where it can take one. */
static void give_id(struct sink *s, struct node *n)
{
    if (s->ids.n && !node_has(n, ATTR_ID))
        node_set(n, s->a, ATTR_ID, s->ids.v[--s->ids.n]);
}

static struct box *place(struct sink *s, struct node *n)
{
    line_end(s);
    struct box *b = flow_box(s);
    wrap_run(s, b);
    give_id(s, n);
    node_append(b->node, n);
    return b;
}

void sink_block(struct sink *s, struct node *n)
{
    place(s, n);
}

void sink_edge(struct sink *s)
{
    if (s->para && s->para->tag == TAG_PRE) {
        s->break_pending = s->line != NULL;
        return;
    }
    line_end(s);
}

void sink_id(struct sink *s, str id)
{
    if (id.n)
        *vec_push(&s->ids, s->a) = id;
}

static void enter(struct sink *s, struct box *b, enum box_kind kind,
                  struct node *node)
{
    *b = (struct box){
        .up = s->box, .node = node, .kind = kind, .para = s->para
    };
    s->box = b;
    s->para = NULL;
}

void sink_box_open(struct sink *s, struct box *b, enum box_kind kind,
                   struct node *node)
{
    place(s, node);
    enter(s, b, kind, node);
}

void sink_part_open(struct sink *s, struct box *b, enum box_kind kind,
                    struct node *node)
{
    line_end(s);
    node_append(s->box->node, node);
    enter(s, b, kind, node);
}

void sink_box_close(struct sink *s, struct box *b)
{
    while (s->box != b)
        close_implied(s);
    line_end(s);
    s->box = b->up;
    s->para = b->para;
}

void sink_box_drop(struct sink *s, struct box *b)
{
    sink_id(s, node_attr(b->node, ATTR_ID));
    node_remove(b->node);
}

void sink_para_open(struct sink *s, struct para *p, enum tag tag,
                    struct attr *attrs, str id)
{
    sink_edge(s);
    *p = (struct para){ .up = s->para, .tag = tag, .attrs = attrs, .id = id };
    s->para = p;
}

void sink_para_close(struct sink *s, struct para *p)
{
    line_end(s);
    s->para = p->up;
    if (!p->used)
        sink_id(s, p->id);
}

/* Where a line of text begins: a new block for it, or the box itself. */
struct node *sink_line_home(struct sink *s)
{
    struct box *b = flow_box(s);
    struct para *p = s->para;
    enum tag tag = TAG_P;

    if (!p && !b->wants_p && !b->has_blocks && !b->run)
        return b->node;
    if (p && !(p->used && p->tag != TAG_PRE))
        tag = p->tag;
    struct node *n = node_new(s->a, tag, s->src_line);
    if (p && tag == p->tag) {
        n->attrs = line_copy_attrs(p->attrs, s->a);
        if (!p->used && p->id.n)
            node_set(n, s->a, ATTR_ID, p->id);
        p->used = true;
    }
    wrap_run(s, b);
    give_id(s, n);
    node_append(b->node, n);
    return n;
}

/* Ruby wants base text and its reading in turn, and a reading at the end
 * (HTML, 4.5.10). */
static void repair_ruby(struct sink *s, struct node *ruby)
{
    struct node *last = ruby->last;

    while (last && last->tag != TAG_RT) {
        struct node *prev = last->prev;
        if (!prev)
            break;
        last = prev;
    }
    if (!last || last->tag != TAG_RT) {
        sink_id(s, node_attr(ruby, ATTR_ID));
        node_unwrap(ruby);
        return;
    }
    while (ruby->last != last) {
        struct node *n = ruby->last;
        node_remove(n);
        node_insert_after(ruby, n);
    }
}

void sink_finish(struct sink *s)
{
    while (s->box->implied)
        close_implied(s);
    line_end(s);
    for (size_t i = 0; i < s->rubies.n; i++)
        repair_ruby(s, s->rubies.v[i]);
    struct node *root = s->box->node;
    if (s->ids.n && root->last && root->last->tag != TAG_TEXT)
        give_id(s, root->last);
}
