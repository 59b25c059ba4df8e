/* SPDX-License-Identifier: MIT */
#include "pdf/block.h"

#include "pdf/blockbreaks.h"
#include "pdf/blockpage.h"
#include "pdf/card.h"
#include "pdf/marker.h"
#include "pdf/structure.h"
#include "pdf/table.h"

/* The narrowest column that is still set; deeper indents are given up. */
#define MIN_WIDTH 36000

static enum struct_role role_of(const struct node *n)
{
    switch (n->tag) {
    case TAG_SECTION:
        return ROLE_SECT;
    case TAG_H1:
    case TAG_H2:
    case TAG_H3:
    case TAG_H4:
    case TAG_H5:
    case TAG_H6:
        return (enum struct_role)(ROLE_H1 + (n->tag - TAG_H1));
    case TAG_P:
    case TAG_DT:
    case TAG_SUMMARY:
        return ROLE_P;
    case TAG_PRE:
        return ROLE_CODE;
    case TAG_UL:
    case TAG_OL:
        return ROLE_L;
    case TAG_LI:
        return ROLE_LI;
    case TAG_BLOCKQUOTE:
        return ROLE_BLOCKQUOTE;
    case TAG_FIGCAPTION:
    case TAG_CAPTION:
        return ROLE_CAPTION;
    case TAG_ASIDE:
        return ROLE_NOTE;
    default:
        return ROLE_DIV;
    }
}

/* A list item that a sheet sets in the line, as it does with tags. */
static bool is_inline_item(const struct node *n)
{
    if (n->tag != TAG_LI)
        return false;
    for (const struct node *k = n->first; k; k = k->next)
        if (tag_is_block(k->tag))
            return false;
    return true;
}

static bool is_inline(const struct layout *ly, const struct node *n)
{
    if (n->tag == TAG_TEXT)
        return true;
    switch (style_of(ly->styles, n)->display) {
    case DISPLAY_INLINE:
    case DISPLAY_RUBY:
    case DISPLAY_RUBY_TEXT:
        return !tag_is_block(n->tag) || is_inline_item(n);
    default:
        return false;
    }
}

static bool is_hidden(const struct layout *ly, const struct node *n)
{
    return n->tag != TAG_TEXT &&
           style_of(ly->styles, n)->display == DISPLAY_NONE;
}

bool block_is_inline(const struct layout *ly, const struct node *n)
{
    for (const struct node *k = n->first; k; k = k->next)
        if (!is_inline(ly, k) && !is_hidden(ly, k))
            return false;
    return true;
}

/* The cost of a break behind line I of N. */
static enum row_break line_break_after(const struct style *st, uint32_t i,
                                       uint32_t n)
{
    if (i + 1 == n)
        return ROW_FREE;
    if (i + 1 < st->orphans || n - i - 1 < st->widows)
        return ROW_POOR;
    return ROW_FREE;
}

/* A small turn mark in the margin of a line of code that goes on below. */
static void mark_wrapped(struct layout *ly, struct line *line,
                         const struct para *p)
{
    struct style *small = arena_new(ly->arena, struct style);

    *small = *p->style;
    small->font_size = small->font_size * 7 / 10;
    struct line mark = para_single(ly, S("\xE2\x86\xA9"), small, 0, 0);
    for (size_t i = 0; i < mark.items.n; i++) {
        struct item *it = vec_push(&line->items, ly->arena);
        *it = mark.items.v[i];
        it->x = p->width - mark.width + it->x;
        it->y = line->baseline;
    }
}

/* The number of lines. */
static uint32_t add_lines(struct layout *ly, struct galley *g, struct para *p,
                          int32_t x)
{
    const struct style *st = p->style;
    int32_t room = para_turn_room(st);

    p->width -= room;
    struct lines lines = para_lines(ly, p);
    p->width += room;
    for (uint32_t i = 0; i < lines.n; i++) {
        if (lines.v[i].wrapped)
            mark_wrapped(ly, &lines.v[i], p);
        galley_line(g, &lines.v[i], x, line_break_after(st, i, lines.n));
    }
    return lines.n;
}

/* What FIRST to LAST hold, but for blanks: one element; or NULL. */
static const struct node *only_element(const struct node *first,
                                       const struct node *last)
{
    const struct node *found = NULL;

    for (const struct node *k = first;; k = k->next) {
        bool is_text = k->tag == TAG_TEXT;
        if (!is_text && found)
            return NULL;
        if (is_text && str_trim(k->text).n)
            return NULL;
        if (!is_text)
            found = k;
        if (k == last)
            return found;
    }
}

