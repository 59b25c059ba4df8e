/* SPDX-License-Identifier: MIT */
/* Letters, digits and words of a formula. */
#include <stdlib.h>
#include <uninorm.h>

#include "base/utf8.h"
#include "pdf/facemeta.h"
#include "pdf/fontset.h"
#include "pdf/formula_parts.h"

/* Blank at either side of a sign. */
#define SIGN_SIDE 50

static const struct style *style_for(struct formula_maker *m,
                                     enum formula_face face,
                                     enum formula_level level)
{
    struct style **at = &m->styles->of[level][face];

    if (*at)
        return *at;
    *at = arena_new(m->kept, struct style);
    **at = *m->style;
    (*at)->font_size = formula_em(m, level, 1000);
    (*at)->italic = face == FACE_ITALIC || face == FACE_BOLD_ITALIC;
    (*at)->letter_spacing = 0;
    (*at)->small_caps = (*at)->underline = (*at)->line_through = false;
    if (face == FACE_BOLD || face == FACE_BOLD_ITALIC)
        (*at)->font_weight = 700;
    return *at;
}

/* The ink of the glyphs of IT. */
static void measure_ink(const struct item *it, struct box_of_math *b)
{
    int32_t pen = it->x;

    for (uint32_t i = 0; i < it->n_glyphs; i++) {
        const struct glyph *g = &it->glyphs[i];
        int32_t x, y, w, h;
        face_read_extents(it->font, g->id, &x, &y, &w, &h);
        int32_t low = (int32_t)((int64_t)y * it->size / 1000) + g->dy;
        int32_t high = (int32_t)((int64_t)(y + h) * it->size / 1000) + g->dy;
        int32_t right = pen + g->dx +
                        (int32_t)((int64_t)(x + w) * it->size / 1000);
        if (h > 0 && high > b->up)
            b->up = high;
        if (h > 0 && -low > b->down)
            b->down = -low;
        pen += g->advance;
        b->lean = right > pen ? right - pen : 0;
    }
}

/* Is C a sign, which fonts of Han give a whole square? */
static bool is_sign(uint32_t c)
{
    return c == 0xB1 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c < 0x2E80);
}

void formula_ink(const struct item *it, int32_t *left, int32_t *right)
{
    int64_t wide = (int64_t)it->size * (it->stretch ? it->stretch : 1000);
    int32_t x, y, w, h;

    face_read_extents(it->font, it->glyphs[0].id, &x, &y, &w, &h);
    *left = it->x + (int32_t)(x * wide / 1000000);
    *right = *left + (int32_t)(w * wide / 1000000);
}

/* Takes the blank around the ink of one sign away, but for a little. */
static void trim(const struct formula_maker *m, struct box_of_math *b, str text,
                 enum formula_level level)
{
    struct item *it = b->items.v;
    size_t at = 0;
    int32_t left, right;

    if (b->items.n != 1 || it->n_glyphs != 1 || !is_sign(utf8_next(text, &at)))
        return;
    formula_ink(it, &left, &right);
    int32_t ink = right - left, side = formula_em(m, level, SIGN_SIDE);
    if (ink <= 0 || ink + 2 * side >= b->w)
        return;
    it->x += side - left;
    /* What is drawn behind it is drawn elsewhere. */
    it->w = ink + side - it->x;
    b->w = ink + 2 * side;
    b->lean = 0;
}

struct box_of_math formula_text(struct formula_maker *m, str text,
                                enum formula_face face,
                                enum formula_level level)
{
    struct box_of_math b = { 0 };
    struct line line = para_single(m->ly, text, style_for(m, face, level),
                                   m->struct_elem, 0);

    b.w = line.width;
    b.up = b.down = INT32_MIN / 2;
    for (size_t i = 0; i < line.items.n; i++) {
        struct item *it = vec_push(&b.items, m->ly->arena);
        *it = line.items.v[i];
        it->y = 0;
        measure_ink(it, &b);
    }
    if (b.up == INT32_MIN / 2)
        b.up = b.down = 0; /* no ink */
    trim(m, &b, text, level);
    return b;
}

/* Letters of Unicode's mathematical alphabets, and those that were there
 * before. */
static bool is_of_alphabet(uint32_t c)
{
    return (c >= 0x1D400 && c < 0x1D800) || (c >= 0x2100 && c < 0x2150);
}

static bool is_double_struck(uint32_t c)
{
    return (c >= 0x1D538 && c < 0x1D56C) || (c >= 0x1D7D8 && c < 0x1D7E2) ||
           c == 0x2102 || c == 0x210D || c == 0x2115 ||
           (c >= 0x2119 && c <= 0x211A) || c == 0x211D || c == 0x2124;
}

/* How C looks in a face of the text; false: in none. */
static bool find_face(uint32_t c, enum formula_face *face)
{
    if (c < 0x1D400)
        return false;
    if (c < 0x1D434 || (c >= 0x1D6A8 && c < 0x1D6E2) ||
        (c >= 0x1D7CE && c < 0x1D7D8))
        *face = FACE_BOLD;
    else if ((c >= 0x1D468 && c < 0x1D49C) || (c >= 0x1D71C && c < 0x1D756))
        *face = FACE_BOLD_ITALIC;
    else if ((c >= 0x1D5A0 && c < 0x1D5D4) || (c >= 0x1D7E2 && c < 0x1D7EC) ||
             (c >= 0x1D670 && c < 0x1D6A4) || c >= 0x1D7F6)
        *face = FACE_UPRIGHT; /* sans-serif, monospaced */
    else
        return false;
    return true;
}

/* Bold letters and their like are the text's own, which every font has; so are
 * others that no font has: then double-struck ones are bold, all else is in
 * italics. */
static enum formula_face unfold(struct formula_maker *m, str *text)
{
    size_t at = 0, n = 0;
    uint32_t c = text->n ? utf8_next(*text, &at) : 0;
    enum formula_face face = is_double_struck(c) ? FACE_BOLD : FACE_ITALIC;

    if (!is_of_alphabet(c) ||
        (!find_face(c, &face) && fontset_find(m->ly->fonts, c)))
        return FACE_UPRIGHT;
    uint8_t *plain = u8_normalize(UNINORM_NFKD, (const uint8_t *)text->p,
                                  text->n, NULL, &n);
    if (plain)
        *text = arena_dup(m->kept, (str){ (const char *)plain, n });
    free(plain);
    return face;
}

/* Single letters are in italics (MathML Core, 3.2.2), capital Greek ones of TeX
 * say that they are not. */
struct box_of_math formula_identifier(struct formula_maker *m,
                                      const struct node *n,
                                      enum formula_level level)
{
    str text = formula_text_of(n);
    size_t at = 0;
    uint32_t c = text.n ? utf8_next(text, &at) : 0;
    enum formula_face face = unfold(m, &text);
    bool letter = (c < 0x80 && ascii_is_alpha((int)c)) ||
                  (c >= 0xC0 && c < 0x530) || c == 0x1D465;

    if (face == FACE_UPRIGHT && at == text.n && letter &&
        !node_has(n, ATTR_MATHVARIANT))
        face = FACE_ITALIC;
    return formula_text(m, text, face, level);
}

struct box_of_math formula_words(struct formula_maker *m, const struct node *n,
                                 enum formula_level level)
{
    str text = formula_text_of(n), style = node_attr(n, ATTR_STYLE);
    enum formula_face face = unfold(m, &text);

    if (str_find(style, S("bold")) != STR_NONE)
        face = FACE_BOLD;
    else if (str_find(style, S("italic")) != STR_NONE)
        face = FACE_ITALIC;
    return formula_text(m, text, face, level);
}
