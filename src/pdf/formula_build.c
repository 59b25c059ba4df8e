/* SPDX-License-Identifier: MIT */
/* Elements of a formula that hold others. Numbers are thousandths of the type
 * size; TeX's own where it has them (its font parameters sigma and xi). */
#include "pdf/formula_parts.h"

#define SUP_UP        400 /* sigma 13 to 15 */
#define SUP_DROP      386 /* sigma 18 */
#define SUB_DOWN      200 /* sigma 16 and 17 */
#define SUB_DROP      50  /* sigma 19 */
#define SCRIPT_GAP    180 /* between the two: four rules */
#define SCRIPT_SIDE   40  /* behind them: TeX's \scriptspace */
#define FRACTION_SIDE 90
#define FRACTION_GAP  110
#define FRACTION_OPEN 220 /* the same where it is displayed */
#define LIMIT_GAP     140
#define ACCENT_GAP    80
#define ROOT_GAP      110
#define ROOT_SIDE     60
#define BOX_GAP       200

struct box_of_math formula_fraction(struct formula_maker *m,
                                    const struct node *n,
                                    enum formula_level level)
{
    enum formula_level inner = level == LEVEL_DISPLAY ? LEVEL_TEXT
                                                      : formula_smaller(level);
    struct box_of_math above = formula_node(m, n->first, inner);
    struct box_of_math below = formula_node(m, n->last, inner);
    bool bar = !node_has(n, ATTR_LINETHICKNESS);
    int32_t axis = formula_axis(m, level),
            side = formula_em(m, level, FRACTION_SIDE);
    int32_t rule = formula_rule_size(m, level);
    int32_t gap = formula_em(m, level,
                             level == LEVEL_DISPLAY ? FRACTION_OPEN
                                                    : FRACTION_GAP) +
                  rule / 2;
    int32_t w = larger(above.w, below.w);
    struct box_of_math b = { .w = w + 2 * side };

    box_put(m, &b, &above, side + (w - above.w) / 2, -axis - gap - above.down);
    box_put(m, &b, &below, side + (w - below.w) / 2, -axis + gap + below.up);
    if (bar)
        box_put_rule(m, &b, side / 2, -axis - rule / 2, w + side, rule);
    return b;
}

/* Puts BELOW and ABOVE, either of which may be NULL, behind B. */
static void add_scripts(struct formula_maker *m, struct box_of_math *b,
                        const struct box_of_math *below,
                        const struct box_of_math *above,
                        enum formula_level level)
{
    enum formula_level small = formula_smaller(level);
    int32_t x = b->w, base_up = b->up, base_down = b->down, w = 0;
    int32_t up = larger(formula_em(m, level, SUP_UP),
                        base_up - formula_em(m, small, SUP_DROP));
    int32_t down = larger(formula_em(m, level, SUB_DOWN),
                          base_down + formula_em(m, small, SUB_DROP));

    if (above && below) {
        int32_t least = formula_em(m, level, SCRIPT_GAP);
        int32_t gap = up - above->down + down - below->up;
        if (gap < least)
            down += least - gap;
    }
    if (above) {
        up = larger(up, above->down + formula_em(m, level, 110));
        box_put(m, b, above, x + b->lean, -up);
        w = above->w + b->lean;
    }
    if (below) {
        down = larger(down, below->up - formula_em(m, level, 350));
        box_put(m, b, below, x, down);
        w = larger(w, below->w);
    }
    b->w = x + w + formula_em(m, level, SCRIPT_SIDE);
    b->lean = 0;
}

/* Primes of fonts of text are raised already. */
static bool is_prime(const struct node *n)
{
    static const str primes[] = { STR_INIT("\u2032"), STR_INIT("\u2033"),
                                  STR_INIT("\u2034"), STR_INIT("\u2057") };

    return n->tag == TAG_MO && STR_IS_AMONG(formula_text_of(n), primes);
}

static struct box_of_math put_primes(struct formula_maker *m,
                                     struct box_of_math *base,
                                     const struct node *primes,
                                     enum formula_level level)
{
    struct box_of_math sign = formula_node(m, primes, level);

