/* SPDX-License-Identifier: MIT */
#include "pdf/formula.h"

#include <stdlib.h>

#include "pdf/formula_parts.h"

/* Elements one in another; what is deeper is left to one line. */
#define DEPTH_MAX 200
/* Rules, and the axis where a font has no plus sign; thousandths. */
#define RULE_SIZE 45
#define AXIS      260
#define TRIES     4
/* How much of a page's height one formula takes at most. */
#define HIGHEST 900
/* What brackets reach around at least. */
#define STRUT_UP   700
#define STRUT_DOWN 200

/* Type sizes of the levels, thousandths: TeX's 10, 7 and 5 points. */
static const int32_t level_size[LEVELS] = { 1000, 1000, 700, 520 };

int32_t formula_em(const struct formula_maker *m, enum formula_level level,
                   int32_t thousandths)
{
    return (int32_t)((int64_t)m->size * level_size[level] / 1000 * thousandths /
                     1000);
}

int32_t formula_axis(const struct formula_maker *m, enum formula_level level)
{
    return formula_em(m, level, m->axis);
}

int32_t formula_rule_size(const struct formula_maker *m,
                          enum formula_level level)
{
    return formula_em(m, level, RULE_SIZE);
}

enum formula_level formula_smaller(enum formula_level level)
{
    return level < LEVEL_SCRIPT ? LEVEL_SCRIPT : LEVEL_SMALL;
}

void box_put(struct formula_maker *m, struct box_of_math *to,
             const struct box_of_math *from, int32_t x, int32_t dy)
{
    for (size_t i = 0; i < from->items.n; i++) {
        struct item *it = vec_push(&to->items, m->ly->arena);
        *it = from->items.v[i];
        it->x += x;
        it->y += dy;
    }
    if (from->up - dy > to->up)
        to->up = from->up - dy;
    if (from->down + dy > to->down)
        to->down = from->down + dy;
}

void box_put_rule(struct formula_maker *m, struct box_of_math *to, int32_t x,
                  int32_t y, int32_t w, int32_t h)
{
    *vec_push(&to->items, m->ly->arena) = (struct item){
        .kind = ITEM_RULE,
        .struct_elem = m->struct_elem,
        .x = x,
        .y = y,
        .w = w,
        .h = h > 0 ? h : 1,
        .color = m->style->color,
        .post = UINT32_MAX,
    };
    if (-y > to->up)
        to->up = -y;
    if (y + h > to->down)
        to->down = y + h;
}

/* "0.1667em", "-2pt": of mspace. */
static int32_t read_width(const struct formula_maker *m, str s,
                          enum formula_level level)
{
    char number[16] = { 0 };
    size_t n = 0;

    while (n < s.n && n + 1 < sizeof number &&
           (ascii_is_digit((unsigned char)s.p[n]) || s.p[n] == '.' ||
            s.p[n] == '-')) {
        number[n] = s.p[n];
        n++;
    }
    double v = strtod(number, NULL);
    str unit = str_from(s, n);
    double em = formula_em(m, level, 1000);
    double w = str_eq(unit, S("ex"))   ? v * em / 2
               : str_eq(unit, S("pt")) ? v * 1000
               : str_eq(unit, S("mm")) ? v * MP_PER_MM
               : str_eq(unit, S("cm")) ? v * MP_PER_MM * 10
                                       : v * em;
    return w > -WIDTH_MOST && w < WIDTH_MOST ? (int32_t)w : 0;
}

/* The level of what mstyle holds. */
static enum formula_level level_of(const struct node *n,
                                   enum formula_level level)
{
    str says = node_attr(n, ATTR_DISPLAYSTYLE);

    if (str_eq(says, S("true")))
        return LEVEL_DISPLAY;
    return says.n && (level == LEVEL_DISPLAY || node_has(n, ATTR_SCRIPTLEVEL))
               ? LEVEL_TEXT
               : level;
}

static struct box_of_math put_space(struct formula_maker *m,
                                    const struct node *n,
                                    enum formula_level level)
{
    return (struct box_of_math){ .w = read_width(m, node_attr(n, ATTR_WIDTH),
                                                 level) };
}

static struct box_of_math put_style(struct formula_maker *m,
                                    const struct node *n,
                                    enum formula_level level)
{
    return formula_row(m, n, level_of(n, level));
}

/* As much room as its letters would take. */
static struct box_of_math put_phantom(struct formula_maker *m,
                                      const struct node *n,
                                      enum formula_level level)
{
    struct box_of_math b = formula_row(m, n, level);

    b.items.n = 0;
    return b;
}