/* A picture that is a paragraph, or the text of a link that is one. */
static bool is_lone_picture(const struct node *only)
{
    if (only && only->tag == TAG_A && only->first)
        only = only_element(only->first, only->last);
    return only && only->tag == TAG_IMG;
}

/* A picture on its own stands in the middle where text is justified. */
static const struct style *centred(struct layout *ly, const struct style *st)
{
    struct style *s = arena_new(ly->arena, struct style);

    *s = *st;
    s->text_align = ALIGN_CENTER;
    return s;
}

/* A run of inline siblings from FIRST on; returns the node behind it. */
static const struct node *add_paragraph(struct layout *ly, struct galley *g,
                                        const struct node *first,
                                        const struct node *parent,
                                        struct place at)
{
    const struct node *last = first;

    while (last->next && (is_inline(ly, last->next)))
        last = last->next;
    struct para p = {
        .first = first,
        .last = last,
        .style = style_of(ly->styles, parent),
        .width = at.width,
        .struct_elem = at.struct_elem,
    };
    const struct node *only = parent->tag == TAG_P || parent->tag == TAG_DIV
                                  ? only_element(first, last)
                                  : NULL;
    if (is_lone_picture(only) && p.style->text_align == ALIGN_JUSTIFY)
        p.style = centred(ly, p.style);
    uint32_t n_lines = add_lines(ly, g, &p, at.x);
    breaks_lead(g, last, n_lines);
    /* A bold line is a heading to whoever wrote it. */
    if (only && only->tag == TAG_STRONG && n_lines == 1 && !last->next)
        galley_break(g, ROW_POOR);
    return last->next;
}

void block_children(struct layout *ly, struct galley *g, const struct node *n,
                    struct place at)
{
    const struct node *k = n->first;

    while (k) {
        if (is_hidden(ly, k)) {
            k = k->next;
        } else if (is_inline(ly, k)) {
            k = add_paragraph(ly, g, k, n, at);
        } else {
            block_node(ly, g, k, at);
            k = k->next;
        }
    }
}

static int32_t edge(const struct style *st, int side)
{
    return st->padding[side] + st->border[side].width;
}

static bool has_frame(const struct style *st)
{
    for (int i = 0; i < SIDE_COUNT; i++)
        if (st->border[i].width)
            return true;
    return st->has_background;
}

/* The box of a block inside its containing box. */
static struct place box_of(const struct style *st, struct place at)
{
    int32_t left = length_resolve(st->margin[SIDE_LEFT], at.width, 0);
    int32_t right = length_resolve(st->margin[SIDE_RIGHT], at.width, 0);
    int32_t free = at.width - left - right;
    int32_t width = length_resolve(st->width, at.width, free);
    int32_t most = length_resolve(st->max_width, at.width, free);

    if (width > most)
        width = most;
    if (width < MIN_WIDTH)
        width = free < MIN_WIDTH ? at.width : MIN_WIDTH;
    if (width > at.width)
        width = at.width;
    if (left + width > at.width)
        left = at.width - width;
    if (st->margin[SIDE_LEFT].kind == LENGTH_AUTO && width < free)
        left += (free - width) / 2;
    return (struct place){ at.x + left, width, at.struct_elem };
}

static void apply_break(struct galley *g, enum page_break b)
{
    if (b == BREAK_PAGE || b == BREAK_LEFT)
        galley_break(g, ROW_FORCED);
    else if (b == BREAK_RIGHT)
        galley_break(g, ROW_FORCED_RECTO);
    else if (b == BREAK_AVOID)
        galley_break(g, ROW_NEVER);
}

static void add_anchor(struct layout *ly, struct galley *g, str id, int32_t x)
{
    struct item *it = arena_new(ly->arena, struct item);

    *it = (struct item){
        .kind = ITEM_ANCHOR, .x = x, .text = id, .post = UINT32_MAX
    };
    galley_row(g,
               (struct row){ .after = ROW_NEVER, .items = it, .n_items = 1 });
}

/* A page had better begin with a rule's neighbours than with the rule; where a
 * heading follows, the end of the page parts as well. */
static void add_rule(struct galley *g, const struct node *hr,
                     const struct style *st, struct place at)
{
    const struct node *next = hr->next;
    struct item *it = arena_new(g->arena, struct item);
    const struct border *b = &st->border[SIDE_TOP];

    *it = (struct item){
        .kind = ITEM_RULE,
        .x = at.x,
        .w = at.width,
        .h = b->width ? b->width : 500,
        .color = b->width ? b->color : st->color,
        .post = UINT32_MAX,
    };
    while (next && next->tag == TAG_TEXT)
        next = next->next;
    enum row_break after = next && !tag_is_heading(next->tag) ? ROW_POOR
                                                              : ROW_FREE;
    galley_break(g, after);
    galley_row(g, (struct row){ .height = it->h,
                                .rule = true,
                                .after = after,
                                .items = it,
                                .n_items = 1 });
}