    box_put(m, base, &sign, base->w + base->lean / 2, 0);
    base->w += sign.w + base->lean / 2;
    base->lean = 0;
    return *base;
}

struct box_of_math formula_scripts(struct formula_maker *m,
                                   const struct node *n,
                                   enum formula_level level)
{
    enum formula_level small = formula_smaller(level);
    struct box_of_math b = formula_node(m, n->first, level);

    if (n->tag == TAG_MSUP && is_prime(n->last))
        return put_primes(m, &b, n->last, level);
    struct box_of_math first = formula_node(m, n->first->next, small);

    if (n->tag == TAG_MSUBSUP) {
        struct box_of_math second = formula_node(m, n->last, small);
        add_scripts(m, &b, &first, &second, level);
    } else if (n->tag == TAG_MSUB) {
        add_scripts(m, &b, &first, NULL, level);
    } else {
        add_scripts(m, &b, NULL, &first, level);
    }
    return b;
}

static bool is_line(str s)
{
    return str_eq(s, S("\u00af")) || str_eq(s, S("_")) ||
           str_eq(s, S("\u203e")) || str_eq(s, S("\u0332"));
}

/* The accent MO over or under BASE. */
static struct box_of_math put_accent(struct formula_maker *m,
                                     struct box_of_math *base,
                                     const struct node *mo, bool under,
                                     enum formula_level level)
{
    struct box_of_math b = { .w = base->w, .lean = base->lean };
    str sign = formula_text_of(mo);
    int32_t gap = formula_em(m, level, ACCENT_GAP);
    int32_t rule = formula_rule_size(m, level);
    int32_t w = base->w;

    box_put(m, &b, base, 0, 0);
    if (is_line(sign)) {
        int32_t y = under ? base->down + gap : -base->up - gap - rule;
        box_put_rule(m, &b, 0, y, w + base->lean, rule);
        return b;
    }
    bool wide = formula_is_stretchy(mo);
    bool arrow = !wide && str_eq(sign, S("\u2192"));
    struct box_of_math a = formula_wide(m, sign, wide ? w : 0,
                                        arrow ? formula_smaller(level) : level);
    int32_t x = (w - a.w) / 2 + (under ? 0 : base->lean / 2);
    box_put(m, &b, &a, x, under ? base->down + gap + a.up : -base->up - gap);
    if (a.w > b.w) {
        for (size_t i = 0; i < b.items.n; i++)
            b.items.v[i].x += (a.w - b.w) / 2;
        b.w = a.w;
    }
    return b;
}

static bool is_accent(const struct node *n)
{
    return n->tag != TAG_MUNDEROVER && n->last->tag == TAG_MO &&
           (node_has(n, ATTR_ACCENT) || node_has(n, ATTR_ACCENTUNDER));
}

static struct box_of_math stack(struct formula_maker *m,
                                const struct box_of_math *base,
                                const struct box_of_math *below,
                                const struct box_of_math *above,
                                enum formula_level level)
{
    int32_t w = base->w, gap = formula_em(m, level, LIMIT_GAP);
    struct box_of_math b = { 0 };

    if (below)
        w = larger(w, below->w);
    if (above)
        w = larger(w, above->w);
    b.w = w;
    box_put(m, &b, base, (w - base->w) / 2, 0);
    if (below)
        box_put(m, &b, below, (w - below->w) / 2, base->down + gap + below->up);
    if (above)
        box_put(m, &b, above, (w - above->w) / 2,
                -base->up - gap - above->down);
    return b;
}

/* The base of limits: an arrow grows with what stands on it. */
static struct box_of_math limits_base(struct formula_maker *m,
                                      const struct node *n, int32_t widest,
                                      enum formula_level level)
{
    if (!formula_is_stretchy(n))
        return formula_node(m, n, level);
    struct box_of_math b = { 0 };
    struct box_of_math sign = formula_wide(
        m, formula_text_of(n), widest + formula_em(m, level, 500), level);
    b.w = sign.w;
    box_put(m, &b, &sign, 0, sign.up / 2 - formula_axis(m, level));
    return b;
}

