/* SPDX-License-Identifier: MIT */
/* Operators: their class, their distance from others, and how they grow. */
#include "base/utf8.h"
#include "pdf/formula_parts.h"

/* TeX's thin, medium and thick spaces, thousandths. */
#define THIN   167
#define MEDIUM 222
#define THICK  278
/* Sums that are displayed, against those of a line; integrals. */
#define SUM_DISPLAY      1400
#define INTEGRAL_DISPLAY 2000
#define INTEGRAL_TEXT    1250
/* A bracket that is so little short is left as it is, thousandths of it. */
#define SHORT_OF 1150
/* Of the growth in height, how much comes in width, thousandths. */
#define WIDER 180
/* A bracket of rules: the blank at its sides, and how long its ends are. */
#define RULED_SIDE 90
#define RULED_END  200
/* Blank behind a bracket that grows. */
#define TALL_SIDE 60

str formula_text_of(const struct node *n)
{
    return n->first && n->first->tag == TAG_TEXT ? n->first->text : (str){ 0 };
}

static uint32_t char_of(const struct node *mo)
{
    str text = formula_text_of(mo);
    size_t at = 0;
    uint32_t c = text.n ? utf8_next(text, &at) : 0;

    return at == text.n ? c : 0;
}

/* The mo that N is, or that its scripts belong to; or NULL. */
static const struct node *core_of(const struct node *n)
{
    while (n && (n->tag == TAG_MSUB || n->tag == TAG_MSUP ||
                 n->tag == TAG_MSUBSUP || n->tag == TAG_MUNDER ||
                 n->tag == TAG_MOVER || n->tag == TAG_MUNDEROVER))
        n = n->first;
    return n && n->tag == TAG_MO ? n : NULL;
}

static bool is_sum(uint32_t c)
{
    return (c >= 0x220F && c <= 0x2211) || (c >= 0x22C0 && c <= 0x22C3) ||
           (c >= 0x2A00 && c <= 0x2A06);
}

static bool is_integral(uint32_t c)
{
    return c >= 0x222B && c <= 0x2233;
}

static bool is_binary(uint32_t c)
{
    static const uint16_t others[] = { '+',    0xB1,   0xD7,   0xF7,   0x2020,
                                       0x2021, 0x2213, 0x2216, 0x2217, 0x2218,
                                       0x2219, 0x2227, 0x2228, 0x2229, 0x222A,
                                       0x2212, 0x2240, 0x228E, 0x22C4, 0x22C5,
                                       0x22C6, 0x22C9, 0x22CA, 0x22D2, 0x22D3,
                                       0x25B3, 0x25BD, 0x25C3, 0x25B9, 0x2A3F };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i] == c)
            return true;
    return (c >= 0x2293 && c <= 0x22A1);
}

/* Signs among the relations that stand for themselves. */
static bool is_ordinary(uint32_t c)
{
    return c == 0x2200 || (c >= 0x2201 && c <= 0x2207 && c != 0x2204) ||
           c == 0x2204 || c == 0x221A || c == 0x221E || c == 0x2220 ||
           c == 0x22A4 || c == 0x22A5;
}

static enum formula_class class_of_char(uint32_t c)
{
    switch (c) {
    case '(':
    case '[':
    case '{':
    case 0x27E8:
    case 0x2308:
    case 0x230A:
    case 0x27E6:
        return CLASS_OPEN;
    case ')':
    case ']':
    case '}':
    case '!':
    case 0x27E9:
    case 0x2309:
    case 0x230B:
    case 0x27E7:
        return CLASS_CLOSE;
    case ',':
    case ';':
        return CLASS_PUNCT;
    case '=':
    case '<':
    case '>':
    case ':':
        return CLASS_RELATION;
    default:
        break;
    }
    if (is_sum(c) || is_integral(c))
        return CLASS_BIG;
    if (is_binary(c))
        return CLASS_BINARY;
    if (is_ordinary(c))
        return CLASS_ORD;
    return (c >= 0x2190 && c < 0x2300) || (c >= 0x27F0 && c < 0x2800) ||
                   (c >= 0x2900 && c < 0x2B00)
               ? CLASS_RELATION
               : CLASS_ORD;
}

bool formula_is_stretchy(const struct node *n)
{
    return n->tag == TAG_MO && str_eq(node_attr(n, ATTR_STRETCHY), S("true"));
}

