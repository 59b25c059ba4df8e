/* SPDX-License-Identifier: MIT */
#include "pdf/card.h"

#include "assets/qr.h"
#include "pdf/structure.h"

/* Millimetres as pt/1000. */
#define MM(x)      ((int32_t)((x)*72000 / 25.4))
#define QR_SIDE    MM(18)
#define MODULE_MIN MM(0.4)
#define GAP        MM(3)
#define PADDING    MM(2.5)

static bool is_label(const struct node *n)
{
    return n->tag == TAG_P && (node_has_class(n, S("embed-title")) ||
                               node_has_class(n, S("embed-host")));
}

/* What stands inside the box, beside the code. */
static bool is_inside(const struct node *n)
{
    return is_label(n) ||
           (n->tag == TAG_P && node_has_class(n, S("embed-picture")));
}

static str address_of(const struct node *figure)
{
    for (const struct node *k = figure; k; k = node_next(k, figure))
        if (k->tag == TAG_A && k->parent &&
            node_has_class(k->parent, S("embed-title")) &&
            node_attr(k, ATTR_HREF).n)
            return node_attr(k, ATTR_HREF);
    return node_attr(figure, ATTR_DATA_SRC);
}

/* The side of the printed code with its quiet zone; 0: there is none. */
static int32_t code_side(str address)
{
    uint32_t size = qr_size(address.n);
    int32_t need = (int32_t)(size + 2 * QR_QUIET) * MODULE_MIN;

    return size == 0 ? 0 : need > QR_SIDE ? need : QR_SIDE;
}

static const struct style *small_style(struct layout *ly,
                                       const struct style *from)
{
    struct style *st = arena_new(ly->arena, struct style);
    struct font_list *mono = arena_new(ly->arena, struct font_list);

    mono->generic = GENERIC_MONO;
    *st = *from;
    st->font = mono;
    st->font_size = from->font_size * 78 / 100;
    st->line_height = from->line_height * 80 / 100;
    st->color = 0x606060;
    st->text_align = ALIGN_START;
    st->hyphens = HYPHENS_NONE;
    st->white_space = SPACE_NORMAL;
    st->underline = false;
    return st;
}

static const struct style *kind_style(struct layout *ly,
                                      const struct style *from)
{
    struct style *st = arena_new(ly->arena, struct style);

    *st = *from;
    st->font_size = from->font_size * 85 / 100;
    st->color = 0x606060;
    st->small_caps = true;
    return st;
}

/* What is no part of the post: our word for the kind, and the address, which
 * the link says already. */
static void add_artifact(struct layout *ly, struct galley *g, str text,
                         const struct style *st, bool ours, struct place at)
{
    struct para p = { .style = st, .width = at.width, .prefix = text };

    if (text.n == 0)
        return;
    struct lines lines = para_lines(ly, &p);
    for (uint32_t i = 0; i < lines.n; i++) {
        for (size_t k = 0; k < lines.v[i].items.n; k++)
            lines.v[i].items.v[k].ours = ours;
        galley_line(g, &lines.v[i], at.x, ROW_FREE);
    }
}

static bool says_address(const struct node *figure, str address,
                         struct arena *a)
{
    for (const struct node *k = figure->first; k; k = k->next)
        if (is_label(k) && str_eq(node_plain_text(k, a), address))
            return true;
    return false;
}

static void add_labels(struct layout *ly, struct galley *g,
                       const struct node *figure, struct place at)
{
    const struct style *last = style_of(ly->styles, figure);

    add_artifact(ly, g, node_attr(figure, ATTR_ARIA_LABEL),
                 kind_style(ly, last), true, at);
    for (const struct node *k = figure->first; k; k = k->next)
        if (is_inside(k)) {
            block_node(ly, g, k, at);
            if (is_label(k))
                last = style_of(ly->styles, k);
        }
    /* Where there is no better title, the address stands there already. */
    if (!says_address(figure, address_of(figure), ly->arena))
        add_artifact(ly, g, address_of(figure), small_style(ly, last), false,
                     at);
}

static void add_code(struct item_vec *items, str address, int32_t x, int32_t y,
                     int32_t side, struct arena *a)
{
    *vec_push(items, a) = (struct item){
        .kind = ITEM_QR,
        .x = x,
        .y = y,
        .w = side,
        .h = side,
        .text = address,
        .post = UINT32_MAX,
    };
}

static void add_border(struct item_vec *items, struct place at, int32_t height,
                       const struct style *st, struct arena *a)
{
    struct style *box = arena_new(a, struct style);

    *box = *st;
    for (int i = 0; i < SIDE_COUNT; i++)
        if (box->border[i].width == 0)
            box->border[i] = (struct border){ 400, BORDER_SOLID, 0x808080 };
    box->has_background = false;
    frame_items(&(struct frame){ .x = at.x, .w = at.width, .style = box }, 0,
                height, true, true, items, a);
}

/* A blank, or the caption of a figure, which stands outside the box. */
static bool is_beside(const struct node *k)
{
    return k->tag == TAG_FIGCAPTION ||
           (k->tag == TAG_TEXT && str_is_blank(k->text));
}

/* The remote picture's place that is all of the block P but for a caption, or
 * NULL. */
static const struct node *lone_place(const struct node *p)
{
    const struct node *place = NULL;

    if (p->tag != TAG_P && p->tag != TAG_DIV && p->tag != TAG_FIGURE)
        return NULL;
    for (const struct node *k = p->first; k; k = k->next) {
        if (is_beside(k))
            continue;
        if (place)
            return NULL;
        place = k->tag == TAG_A && k->first && k->first == k->last ? k->first
                                                                   : k;
        if (!node_has_class(place, S("missing-image")))
            return NULL;
    }
    return place;
}

