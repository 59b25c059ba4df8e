/* SPDX-License-Identifier: MIT */
/* The commands of tex.def, a function for each kind. */
#include <string.h>

#include "base/names.h"
#include "base/utf8.h"
#include "math/tex_parts.h"

static const struct tex_command commands[] = {
#define TEX(name, kind, text) { name, TEX_##kind, STR_INIT(text) },
#include "math/tex.def"
#undef TEX
};

static struct node *make_identifier(struct tex *t, const struct tex_command *c,
                                    struct node *row)
{
    size_t at = 0;
    uint32_t letter = utf8_next(c->text, &at);
    bool greek = at == c->text.n && letter >= 0x391 && letter <= 0x3F5;
    bool up = t->alphabet == ALPHABET_UPRIGHT ||
              (c->kind == TEX_UPRIGHT && t->alphabet == ALPHABET_ITALIC);
    str text = c->text;

    if (greek) {
        char *out = arena_bytes(t->a, 4);
        text = (str){ out, utf8_encode(tex_letter(letter, t->alphabet), out) };
    }
    struct node *n = tex_leaf(t, TAG_MI, text);
    if (up)
        node_set(n, t->a, ATTR_MATHVARIANT, S("normal"));
    return n;
}

static struct node *make_operator(struct tex *t, const struct tex_command *c,
                                  struct node *row)
{
    return tex_leaf(t, TAG_MO, c->text);
}

static struct node *make_fence(struct tex *t, const struct tex_command *c,
                               struct node *row)
{
    return tex_fence(t, c->text, false);
}

/* MathML's own dictionary has them large, with limits that move. */
static struct node *make_sum(struct tex *t, const struct tex_command *c,
                             struct node *row)
{
    t->limits = c->kind == TEX_SUM;
    return tex_leaf(t, TAG_MO, c->text);
}

static struct node *make_function(struct tex *t, const struct tex_command *c,
                                  struct node *row)
{
    return tex_leaf(t, TAG_MI, c->text);
}

struct node *tex_make_limit(struct tex *t, const struct tex_command *c,
                            struct node *row)
{
    struct node *n = tex_leaf(t, TAG_MO, c->text);

    node_set(n, t->a, ATTR_MOVABLELIMITS, S("true"));
    node_set(n, t->a, ATTR_LSPACE, S("0.1667em"));
    node_set(n, t->a, ATTR_RSPACE, S("0.1667em"));
    t->limits = true;
    return n;
}

/* An element TAG of all arguments that follow. */
static struct node *take_arguments(struct tex *t, enum tag tag, unsigned n)
{
    struct node *e = tex_element(t, tag);

    while (n-- > 0) {
        struct node *argument = tex_argument(t);
        if (!argument)
            return NULL;
        node_append(e, argument);
    }
    return e;
}

static struct node *make_accent(struct tex *t, const struct tex_command *c,
                                struct node *row)
{
    bool below = c->kind == TEX_BELOW, wide = c->kind != TEX_ACCENT;
    struct node *n = take_arguments(t, below ? TAG_MUNDER : TAG_MOVER, 1);

    if (!n)
        return NULL;
    node_append(n, tex_fence(t, c->text, wide));
    node_set(n, t->a, below ? ATTR_ACCENTUNDER : ATTR_ACCENT, S("true"));
    /* A brace has a label where others have a script. */
    t->limits = str_ends(str_of(c->name), S("brace"));
    return n;
}

static struct node *make_arrow(struct tex *t, const struct tex_command *c,
                               struct node *row)
{
    struct node *below = tex_option(t);
    struct node *above = t->failed ? NULL : tex_argument(t);

    if (!above)
        return NULL;
    struct node *n = tex_element(t, below ? TAG_MUNDEROVER : TAG_MOVER);
    node_append(n, tex_fence(t, c->text, true));
    if (below)
        node_append(n, below);
    node_append(n, above);
    return n;
}

static struct node *make_space(struct tex *t, const struct tex_command *c,
                               struct node *row)
{
    return tex_space(t, c->text);
}

/* N as it is where it is displayed, or in a line: by what C says; "": as it
 * happens to stand. */
static struct node *in_style(struct tex *t, const struct tex_command *c,
                             struct node *n)
{
    if (!n || !c->text.n)
        return n;
    struct node *style = tex_element(t, TAG_MSTYLE);
    node_set(style, t->a, ATTR_DISPLAYSTYLE, c->text);
    node_set(style, t->a, ATTR_SCRIPTLEVEL, S("0"));
    node_append(style, n);
    return style;
}

