/* SPDX-License-Identifier: MIT */
#include "assets/cover_style.h"

#include "assets/cover_select.h"
#include "base/buf.h"
#include "style/css.h"
#include "style/value.h"

enum {
    FAMILY,
    WEIGHT,
    SLANT,
    SPACING,
    SIZE,
    FILL,
    FILL_OPACITY,
    OPACITY,
    FILL_RULE, /* of texts it counts for nothing */
    PROPS
};

static const str props[PROPS] = {
    [FAMILY] = STR_INIT("font-family"),
    [WEIGHT] = STR_INIT("font-weight"),
    [SLANT] = STR_INIT("font-style"),
    [SPACING] = STR_INIT("letter-spacing"),
    [SIZE] = STR_INIT("font-size"), /* counts for nothing */
    [FILL] = STR_INIT("fill"),
    [FILL_OPACITY] = STR_INIT("fill-opacity"),
    [OPACITY] = STR_INIT("opacity"),
    [FILL_RULE] = STR_INIT("fill-rule"),
};

/* Attributes that have nothing to do with how a text looks. */
static const str plain[] = {
    STR_INIT("xmlns"),
    STR_INIT("xml:lang"),
    STR_INIT("id"),
    STR_INIT("class"),
    STR_INIT("style"),
    STR_INIT("x"),
    STR_INIT("y"),
    STR_INIT("width"),
    STR_INIT("height"),
    STR_INIT("viewBox"),
    STR_INIT("version"),
    STR_INIT("transform"),
    STR_INIT("text-anchor"),
    STR_INIT("xmlns:xlink"),
    STR_INIT("role"),
    STR_INIT("baseProfile"),
    STR_INIT("preserveAspectRatio"),
    STR_INIT("d"),
};

/* By weight: attributes, rules by specificity, the style attribute, and all
 * that is important. */
#define ATTRIBUTE 1u
#define RULE      2u
#define STYLE     (1u << 30)
#define IMPORTANT (1u << 31)

/* So many tokens of style sheets are looked at, by all shapes together. */
#define LOOKS_MAX (16u << 20)

/* The declarations that win. */
struct cascade {
    struct arena *arena;
    struct {
        uint32_t weight; /* 0: none */
        struct tokens value;
    } won[PROPS];
};

static size_t find(const str *names, size_t n, str name)
{
    size_t i = 0;

    while (i < n && !str_eq(names[i], name))
        i++;
    return i;
}

static bool declare(struct cascade *c, str name, struct tokens value,
                    uint32_t weight)
{
    size_t i = find(props, PROPS, name);

    if (i == PROPS || !value.n)
        return false;
    if (weight >= c->won[i].weight) {
        c->won[i].weight = weight;
        c->won[i].value = value;
    }
    return true;
}

static bool declare_all(struct cascade *c, struct tokens body, uint32_t weight)
{
    struct css_item it;

    while (css_next_declaration(&body, &it))
        if (it.kind != CSS_DECLARATION ||
            !declare(c, it.name, it.prelude,
                     weight + (it.important ? IMPORTANT : 0)))
            return false;
    return true;
}

static bool read_attrs(struct cascade *c, const struct cover_element *e)
{
    for (size_t i = 0; i < e->attrs.n; i++) {
        const struct cover_attribute *at = &e->attrs.v[i];
        struct tokens value = css_tokenize(at->value, c->arena);

        if (str_eq(at->name, S("style")) && !declare_all(c, value, STYLE))
            return false;
        if (find(plain, sizeof plain / sizeof *plain, at->name) ==
                sizeof plain / sizeof *plain &&
            !str_starts(at->name, S("data-")) &&
            !str_starts(at->name, S("aria-")) &&
            !declare(c, at->name, value, ATTRIBUTE))
            return false;
    }
    return true;
}

/* A rule, whose selectors stand between commas. */
static bool read_rule(struct cascade *c, const struct css_item *rule,
                      const struct cover_element *e, str lang)
{
    struct tokens rest = rule->prelude;
    uint32_t best = 0, specificity;
    bool matches = false;

    if (rule->kind != CSS_RULE)
        return false;
    do {
        struct tokens one = tokens_cut(&rest, ',');
        enum cover_match m = cover_select(one, e, lang, &specificity);
        if (m == COVER_ODD)
            return false;
        matches = matches || m == COVER_MATCHES;
        if (m == COVER_MATCHES && specificity > best)
            best = specificity;
    } while (rest.v);
    return !matches || declare_all(c, rule->body, RULE + best);
}