struct box_of_math formula_limits(struct formula_maker *m, const struct node *n,
                                  enum formula_level level)
{
    const struct node *core = n->first->tag == TAG_MO ? n->first : NULL;
    enum formula_level small = formula_smaller(level);

    if (is_accent(n)) {
        struct box_of_math base = formula_node(m, n->first, level);
        return put_accent(m, &base, n->last, n->tag == TAG_MUNDER, level);
    }
    struct box_of_math first = formula_node(m, n->first->next, small);
    struct box_of_math last = formula_node(m, n->last, small);
    const struct box_of_math *below = n->tag == TAG_MOVER ? NULL : &first;
    const struct box_of_math *above = n->tag == TAG_MUNDER ? NULL : &last;
    struct box_of_math base = limits_base(m, n->first, larger(first.w, last.w),
                                          level);
    if (core && level > LEVEL_DISPLAY && formula_moves_limits(core)) {
        add_scripts(m, &base, below, above, level);
        return base;
    }
    return stack(m, &base, below, above, level);
}

/* Where the ink of one sign ends at the right. */
static int32_t ink_end(const struct box_of_math *sign)
{
    int32_t left, right;

    if (sign->items.n == 0 || sign->items.v[0].n_glyphs == 0)
        return sign->w;
    formula_ink(&sign->items.v[0], &left, &right);
    return right;
}

struct box_of_math formula_root(struct formula_maker *m, const struct node *n,
                                enum formula_level level)
{
    bool degree = n->tag == TAG_MROOT;
    struct box_of_math in = degree ? formula_node(m, n->first, level)
                                   : formula_row(m, n, level);
    int32_t rule = formula_rule_size(m, level);
    int32_t gap = formula_em(m, level, ROOT_GAP);
    int32_t side = formula_em(m, level, ROOT_SIDE);
    int32_t up = in.up + gap + rule;
    int32_t down = larger(in.down, formula_em(m, level, 100));
    int32_t axis = formula_axis(m, level);
    struct box_of_math b = { 0 };
    int32_t x = 0;

    /* formula_tall() has its middle on the axis, this one between the two. */
    int32_t half = (up + down) / 2, middle = (up - down) / 2;
    struct box_of_math sign = formula_tall(m, S("\u221a"), axis + half,
                                           half - axis, level);
    int32_t dy = axis - middle;
    if (degree) {
        struct box_of_math d = formula_node(m, n->last, LEVEL_SMALL);
        int32_t over = d.w - sign.w * 6 / 10;
        x = over > 0 ? over : 0;
        box_put(m, &b, &d, x - over, -middle - half / 5 - d.down);
    }
    box_put(m, &b, &sign, x, dy);
    int32_t top = -(sign.up - dy);
    x += ink_end(&sign);
    box_put_rule(m, &b, x - rule, top, in.w + 2 * side + rule, rule);
    box_put(m, &b, &in, x + side, 0);
    b.w = x + in.w + 2 * side;
    return b;
}

struct box_of_math formula_enclosed(struct formula_maker *m,
                                    const struct node *n,
                                    enum formula_level level)
{
    struct box_of_math in = formula_row(m, n, level), b = { 0 };
    int32_t rule = formula_rule_size(m, level);
    bool box = str_eq(node_attr(n, ATTR_NOTATION), S("box"));
    int32_t gap = box ? formula_em(m, level, BOX_GAP) : 0;
    int32_t up = in.up + gap, down = in.down + gap;

    b.w = in.w + 2 * gap;
    box_put(m, &b, &in, gap, 0);
    if (!box) {
        box_put_rule(m, &b, 0, (in.down - in.up) / 2, b.w, rule);
        return b;
    }
    box_put_rule(m, &b, 0, -up - rule, b.w, rule);
    box_put_rule(m, &b, 0, down, b.w, rule);
    box_put_rule(m, &b, 0, -up - rule, rule, up + down + 2 * rule);
    box_put_rule(m, &b, b.w - rule, -up - rule, rule, up + down + 2 * rule);
    return b;
}