static bool is_bracketed(const struct node *n)
{
    while (n->first &&
           (n->tag == TAG_MSUB || n->tag == TAG_MSUP || n->tag == TAG_MSUBSUP))
        n = n->first;
    return n->tag == TAG_MROW && n->first && formula_is_stretchy(n->first);
}

enum formula_class formula_class_of(const struct node *n)
{
    const struct node *mo = core_of(n);

    if (n->tag == TAG_MSPACE)
        return CLASS_SPACE;
    if (!mo)
        return is_bracketed(n) ? CLASS_INNER : CLASS_ORD;
    if (node_has(mo, ATTR_MOVABLELIMITS))
        return CLASS_BIG;
    uint32_t c = char_of(mo);
    return c ? class_of_char(c)
             : (formula_text_of(mo).n > 1 ? CLASS_BINARY : CLASS_ORD);
}

bool formula_moves_limits(const struct node *mo)
{
    str says = node_attr(mo, ATTR_MOVABLELIMITS);

    return says.n ? str_eq(says, S("true")) : is_sum(char_of(mo));
}

int32_t formula_gap(const struct formula_maker *m, enum formula_class before,
                    enum formula_class after, enum formula_level level)
{
    static const int16_t wants[] = { [CLASS_BIG] = THIN,
                                     [CLASS_BINARY] = MEDIUM,
                                     [CLASS_RELATION] = THICK,
                                     [CLASS_INNER] = THIN,
                                     [CLASS_SPACE] = 0 };
    bool big = before == CLASS_BIG || after == CLASS_BIG;

    if (after == CLASS_SPACE || (before == CLASS_RELATION && before == after))
        return 0;
    if (before == CLASS_PUNCT)
        return level < LEVEL_SCRIPT ? formula_em(m, level, THIN) : 0;
    if (before == CLASS_OPEN || after == CLASS_CLOSE || after == CLASS_PUNCT ||
        (big && after == CLASS_OPEN))
        return 0;
    int32_t left = wants[before], right = wants[after];
    int32_t gap = left > right ? left : right;
    if (level >= LEVEL_SCRIPT && !big)
        return 0;
    return formula_em(m, level, gap);
}

/* Makes B, the box of one sign, TALL thousandths as high and WIDE as wide. */
static void grow(struct box_of_math *b, int64_t tall, int64_t wide)
{
    for (size_t i = 0; i < b->items.n; i++) {
        struct item *it = &b->items.v[i];
        struct glyph *glyphs = (struct glyph *)it->glyphs;
        it->size = (int32_t)(it->size * tall / 1000);
        it->x = (int32_t)(it->x * wide / 1000);
        it->w = (int32_t)(it->w * wide / 1000);
        it->stretch = wide == tall ? 0 : (uint16_t)(1000 * wide / tall);
        for (uint32_t g = 0; g < it->n_glyphs; g++) {
            glyphs[g].advance = (int32_t)(glyphs[g].advance * wide / 1000);
            glyphs[g].dx = (int32_t)(glyphs[g].dx * wide / 1000);
            glyphs[g].dy = (int32_t)(glyphs[g].dy * tall / 1000);
        }
    }
    b->w = (int32_t)(b->w * wide / 1000);
    b->lean = (int32_t)(b->lean * wide / 1000);
    b->up = (int32_t)(b->up * tall / 1000);
    b->down = (int32_t)(b->down * tall / 1000);
}

/* B with its middle on the axis. */
static struct box_of_math centred(struct formula_maker *m,
                                  const struct box_of_math *b, int32_t middle)
{
    struct box_of_math out = { .w = b->w,
                               .up = INT32_MIN / 2,
                               .down = INT32_MIN / 2 };

    box_put(m, &out, b, 0, (b->up - b->down) / 2 - middle);
    return out;
}

/* Signs that are drawn of rules, since their ends would grow with them. */
static const struct {
    str text;
    uint8_t bars;
    bool left, right; /* where the ends point to, or where there is no end */
    bool top, bottom;
} ruled[] = {
    { STR_INIT("["), 1, false, true, true, true },
    { STR_INIT("]"), 1, true, false, true, true },
    { STR_INIT("\u2308"), 1, false, true, true, false },
    { STR_INIT("\u2309"), 1, true, false, true, false },
    { STR_INIT("\u230a"), 1, false, true, false, true },
    { STR_INIT("\u230b"), 1, true, false, false, true },
    { STR_INIT("|"), 1, false, false, false, false },
    { STR_INIT("\u2223"), 1, false, false, false, false },
    { STR_INIT("\u2016"), 2, false, false, false, false },
    { STR_INIT("\u2225"), 2, false, false, false, false },
};