static bool read_cascade(struct cascade *c, struct tokens sheet,
                         const struct cover_element *e, str lang)
{
    struct css_item rule;

    while (css_next_rule(&sheet, &rule))
        if (!read_rule(c, &rule, e, lang))
            return false;
    return read_attrs(c, e);
}

/* What ELEMENT doesn't say, its parent does. */
static struct tokens value_of(const struct cascade *element,
                              const struct cascade *parent, size_t prop)
{
    return element->won[prop].weight ? element->won[prop].value
                                     : parent->won[prop].value;
}

static bool is_keyword(struct tokens t)
{
    static const char *const all[] = { "inherit", "initial", "unset",
                                       "revert" };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (tokens_are_word(t, all[i]))
            return true;
    return false;
}

/* css-fonts-4, 2.1: strings, or words with spaces between them. */
static bool read_family(struct tokens t, struct arena *a, struct str_vec *out)
{
    str name = { 0 };

    if (t.n == 0 || is_keyword(t))
        return false;
    for (size_t i = 0; i < t.n; i++) {
        if (t.v[i].kind != TOK_IDENT && (t.v[i].kind != TOK_STRING || t.n > 1))
            return false;
        name = i ? arena_printf(a, "%.*s %.*s", STR_ARG(name),
                                STR_ARG(t.v[i].text))
                 : t.v[i].text;
    }
    *vec_push(out, a) = name;
    return name.n > 0;
}

static bool read_families(struct tokens t, struct arena *a, struct str_vec *out)
{
    do
        if (!read_family(tokens_cut(&t, ','), a, out))
            return false;
    while (t.v);
    return true;
}

static bool read_weight(struct tokens t, unsigned *out)
{
    bool number = t.n == 1 && t.v[0].kind == TOK_NUMBER && t.v[0].is_integer &&
                  t.v[0].number >= 1 && t.v[0].number <= 1000;

    *out = number                       ? (unsigned)t.v[0].number
           : tokens_are_word(t, "bold") ? 700
                                        : 400;
    return number || t.n == 0 || *out == 700 || tokens_are_word(t, "normal");
}

static bool read_slant(struct tokens t, bool *italic)
{
    *italic = tokens_are_word(t, "italic");
    return *italic || t.n == 0 || tokens_are_word(t, "normal");
}

static bool read_spacing(struct tokens t, double *out)
{
    bool em = t.n == 1 && t.v[0].kind == TOK_DIMENSION &&
              str_eq_nocase(t.v[0].text, S("em")) && t.v[0].number > -1 &&
              t.v[0].number < 10;

    *out = em ? t.v[0].number : 0;
    return em || t.n == 0 || tokens_are_word(t, "normal") ||
           (t.n == 1 && t.v[0].kind == TOK_NUMBER && t.v[0].number == 0);
}

/* Values that librsvg would drop would let others win. */
static bool is_paint(size_t prop, struct tokens t)
{
    struct value v;

    if (t.n != 1)
        return false;
    if (prop == FILL)
        return (t.v[0].kind == TOK_IDENT || t.v[0].kind == TOK_HASH) &&
               color_parse(t, &v) && v.kind == VALUE_COLOR;
    return t.v[0].kind == TOK_NUMBER || t.v[0].kind == TOK_PERCENT;
}

static bool read_paint(const struct cascade *c, struct arena *a, str *out)
{
    *out = S("");
    for (size_t i = FILL; i <= OPACITY; i++) {
        struct tokens t = c->won[i].value;
        if (!c->won[i].weight)
            continue;
        if (!is_paint(i, t))
            return false;
        str value = tokens_source(t);
        *out = arena_printf(a, "%.*s%.*s:%.*s;", STR_ARG(*out),
                            STR_ARG(props[i]), STR_ARG(value));
    }
    return true;
}