static struct node *make_fraction(struct tex *t, const struct tex_command *c,
                                  struct node *row)
{
    return in_style(t, c, take_arguments(t, TAG_MFRAC, 2));
}

/* All that follows in the list. */
static struct node *make_style(struct tex *t, const struct tex_command *c,
                               struct node *row)
{
    struct node *rest = tex_list(t);

    return rest->first ? in_style(t, c, tex_one(rest)) : NULL;
}

/* FRACTION without its line, in round brackets. */
static struct node *as_binomial(struct tex *t, struct node *fraction)
{
    struct node *n = tex_element(t, TAG_MROW);

    node_set(fraction, t->a, ATTR_LINETHICKNESS, S("0"));
    node_append(n, tex_fence(t, S("("), true));
    node_append(n, fraction);
    node_append(n, tex_fence(t, S(")"), true));
    return n;
}

static struct node *make_binomial(struct tex *t, const struct tex_command *c,
                                  struct node *row)
{
    struct node *fraction = take_arguments(t, TAG_MFRAC, 2);

    return fraction ? in_style(t, c, as_binomial(t, fraction)) : NULL;
}

/* "a \over b": of all that stands in the list. */
static struct node *make_over(struct tex *t, const struct tex_command *c,
                              struct node *row)
{
    str name = str_of(c->name);

    if (!row)
        return tex_fail(t);
    struct node *fraction = tex_element(t, TAG_MFRAC);
    struct node *above = tex_element(t, TAG_MROW);
    node_move_children(row, above);
    node_append(fraction, tex_one(above));
    node_append(fraction, tex_one(tex_list(t)));
    if (str_eq(name, S("choose")))
        return as_binomial(t, fraction);
    if (str_eq(name, S("atop")))
        node_set(fraction, t->a, ATTR_LINETHICKNESS, S("0"));
    return fraction;
}

static struct node *make_root(struct tex *t, const struct tex_command *c,
                              struct node *row)
{
    struct node *degree = tex_option(t);
    struct node *inside = t->failed ? NULL : tex_argument(t);

    if (!inside)
        return NULL;
    struct node *n = tex_element(t, degree ? TAG_MROOT : TAG_MSQRT);
    node_append(n, inside);
    if (degree)
        node_append(n, degree);
    return n;
}

static struct node *make_begin(struct tex *t, const struct tex_command *c,
                               struct node *row)
{
    return tex_environment(t);
}

static struct node *make_stack(struct tex *t, const struct tex_command *c,
                               struct node *row)
{
    bool below = c->name[0] == 'u';
    struct node *script = tex_argument(t);
    struct node *n = script
                         ? take_arguments(t, below ? TAG_MUNDER : TAG_MOVER, 1)
                         : NULL;

    if (n)
        node_append(n, script);
    return n;
}

/* The next sign with a stroke through it. */
static struct node *make_not(struct tex *t, const struct tex_command *c,
                             struct node *row)
{
    struct node *n = tex_argument(t);

    if (!n || !n->first || n->first->tag != TAG_TEXT)
        return tex_fail(t);
    n->first->text = utf8_nfc(arena_join(t->a, n->first->text, S("\u0338")),
                              t->a);
    return n;
}

static struct node *make_paren_mod(struct tex *t, const struct tex_command *c,
                                   struct node *row)
{
    struct node *n = tex_element(t, TAG_MROW), *by = tex_argument(t);

    if (!by)
        return NULL;
    node_append(n, tex_space(t, S("1em")));
    node_append(n, tex_fence(t, S("("), false));
    if (str_eq(str_of(c->name), S("pmod"))) {
        node_append(n, tex_leaf(t, TAG_MI, S("mod")));
        node_append(n, tex_space(t, S("0.3333em")));
    }
    node_append(n, by);
    node_append(n, tex_fence(t, S(")"), false));
    return n;
}

static struct node *make_substack(struct tex *t, const struct tex_command *c,
                                  struct node *row)
{
    char until = t->until;

    if (!tex_eat(t, '{'))
        return tex_fail(t);
    t->until = '\0';
    struct node *rows = tex_rows(t, S("c"));
    t->until = until;
    return tex_eat(t, '}') ? rows : tex_fail(t);
}

static struct node *make_enclosed(struct tex *t, const struct tex_command *c,
                                  struct node *row)
{
    struct node *n = take_arguments(t, TAG_MENCLOSE, 1);