static size_t find_ruled(str text)
{
    size_t i = 0;

    while (i < sizeof ruled / sizeof *ruled && !str_eq(ruled[i].text, text))
        i++;
    return i;
}

/* The sign I, HALF above and below the axis. */
static struct box_of_math put_ruled(struct formula_maker *m, size_t i,
                                    int32_t half, enum formula_level level)
{
    int32_t rule = formula_rule_size(m, level), axis = formula_axis(m, level);
    int32_t side = formula_em(m, level, RULED_SIDE);
    int32_t end = ruled[i].left || ruled[i].right
                      ? formula_em(m, level, RULED_END)
                      : 0;
    int32_t top = -axis - half, x = side;
    struct box_of_math b = { 0 };

    if (ruled[i].top)
        box_put_rule(m, &b, x, top, end, rule);
    if (ruled[i].bottom)
        box_put_rule(m, &b, x, half - axis - rule, end, rule);
    x += ruled[i].left ? end - rule : 0;
    for (unsigned k = 0; k < ruled[i].bars; k++, x += 4 * rule)
        box_put_rule(m, &b, x, top, rule, 2 * half);
    b.w = 2 * side + (end ? end : x - side - 3 * rule);
    return b;
}

struct box_of_math formula_tall(struct formula_maker *m, str text, int32_t up,
                                int32_t down, enum formula_level level)
{
    struct box_of_math b = formula_text(m, text, FACE_UPRIGHT, level);
    int32_t axis = formula_axis(m, level);
    int64_t half = up - axis > down + axis ? up - axis : down + axis;
    int64_t height = (int64_t)b.up + b.down;

    if (height > 0 && half * 2 * 1000 > height * SHORT_OF) {
        size_t i = find_ruled(text);
        if (i < sizeof ruled / sizeof *ruled)
            return put_ruled(m, i, (int32_t)half, level);
        int64_t tall = half * 2 * 1000 / height;
        tall = tall > 30000 ? 30000 : tall;
        grow(&b, tall, 1000 + (tall - 1000) * WIDER / 1000);
    }
    b.w += formula_em(m, level, TALL_SIDE);
    return centred(m, &b, axis);
}

struct box_of_math formula_wide(struct formula_maker *m, str text,
                                int32_t width, enum formula_level level)
{
    struct box_of_math b = formula_text(m, text, FACE_UPRIGHT, level);
    struct box_of_math out = { 0 };
    int32_t left = 0, right = 0;

    for (size_t i = 0; i < b.items.n && b.items.v[i].n_glyphs; i++)
        formula_ink(&b.items.v[i], &left, &right);
    if (right <= left)
        return b;
    int64_t wide = width > 0 ? (int64_t)width * 1000 / (right - left) : 1000;
    wide = wide < 1000 ? 1000 : wide > 60000 ? 60000 : wide;
    grow(&b, 1000, wide);
    left = (int32_t)(left * wide / 1000);
    right = (int32_t)(right * wide / 1000);
    box_put(m, &out, &b, -left, -b.down);
    out.w = right - left;
    out.up = b.up + b.down;
    out.down = 0;
    return out;
}

struct box_of_math formula_operator(struct formula_maker *m,
                                    const struct node *n,
                                    enum formula_level level)
{
    uint32_t c = char_of(n);
    struct box_of_math b = formula_text(m, formula_text_of(n), FACE_UPRIGHT,
                                        level);
    int64_t want = 0, height = (int64_t)b.up + b.down;

    if (is_integral(c))
        want = level == LEVEL_DISPLAY ? INTEGRAL_DISPLAY : INTEGRAL_TEXT;
    else if (is_sum(c))
        want = level == LEVEL_DISPLAY ? SUM_DISPLAY : 1000;
    if (want == 0 || height <= 0)
        return b;
    int64_t tall = (int64_t)formula_em(m, level, (int32_t)want) * 1000 / height;
    grow(&b, tall, tall > 1000 ? 1000 + (tall - 1000) * 3 / 4 : tall);
    return centred(m, &b, formula_axis(m, level));
}