/* What is not here is a row. */
static formula_way *const makers[TAG_COUNT] = {
    [TAG_MI] = formula_identifier,     [TAG_MN] = formula_words,
    [TAG_MTEXT] = formula_words,       [TAG_MO] = formula_operator,
    [TAG_MSPACE] = put_space,          [TAG_MFRAC] = formula_fraction,
    [TAG_MSUB] = formula_scripts,      [TAG_MSUP] = formula_scripts,
    [TAG_MSUBSUP] = formula_scripts,   [TAG_MUNDER] = formula_limits,
    [TAG_MOVER] = formula_limits,      [TAG_MUNDEROVER] = formula_limits,
    [TAG_MSQRT] = formula_root,        [TAG_MROOT] = formula_root,
    [TAG_MENCLOSE] = formula_enclosed, [TAG_MTABLE] = formula_table,
    [TAG_MSTYLE] = put_style,          [TAG_MPHANTOM] = put_phantom,
};

struct box_of_math formula_node(struct formula_maker *m, const struct node *n,
                                enum formula_level level)
{
    if (m->depth > DEPTH_MAX)
        return formula_text(m, node_plain_text(n, m->kept), FACE_UPRIGHT,
                            level);
    m->depth++;
    struct box_of_math b = makers[n->tag] ? makers[n->tag](m, n, level)
                                          : formula_row(m, n, level);
    m->depth--;
    b.w = formula_cap(b.w);
    return b;
}

/* A binary operator without something on both sides is a sign (TeXbook,
 * appendix G, rules 5 and 6). */
static enum formula_class class_in_row(const struct node *n,
                                       enum formula_class before, bool first)
{
    enum formula_class c = formula_class_of(n);

    if (c != CLASS_BINARY)
        return c;
    if (first || before == CLASS_BINARY || before == CLASS_RELATION ||
        before == CLASS_OPEN || before == CLASS_PUNCT || before == CLASS_BIG)
        return CLASS_ORD;
    enum formula_class next = n->next ? formula_class_of(n->next) : CLASS_CLOSE;
    return next == CLASS_RELATION || next == CLASS_CLOSE || next == CLASS_PUNCT
               ? CLASS_ORD
               : c;
}

/* A row as it is being set; what is in it is one piece or several. */
struct row_of_math {
    struct formula_maker *m;
    enum formula_level level;
    struct box_of_math box;
    enum formula_class before;
    bool first;
};

static int32_t gap_before(const struct row_of_math *r, enum formula_class c)
{
    return r->first ? 0 : formula_gap(r->m, r->before, c, r->level);
}

static void add(struct row_of_math *r, const struct box_of_math *b,
                enum formula_class c, int32_t gap)
{
    r->box.w = formula_cap(r->box.w + gap);
    box_put(r->m, &r->box, b, r->box.w, 0);
    r->box.w = formula_cap(r->box.w + b->w);
    r->box.lean = b->lean;
    r->before = c == CLASS_SPACE ? r->before : c;
    r->first = false;
}

size_t formula_count(const struct node *n)
{
    size_t count = 0;

    for (const struct node *k = n->first; k; k = k->next)
        count++;
    return count;
}

static struct box_of_math stretched(struct formula_maker *m,
                                    const struct node *k, int32_t up,
                                    int32_t down, enum formula_level level)
{
    if (node_has(k, ATTR_MINSIZE)) {
        int32_t axis = formula_axis(m, level);
        int32_t half = read_width(m, node_attr(k, ATTR_MINSIZE), level) / 2;
        up = half + axis;
        down = half - axis;
    }
    return formula_tall(m, formula_text_of(k), up, down, level);
}

/* A box for each child of N: those that stretch reach as far as the others. */
static struct box_of_math *child_boxes(struct formula_maker *m,
                                       const struct node *n,
                                       enum formula_level level)
{
    int32_t up = formula_em(m, level, STRUT_UP);
    int32_t down = formula_em(m, level, STRUT_DOWN);
    struct box_of_math *boxes = arena_array(m->ly->arena, struct box_of_math,
                                            formula_count(n) + 1);
    size_t i = 0;

    for (const struct node *k = n->first; k; k = k->next, i++) {
        if (formula_is_stretchy(k))
            continue;
        boxes[i] = formula_node(m, k, level);
        up = boxes[i].up > up ? boxes[i].up : up;
        down = boxes[i].down > down ? boxes[i].down : down;
    }
    i = 0;
    for (const struct node *k = n->first; k; k = k->next, i++)
        if (formula_is_stretchy(k))
            boxes[i] = stretched(m, k, up, down, level);
    return boxes;
}

struct pieces {
    struct formula_piece *v;
    size_t n, cap;
};

static void end_piece(struct row_of_math *r, struct pieces *out, int32_t gap)
{
    *vec_push(out, r->m->ly->arena) = (struct formula_piece){
        .w = r->box.w,
        .up = r->box.up,
        .down = r->box.down,
        .gap = gap,
        .items = r->box.items.v,
        .n_items = (uint32_t)r->box.items.n,
    };
    r->box = (struct box_of_math){ 0 };
}

/* Sets the children of N. OUT, if it isn't NULL, gets a piece behind each
 * relation or operator. */
static void set_row(struct row_of_math *r, const struct node *n,
                    struct pieces *out)
{
    const struct box_of_math *boxes = child_boxes(r->m, n, r->level);

