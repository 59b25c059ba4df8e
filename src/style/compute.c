/* SPDX-License-Identifier: MIT */
#include "style/compute.h"

#include <string.h>

/* 20,000 pt: more than any page, and no sum of a few overflows. */
#define MP_LIMIT      20000000
#define FONT_SIZE_MAX 1000000
/* Smaller text could not be read, so it would be lost. */
#define FONT_SIZE_MIN 1000

struct computing {
    const struct cascade *c;
    struct style *s;
};

typedef void apply_fn(const struct computing *cp, const struct prop_info *info,
                      const struct value *v);

static void *field_of(struct style *s, const struct prop_info *info)
{
    return (char *)s + info->at;
}

static int32_t round_mp(double v)
{
    if (v > MP_LIMIT)
        return MP_LIMIT;
    if (v < -MP_LIMIT)
        return -MP_LIMIT;
    return (int32_t)(v < 0 ? v - 0.5 : v + 0.5);
}

/* V in millipoints; font-relative units by FONT, which is the parent's style
 * for the properties that FONT itself is made of. */
static int32_t to_mp(const struct computing *cp, const struct style *font,
                     const struct value *v)
{
    const struct style *root = cp->c->root ? cp->c->root : font;

    if (v->kind == VALUE_KEYWORD)
        return v->i;
    switch (v->unit) {
    case UNIT_MP:
        return round_mp(v->num);
    case UNIT_EM:
    case UNIT_IC:
        return round_mp(v->num * font->font_size);
    case UNIT_EX:
    case UNIT_CH:
        return round_mp(v->num * font->font_size / 2);
    case UNIT_REM:
        return round_mp(v->num * root->font_size);
    case UNIT_LH:
        return round_mp(v->num * font->line_height);
    case UNIT_RLH:
        return round_mp(v->num * root->line_height);
    }
    return 0;
}

static void apply_enum(const struct computing *cp, const struct prop_info *info,
                       const struct value *v)
{
    memcpy(field_of(cp->s, info), &v->i, sizeof v->i);
}

static void apply_flag(const struct computing *cp, const struct prop_info *info,
                       const struct value *v)
{
    *(bool *)field_of(cp->s, info) = v->i > 0;
}

static void apply_mp(const struct computing *cp, const struct prop_info *info,
                     const struct value *v)
{
    *(int32_t *)field_of(cp->s, info) = to_mp(cp, cp->s, v);
}

static void apply_length(const struct computing *cp,
                         const struct prop_info *info, const struct value *v)
{
    struct length *out = field_of(cp->s, info);

    if (v->kind == VALUE_KEYWORD)
        *out = (struct length){ .kind = LENGTH_AUTO };
    else if (v->kind == VALUE_PERCENT)
        *out = (struct length){ LENGTH_PERCENT, round_mp(v->num * 1000) };
    else
        *out = (struct length){ LENGTH_MP, to_mp(cp, cp->s, v) };
}

static uint32_t color_of(const struct computing *cp, const struct value *v)
{
    return v->kind == VALUE_CURRENT ? cp->s->color : (uint32_t)v->i;
}

static void apply_color(const struct computing *cp,
                        const struct prop_info *info, const struct value *v)
{
    /* currentcolor of `color` itself is the inherited one, already there. */
    *(uint32_t *)field_of(cp->s, info) = color_of(cp, v);
}

static void apply_background(const struct computing *cp,
                             const struct prop_info *info,
                             const struct value *v)
{
    cp->s->background = color_of(cp, v);
    cp->s->has_background = v->kind == VALUE_CURRENT || v->num > 0;
}

static void set_line_height(struct style *s)
{
    if (s->line_factor)
        s->line_height = round_mp(s->font_size * (s->line_factor / 1000.0));
}