static bool is_embed(const struct node *n)
{
    return n->tag == TAG_FIGURE && node_has_class(n, S("embed"));
}

/* The child of the block P that its place is, or is in. */
static const struct node *place_child(const struct node *p)
{
    const struct node *k = p->first;

    while (is_beside(k))
        k = k->next;
    return k;
}

bool card_is(const struct node *n)
{
    return is_embed(n) || lone_place(n);
}

const struct node *card_box(const struct node *n)
{
    if (is_embed(n))
        return n;
    return lone_place(n) ? place_child(n) : NULL;
}

/* What a card holds, in a box of its own. */
struct inside {
    struct galley labels;
    int32_t side; /* of the code at the left; 0: none */
    str address;  /* in the code */
};

static void add_frame(struct layout *ly, struct galley *g, struct inside *in,
                      const struct node *n, struct place at)
{
    struct item_vec items = { 0 };
    int32_t left = in->side ? in->side + GAP : 0;
    int32_t text = (int32_t)galley_height(&in->labels);
    int32_t inner = text > in->side ? text : in->side;
    int32_t height = inner + 2 * PADDING;

    add_border(&items, at, height, style_of(ly->styles, n), ly->arena);
    if (in->side)
        add_code(&items, in->address, at.x + PADDING,
                 PADDING + (inner - in->side) / 2, in->side, ly->arena);
    galley_flatten(&in->labels, at.x + PADDING + left,
                   PADDING + (inner - text) / 2, &items, ly->arena);
    galley_row(g, (struct row){ .height = height,
                                .items = items.v,
                                .n_items = (uint32_t)items.n });
}

/* What the author called the picture and its host or file: the child of P. */
static void add_name(struct layout *ly, struct galley *g, const struct node *p,
                     struct place box)
{
    const struct node *name = place_child(p);
    struct style *left = arena_new(ly->arena, struct style);

    *left = *style_of(ly->styles, p);
    left->text_align = ALIGN_START;
    struct para para = {
        .first = name,
        .last = name,
        .style = left,
        .width = box.width,
        .struct_elem = box.struct_elem,
    };
    struct lines lines = para_lines(ly, &para);
    for (uint32_t i = 0; i < lines.n; i++)
        galley_line(g, &lines.v[i], box.x, ROW_FREE);
}

/* The name, then where the picture was and what is wrong with it. */
static void add_place_box(struct layout *ly, struct galley *g,
                          const struct node *p, struct place at)
{
    const struct node *place = lone_place(p);
    const struct style *small = small_style(ly, style_of(ly->styles, place));
    str link = node_attr(place->parent, ATTR_HREF);
    struct inside in = { .side = 0 };
    struct place box = { .width = at.width - 2 * PADDING };

    box.struct_elem = structure_add(ly, at.struct_elem, ROLE_P);
    galley_init(&in.labels, ly->arena);
    add_name(ly, &in.labels, p, box);
    add_artifact(ly, &in.labels, node_attr(place, ATTR_DATA_SRC), small, false,
                 box);
    add_artifact(ly, &in.labels, node_attr(place, ATTR_DATA_WHY), small, false,
                 box);
    /* Where the author's link around the picture leads. */
    if (link.n > 0 && !str_eq(link, node_attr(place, ATTR_DATA_SRC)))
        add_artifact(ly, &in.labels, link, small, false, box);
    add_frame(ly, g, &in, place, at);
}

/* The box, and the captions of a figure around it. */
static void add_place(struct layout *ly, struct galley *g, const struct node *p,
                      struct place at)
{
    const struct node *child = place_child(p);

    for (const struct node *k = p->first; k; k = k->next) {
        if (k == child)
            add_place_box(ly, g, p, at);
        else if (k->tag == TAG_FIGCAPTION)
            block_node(ly, g, k, at);
        else
            continue;
        if (k->next)
            galley_break(g, ROW_NEVER);
    }
}

/* Once a chapter. */
static void tell_no_code(struct layout *ly, const struct node *figure)
{
    if (!qr_missing || ly->codes_told)
        return;
    ly->codes_told = true;
    diag_add(ly->diag, DIAG_LIBRARY_MISSING, ly->path, figure->line,
             "can't make codes to scan, for which %s; left them out of the "
             "cards in print",
             qr_missing);
}

static void add_embed(struct layout *ly, struct galley *g,
                      const struct node *figure, struct place at)
{
    struct inside in = { .address = address_of(figure) };

    at.struct_elem = structure_add(ly, at.struct_elem, ROLE_DIV);
    /* What is more than the labels (a quoted post) stands above the box. */
    for (const struct node *k = figure->first; k; k = k->next)
        if (!is_inside(k) && k->tag != TAG_TEXT)
            block_node(ly, g, k, at);
    tell_no_code(ly, figure);
    in.side = code_side(in.address);
    if (in.side > at.width / 2)
        in.side = 0;
    galley_init(&in.labels, ly->arena);
    int32_t left = in.side ? in.side + GAP : 0;
    add_labels(ly, &in.labels, figure,
               (struct place){
                   .width = at.width - 2 * PADDING - left,
                   .struct_elem = at.struct_elem,
               });
    add_frame(ly, g, &in, figure, at);
}

void card_add(struct layout *ly, struct galley *g, const struct node *n,
              struct place at)
{
    if (is_embed(n))
        add_embed(ly, g, n, at);
    else
        add_place(ly, g, n, at);
}