    r->first = true;
    for (const struct node *k = n->first; k; k = k->next, boxes++) {
        enum formula_class c = class_in_row(k, r->before, r->first);
        bool behind = !r->first && (r->before == CLASS_RELATION ||
                                    r->before == CLASS_BINARY);
        int32_t gap = gap_before(r, c);
        if (out && behind && r->box.items.n > 0) {
            end_piece(r, out, gap);
            gap = 0;
        }
        add(r, boxes, c, gap);
    }
}

struct box_of_math formula_row(struct formula_maker *m, const struct node *n,
                               enum formula_level level)
{
    struct row_of_math r = { .m = m, .level = level };

    set_row(&r, n, NULL);
    return r.box;
}

/* The children of MATH; a line may end between two pieces. */
static struct pieces lay(struct formula_maker *m, const struct node *math)
{
    bool display = str_eq(node_attr(math, ATTR_DISPLAY), S("block"));
    struct row_of_math r = { .m = m,
                             .level = display ? LEVEL_DISPLAY : LEVEL_TEXT };
    struct pieces out = { 0 };

    while (math->first && math->first == math->last &&
           (math->first->tag == TAG_MROW || math->first->tag == TAG_MSTYLE)) {
        math = math->first;
        r.level = level_of(math, r.level);
    }
    set_row(&r, math, &out);
    end_piece(&r, &out, 0);
    return out;
}

/* The middle of a plus sign is the axis. */
static void find_axis(struct formula_maker *m)
{
    struct box_of_math plus = formula_text(m, S("+"), FACE_UPRIGHT, LEVEL_TEXT);
    int32_t middle = (plus.up - plus.down) / 2;

    m->axis = middle > 0 && m->size > 0
                  ? (int32_t)((int64_t)middle * 1000 / m->size)
                  : AXIS;
}

/* SIZE, or a smaller one in which P would be no wider than WIDTH and no higher
 * than HEIGHT. */
static int32_t fitting_size(const struct pieces *p, int32_t size, int32_t width,
                            int32_t height)
{
    int32_t w = 0, h = 0;

    for (size_t i = 0; i < p->n; i++) {
        w = larger(w, p->v[i].w);
        h = larger(h, p->v[i].up + p->v[i].down);
    }
    int32_t by_width = w > width && width > 0
                           ? (int32_t)((int64_t)size * width / w) - 1
                           : size;
    int32_t by_height = h > height && height > 0
                            ? (int32_t)((int64_t)size * height / h) - 1
                            : size;
    return by_width < by_height ? by_width : by_height;
}

/* The items and glyphs of P, of which scratch memory has far more, in A. */
static struct formula keep(const struct pieces *p, struct arena *a)
{
    struct formula f = { arena_array(a, struct formula_piece, p->n),
                         (uint32_t)p->n };

    for (size_t i = 0; i < p->n; i++) {
        uint32_t n = p->v[i].n_items;
        struct item *items = arena_array(a, struct item, n + 1);
        for (uint32_t k = 0; k < n; k++) {
            struct item *it = &items[k];
            *it = p->v[i].items[k];
            it->formula = true;
            struct glyph *glyphs = arena_array(a, struct glyph,
                                               it->n_glyphs + 1);
            for (uint32_t g = 0; g < it->n_glyphs; g++)
                glyphs[g] = it->glyphs[g];
            it->glyphs = glyphs;
        }
        f.v[i] = p->v[i];
        f.v[i].items = items;
    }
    return f;
}

static struct formula_styles *styles_of(struct layout *ly,
                                        const struct style *base, int32_t size,
                                        struct arena *a)
{
    struct formula_styles *s = ly->formula_styles;

    if (!s || s->base != base || s->size != size) {
        s = arena_new(a, struct formula_styles);
        s->base = base;
        s->size = size;
        ly->formula_styles = s;
    }
    return s;
}

struct formula formula_lay(struct layout *ly, const struct node *math,
                           int32_t width, uint32_t struct_elem)
{
    const struct style *st = style_of(ly->styles, math);
    struct arena *kept = ly->arena;
    int32_t size = st->font_size;
    struct pieces p = { 0 };
    bool from_right = ly->from_right;

    ly->arena = shaper_scratch(ly->shaper);
    ly->from_right = false;
    for (int i = 0; i < TRIES; i++) {
        struct formula_maker m = { .ly = ly,
                                   .kept = kept,
                                   .style = st,
                                   .struct_elem = struct_elem,
                                   .size = size,
                                   .styles = styles_of(ly, st, size, kept) };
        find_axis(&m);
        p = lay(&m, math);
        int32_t smaller = fitting_size(
            &p, size, width,
            (int32_t)((int64_t)ly->page_height * HIGHEST / 1000));
        if (smaller >= size || smaller <= 0)
            break;
        size = smaller;
    }
    ly->arena = kept;
    ly->from_right = from_right;
    return keep(&p, kept);
}