    if (n)
        node_set(n, t->a, ATTR_NOTATION, c->text);
    return n;
}

static struct node *make_group(struct tex *t, const struct tex_command *c,
                               struct node *row)
{
    struct node *n = tex_argument(t);

    t->limits = str_eq(str_of(c->name), S("mathop"));
    return n;
}

static struct node *make_phantom(struct tex *t, const struct tex_command *c,
                                 struct node *row)
{
    return take_arguments(t, TAG_MPHANTOM, 1);
}

/* Colours are the screen's; print and paper-like screens have none. */
static struct node *make_color(struct tex *t, const struct tex_command *c,
                               struct node *row)
{
    tex_raw_argument(t);
    return str_eq(str_of(c->name), S("textcolor")) ? tex_argument(t) : NULL;
}

static struct node *make_dropped(struct tex *t, const struct tex_command *c,
                                 struct node *row)
{
    tex_raw_argument(t);
    return NULL;
}

/* "\hspace{1em}": a width that MathML knows, or a space. */
static struct node *make_hspace(struct tex *t, const struct tex_command *c,
                                struct node *row)
{
    tex_eat(t, '*');
    str width = str_trim(tex_raw_argument(t)), rest = width;
    size_t n = 0;

    while (n < rest.n && (ascii_is_digit((unsigned char)rest.p[n]) ||
                          strchr(".-", rest.p[n])))
        n++;
    str unit = str_from(rest, n);
    bool known = n > 0 && n < 8 &&
                 (str_eq(unit, S("em")) || str_eq(unit, S("ex")) ||
                  str_eq(unit, S("pt")) || str_eq(unit, S("cm")) ||
                  str_eq(unit, S("mm")));
    return tex_space(t, known ? width : S("1em"));
}

static struct node *make_nothing(struct tex *t, const struct tex_command *c,
                                 struct node *row)
{
    return NULL;
}

static tex_maker *const makers[TEX_KINDS] = {
    [TEX_ACCENT] = make_accent,
    [TEX_ALPHABET] = tex_make_alphabet,
    [TEX_ARROW] = make_arrow,
    [TEX_BEGIN] = make_begin,
    [TEX_BELOW] = make_accent,
    [TEX_BINOMIAL] = make_binomial,
    [TEX_BRACKETS] = tex_make_brackets,
    [TEX_COLOR] = make_color,
    [TEX_DROP] = make_dropped,
    [TEX_ENCLOSE] = make_enclosed,
    [TEX_FENCE] = make_fence,
    [TEX_FRACTION] = make_fraction,
    [TEX_FUNCTION] = make_function,
    [TEX_GROUP] = make_group,
    [TEX_HSPACE] = make_hspace,
    [TEX_INTEGRAL] = make_sum,
    [TEX_LEFT] = tex_make_left,
    [TEX_LETTER] = make_identifier,
    [TEX_LIMIT] = tex_make_limit,
    [TEX_NOT] = make_not,
    [TEX_NOTHING] = make_nothing,
    [TEX_OPERATOR] = make_operator,
    [TEX_OPERATOR_NAME] = tex_make_operator_name,
    [TEX_OVER] = make_over,
    [TEX_PAREN_MOD] = make_paren_mod,
    [TEX_PHANTOM] = make_phantom,
    [TEX_ROOT] = make_root,
    [TEX_SIZED] = tex_make_sized,
    [TEX_SPACE] = make_space,
    [TEX_STACK] = make_stack,
    [TEX_STYLE] = make_style,
    [TEX_SUBSTACK] = make_substack,
    [TEX_SUM] = make_sum,
    [TEX_SWITCH] = tex_make_switch,
    [TEX_TAG] = tex_make_tag,
    [TEX_TEXT] = tex_make_text,
    [TEX_UPRIGHT] = make_identifier,
    [TEX_WIDE] = make_accent,
};

const struct tex_command *tex_find_command(str name)
{
    size_t i = NAMES_FIND(name, commands);

    return i < sizeof commands / sizeof *commands ? &commands[i] : NULL;
}

struct node *tex_command(struct tex *t, struct node *row)
{
    str name = tex_command_at(t);
    const struct tex_command *c = tex_find_command(name);

    if (!c) {
        t->unknown = t->unknown.n ? t->unknown : name;
        return tex_fail(t);
    }
    t->at += name.n + 1;
    return makers[c->kind](t, c, row);
}