static void apply_font_size(const struct computing *cp,
                            const struct prop_info *info, const struct value *v)
{
    const struct style *parent = cp->c->parent;
    int32_t size = v->kind == VALUE_PERCENT
                       ? round_mp(v->num / 100 * parent->font_size)
                       : to_mp(cp, parent, v);

    if (size < FONT_SIZE_MIN)
        size = FONT_SIZE_MIN;
    cp->s->font_size = size > FONT_SIZE_MAX ? FONT_SIZE_MAX : size;
    set_line_height(cp->s);
}

static void apply_line_height(const struct computing *cp,
                              const struct prop_info *info,
                              const struct value *v)
{
    struct style *s = cp->s;

    s->line_factor = 0;
    if (v->kind == VALUE_NUMBER) {
        s->line_factor = round_mp(v->num * 1000);
        s->line_height = 0;
        set_line_height(s);
    } else if (v->kind == VALUE_PERCENT) {
        s->line_height = round_mp(v->num / 100 * s->font_size);
    } else {
        /* Its own height can't be the unit of itself. */
        struct style font = *s;
        font.line_height = cp->c->parent->line_height;
        s->line_height = to_mp(cp, &font, v);
    }
}

static void apply_family(const struct computing *cp,
                         const struct prop_info *info, const struct value *v)
{
    cp->s->font = v->p;
}

/* css-fonts-4, 2.2.1: bolder and lighter. */
static void apply_weight(const struct computing *cp,
                         const struct prop_info *info, const struct value *v)
{
    uint32_t w = cp->c->parent->font_weight;

    if (v->kind == VALUE_KEYWORD)
        cp->s->font_weight = (uint32_t)v->i;
    else if (v->num > 0)
        cp->s->font_weight = w < 350 ? 400 : w < 550 ? 700 : w < 900 ? 900 : w;
    else
        cp->s->font_weight = w < 100 ? w : w < 550 ? 100 : w < 750 ? 400 : 700;
}

static void apply_valign(const struct computing *cp,
                         const struct prop_info *info, const struct value *v)
{
    struct style *s = cp->s;

    s->raise = 0;
    s->vertical_align = v->kind == VALUE_KEYWORD ? (enum vertical_align)v->i
                                                 : VALIGN_RAISED;
    if (v->kind == VALUE_PERCENT)
        s->raise = round_mp(v->num / 100 * s->line_height);
    else if (v->kind != VALUE_KEYWORD)
        s->raise = to_mp(cp, s, v);
}

/* The lines of the ancestors stay: they are drawn through (css-text-decor-3,
 * 2). */
static void apply_decoration(const struct computing *cp,
                             const struct prop_info *info,
                             const struct value *v)
{
    cp->s->underline |= (v->i & 1) != 0;
    cp->s->overline |= (v->i & 2) != 0;
    cp->s->line_through |= (v->i & 4) != 0;
}

static void apply_name(const struct computing *cp, const struct prop_info *info,
                       const struct value *v)
{
    *(str *)field_of(cp->s, info) = *(const str *)v->p;
}

static void apply_strings(const struct computing *cp,
                          const struct prop_info *info, const struct value *v)
{
    cp->s->string_set = v->p;
}

static apply_fn *const appliers[TYPE_COUNT_OF] = {
    [TYPE_ENUM] = apply_enum,
    [TYPE_FLAG] = apply_flag,
    [TYPE_WORDS] = apply_flag,
    [TYPE_MP] = apply_mp,
    [TYPE_MP_PLUS] = apply_mp,
    [TYPE_LENGTH] = apply_length,
    [TYPE_LENGTH_PLUS] = apply_length,
    [TYPE_COUNT] = apply_enum,
    [TYPE_COUNT_0] = apply_enum,
    [TYPE_COLOR] = apply_color,
    [TYPE_BACKGROUND] = apply_background,
    [TYPE_FONT_SIZE] = apply_font_size,
    [TYPE_FONT_FAMILY] = apply_family,
    [TYPE_FONT_WEIGHT] = apply_weight,
    [TYPE_LINE_HEIGHT] = apply_line_height,
    [TYPE_VERTICAL_ALIGN] = apply_valign,
    [TYPE_TEXT_EMPHASIS] = apply_enum,
    [TYPE_DECORATION] = apply_decoration,
    [TYPE_NAME] = apply_name,
    [TYPE_STRING_SET] = apply_strings,
};