static void read_kept(const struct cover_element *e, struct arena *a, str *out)
{
    static const str names[] = { STR_INIT("id"), STR_INIT("transform") };

    *out = S("");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        str value = cover_element_attr(e, names[i]);
        char quote = str_find_char(value, '"') == STR_NONE ? '"' : '\'';
        if (value.p)
            *out = arena_printf(a, "%.*s %.*s=%c%.*s%c", STR_ARG(*out),
                                STR_ARG(names[i]), quote, STR_ARG(value),
                                quote);
    }
}

static bool read_style(const struct cascade *c, const struct cascade *root,
                       const struct cover_element *e, struct arena *a,
                       struct cover_style *out)
{
    read_kept(e, a, &out->kept);
    return read_families(value_of(c, root, FAMILY), a, &out->families) &&
           read_weight(value_of(c, root, WEIGHT), &out->weight) &&
           read_slant(value_of(c, root, SLANT), &out->italic) &&
           read_spacing(value_of(c, root, SPACING), &out->spacing) &&
           read_paint(c, a, &out->paint);
}

static double opacity_of(struct tokens t)
{
    double n = t.n == 0                     ? 1
               : t.v[0].kind == TOK_PERCENT ? t.v[0].number / 100
                                            : t.v[0].number;

    return n > 1 ? 1 : n > 0 ? n : 0;
}

/* FILL_OPACITY and FILL are inherited, OPACITY isn't. */
static bool read_fill(const struct cascade *c, const struct cascade *root,
                      struct cover_paint *out)
{
    struct tokens fill = value_of(c, root, FILL);
    struct tokens part = value_of(c, root, FILL_OPACITY);
    struct tokens whole = c->won[OPACITY].value;
    struct tokens rule = value_of(c, root, FILL_RULE);
    struct value v = { .num = 1 };

    if ((fill.n && (!is_paint(FILL, fill) || !color_parse(fill, &v))) ||
        (part.n && !is_paint(FILL_OPACITY, part)) ||
        (whole.n && !is_paint(OPACITY, whole)) ||
        (rule.n && !tokens_are_word(rule, "nonzero")))
        return false;
    *out = (struct cover_paint){
        .color = (uint32_t)v.i,
        .opacity = v.num * opacity_of(part) * opacity_of(whole),
    };
    return true;
}

bool cover_paints_read(const struct cover_markup *m, struct arena *a,
                       struct cover_paint **out)
{
    struct cascade root = { .arena = a };
    struct tokens sheet = css_tokenize(m->sheet, a);
    str lang = cover_element_attr(&m->root, S("xml:lang"));

    *out = arena_array(a, struct cover_paint, m->shapes.n);
    if (m->shapes.n && sheet.n > LOOKS_MAX / m->shapes.n)
        return false;
    if (!read_cascade(&root, sheet, &m->root, lang) || root.won[OPACITY].weight)
        return false;
    for (size_t i = 0; i < m->shapes.n; i++) {
        struct cascade c = { .arena = a };
        if (!read_cascade(&c, sheet, &m->shapes.v[i], lang) ||
            !read_fill(&c, &root, &(*out)[i]))
            return false;
    }
    return true;
}

bool cover_styles_read(str svg, const struct cover_texts *texts,
                       struct arena *a, struct cover_style **out)
{
    struct cascade root = { .arena = a };
    struct cover_markup m;

    *out = arena_array(a, struct cover_style, texts->n);
    if (!cover_markup_read(svg, texts, a, &m) ||
        cover_element_attr(&m.root, S("text-anchor")).p)
        return false;
    struct tokens sheet = css_tokenize(m.sheet, a);
    str lang = cover_element_attr(&m.root, S("xml:lang"));
    if (!read_cascade(&root, sheet, &m.root, lang))
        return false;
    for (size_t i = 0; i < texts->n; i++) {
        struct cascade c = { .arena = a };
        const struct cover_element *e = &m.texts[i];
        str own = cover_element_attr(e, S("xml:lang"));

        (*out)[i].lang = own.p ? own : lang;
        if (!(*out)[i].lang.n || !read_cascade(&c, sheet, e, (*out)[i].lang) ||
            !read_style(&c, &root, e, a, &(*out)[i]))
            return false;
    }
    return true;
}