/* What stands inside N's padding. */
static void add_content(struct layout *ly, struct galley *g,
                        const struct node *n, struct place at)
{
    if (n->tag != TAG_LI) {
        block_children(ly, g, n, at);
        return;
    }
    uint32_t label = structure_add(ly, at.struct_elem, ROLE_LBL);
    uint32_t first = galley_here(g);
    at.struct_elem = structure_add(ly, at.struct_elem, ROLE_LBODY);
    block_children(ly, g, n, at);
    while (first < g->rows.n && g->rows.v[first].height == 0)
        first++;
    marker_add(ly, g, n, first, (struct place){ at.x, at.width, label });
}

static void add_box(struct layout *ly, struct galley *g, const struct node *n,
                    struct place box)
{
    const struct style *st = style_of(ly->styles, n);
    bool framed = has_frame(st);
    size_t frame = g->frames.n;
    uint32_t first = 0;

    if (framed || edge(st, SIDE_TOP)) {
        first = galley_here(g);
        if (framed)
            galley_frame(g,
                         (struct frame){ first, first, box.x, box.width, st });
    }
    if (node_attr(n, ATTR_ID).n)
        add_anchor(ly, g, node_attr(n, ATTR_ID), box.x);
    galley_padding(g, edge(st, SIDE_TOP));
    struct place inside = box;
    inside.x += edge(st, SIDE_LEFT);
    inside.width -= edge(st, SIDE_LEFT) + edge(st, SIDE_RIGHT);
    if (inside.width < MIN_WIDTH / 2)
        inside = box;
    if (n->tag == TAG_OL)
        marker_make_room(ly, n, &inside);
    uint32_t from = (uint32_t)g->rows.n;
    add_content(ly, g, n, inside);
    breaks_inside(ly, g, n, from);
    if (edge(st, SIDE_BOTTOM)) {
        galley_break(g, ROW_NEVER);
        galley_padding(g, edge(st, SIDE_BOTTOM));
        g->rows.v[g->rows.n - 1].after = ROW_FREE;
    }
    if (st->break_inside == BREAK_AVOID)
        breaks_none(g, from, ROW_NEVER);
    if (!framed)
        return;
    /* The margin of the last child stays inside a box with an edge there. */
    if (edge(st, SIDE_BOTTOM))
        galley_here(g);
    if (g->rows.n > first)
        g->frames.v[frame].last = (uint32_t)g->rows.n - 1;
    else
        g->frames.n = frame;
}

static bool is_note(const struct layout *ly, const struct node *n)
{
    return n->tag == TAG_ASIDE && map_find(&ly->notes, node_attr(n, ATTR_ID));
}

/* The structure element of N's content: one of its own, but a box without a
 * meaning that holds blocks is its parent's. */
static uint32_t element_of(struct layout *ly, const struct node *n,
                           uint32_t parent)
{
    enum struct_role role = role_of(n);

    if ((role == ROLE_L || role == ROLE_DIV) && block_is_inline(ly, n))
        role = ROLE_P;
    return role == ROLE_DIV ? parent : structure_add(ly, parent, role);
}

void block_node(struct layout *ly, struct galley *g, const struct node *n,
                struct place at)
{
    const struct style *st = style_of(ly->styles, n);
    struct place box = box_of(st, at);

    /* A note stands at the foot of the page that refers to it. */
    if (is_note(ly, n) || blockpage_add(ly, g, n, at))
        return;
    apply_break(g, st->break_before);
    breaks_before(g, n);
    if (st->string_set)
        galley_mark(g, n);
    galley_margin(g, length_resolve(st->margin[SIDE_TOP], at.width, 0));
    if (n->tag == TAG_HR) {
        add_rule(g, n, st, box);
    } else if (n->tag == TAG_TABLE) {
        ly->closed++;
        table_add(ly, g, n, box);
        ly->closed--;
    } else if (card_is(n)) {
        if (node_attr(n, ATTR_ID).n)
            add_anchor(ly, g, node_attr(n, ATTR_ID), box.x);
        ly->closed++;
        card_add(ly, g, n, box);
        ly->closed--;
    } else {
        box.struct_elem = element_of(ly, n, at.struct_elem);
        add_box(ly, g, n, box);
    }
    if (tag_is_heading(n->tag))
        galley_break(g, ROW_NEVER);
    apply_break(g, st->break_after);
    galley_margin(g, length_resolve(st->margin[SIDE_BOTTOM], at.width, 0));
}