/* inherit and initial: the field as FROM has it, with what goes with it. */
static void copy_field(struct style *s, const struct style *from,
                       const struct prop_info *info)
{
    switch (info->type) {
    case TYPE_LINE_HEIGHT:
        s->line_factor = from->line_factor;
        break;
    case TYPE_BACKGROUND:
        s->has_background = from->has_background;
        break;
    case TYPE_VERTICAL_ALIGN:
        s->raise = from->raise;
        break;
    case TYPE_DECORATION:
        return; /* the parent's are there, and stay */
    default:
        break;
    }
    memcpy(field_of(s, info), (const char *)from + info->at, info->size);
    if (info->type == TYPE_LINE_HEIGHT || info->type == TYPE_FONT_SIZE)
        set_line_height(s);
}

static bool is_border_color(enum prop p)
{
    return p >= PROP_BORDER_TOP_COLOR && p <= PROP_BORDER_LEFT_COLOR;
}

static void apply_prop(const struct computing *cp, enum prop p,
                       const struct value *v)
{
    const struct prop_info *info = prop_info(p);
    static const struct value current = { .kind = VALUE_CURRENT };

    if (v->kind == VALUE_INITIAL && is_border_color(p))
        apply_color(cp, info, &current);
    else if (v->kind == VALUE_INHERIT || v->kind == VALUE_INITIAL)
        copy_field(cp->s,
                   v->kind == VALUE_INHERIT ? cp->c->parent : cp->c->initial,
                   info);
    else if (info->in_style)
        appliers[info->type](cp, info, v);
}

/* What follows from several properties together. */
static void settle(struct style *s)
{
    for (int i = 0; i < SIDE_COUNT; i++)
        if (s->border[i].style == BORDER_NONE)
            s->border[i].width = 0;
    if (s->border_collapse)
        s->border_spacing = 0;
    if (s->line_height < FONT_SIZE_MIN)
        s->line_height = FONT_SIZE_MIN;
}

void compute_initial(struct style *initial, struct arena *a)
{
    struct cascade c = { .initial = initial, .parent = initial };
    struct computing cp = { &c, initial };

    /* bytes, so that equal styles are equal bytes too */
    memset(initial, 0, sizeof *initial);
    initial->line_factor = 1200;
    for (enum prop p = 0; p < PROP_COUNT; p++) {
        const struct prop_info *info = prop_info(p);
        struct value v;
        if (info->in_style &&
            value_parse(p, css_tokenize(str_of(info->initial), a), a, &v))
            apply_prop(&cp, p, &v);
    }
}

void cascade_add(struct cascade *c, const struct decls *d, bool important)
{
    for (size_t i = 0; d && i < d->n; i++)
        if (d->v[i].important == important)
            c->winner[d->v[i].prop] = &d->v[i];
}

void compute_style(const struct cascade *c, struct style *out)
{
    struct computing cp = { c, out };

    memcpy(out, c->initial, sizeof *out);
    memcpy(out, c->parent, offsetof(struct style, display));
    /* initial border colours follow this element's colour */
    for (enum prop p = 0; p < PROP_COUNT; p++) {
        if (c->winner[p])
            apply_prop(&cp, p, &c->winner[p]->value);
        else if (is_border_color(p))
            out->border[p - PROP_BORDER_TOP_COLOR].color = out->color;
    }
    settle(out);
}

int32_t length_resolve(struct length l, int32_t base, int32_t auto_is)
{
    if (l.kind == LENGTH_AUTO)
        return auto_is;
    return l.kind == LENGTH_PERCENT ? round_mp((double)l.v * base / 100000)
                                    : l.v;
}
