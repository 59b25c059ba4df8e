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

static struct node *make_limit(struct tex *t, const struct tex_command *c,
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

static bool is_plain_word(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!ascii_is_alnum((unsigned char)s.p[i]) && s.p[i] != '-')
            return false;
    return s.n > 1 && ascii_is_alpha((unsigned char)s.p[0]);
}

static struct node *make_alphabet(struct tex *t, const struct tex_command *c,
                                  struct node *row)
{
    enum tex_alphabet outer = t->alphabet, own = tex_alphabet_named(c->text);
    size_t from = t->at;

    if (own == ALPHABET_UPRIGHT) {
        str raw = tex_raw_argument(t);
        if (is_plain_word(raw))
            return tex_leaf(t, TAG_MI, raw);
        t->at = t->failed ? t->at : from;
    }
    t->alphabet = own;
    struct node *n = tex_argument(t);
    t->alphabet = outer;
    return n;
}

static struct node *make_switch(struct tex *t, const struct tex_command *c,
                                struct node *row)
{
    t->alphabet = tex_alphabet_named(c->text);
    return NULL;
}

/* What a backslash and C stand for among words: C, or a blank; '\0': nothing
 * that is known. */
static char escaped(char c)
{
    return strchr(",;:", c) ? ' ' : strchr(" %&_#${}", c) ? c : '\0';
}

/* The length of a command at the start of S that only says how letters look. */
static size_t look_length(str s)
{
    static const str looks[] = {
        STR_INIT("\\bf"),    STR_INIT("\\it"),   STR_INIT("\\rm"),
        STR_INIT("\\sf"),    STR_INIT("\\tt"),   STR_INIT("\\em"),
        STR_INIT("\\small"), STR_INIT("\\tiny"), STR_INIT("\\normalsize"),
    };

    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (str_starts(s, looks[i]) &&
            (s.n == looks[i].n ||
             !ascii_is_alpha((unsigned char)s.p[looks[i].n])))
            return looks[i].n + (s.n > looks[i].n && s.p[looks[i].n] == ' ');
    return 0;
}

/* Words as they are typed: blanks count, a few signs have a backslash. */
static str plain_words(struct tex *t, str raw)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        size_t look = c == '\\' ? look_length(str_from(raw, i)) : 0;
        if (look) {
            i += look - 1;
            continue;
        }
        if (c == '\\' && i + 1 < raw.n && escaped(raw.p[i + 1]))
            c = escaped(raw.p[++i]);
        else if (c == '\\')
            tex_fail(t);
        else if (c == '{' || c == '}')
            continue;
        if (ascii_is_space((unsigned char)c) || c == '~')
            buf_puts(&b, "\u00a0");
        else
            buf_putc(&b, c);
    }
    str words = arena_dup(t->a, buf_str(&b));
    buf_done(&b);
    return words;
}

static void put_words(struct tex *t, str raw, enum tex_alphabet alphabet,
                      struct node *row)
{
    str words = plain_words(t, raw);

    if (t->failed || !words.n)
        return;
    struct node *n = tex_leaf(t, TAG_MTEXT, words);
    if (alphabet == ALPHABET_BOLD)
        node_set(n, t->a, ATTR_STYLE, S("font-weight: bold"));
    else if (alphabet == ALPHABET_ITALIC)
        node_set(n, t->a, ATTR_STYLE, S("font-style: italic"));
    else if (alphabet == ALPHABET_MONO)
        node_set(n, t->a, ATTR_STYLE, S("font-family: monospace"));
    node_append(row, n);
}

/* The formula RAW between words. */
static void put_inner(struct tex *t, str raw, struct node *row)
{
    struct tex inner = {
        .s = raw, .a = t->a, .line = t->line, .depth = t->depth + 1
    };
    struct node *list = tex_list(&inner);

    if (inner.failed || inner.at < raw.n)
        tex_fail(t);
    else
        node_append(row, list);
}

/* Of the '$' in S that has no backslash; STR_NONE. */
static size_t find_dollar(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\')
            i++;
        else if (s.p[i] == '$')
            return i;
    }
    return STR_NONE;
}

static struct node *make_text(struct tex *t, const struct tex_command *c,
                              struct node *row)
{
    str raw = tex_raw_argument(t);
    struct node *words = tex_element(t, TAG_MROW);

    for (size_t n; !t->failed && (n = find_dollar(raw)) != STR_NONE;) {
        put_words(t, str_sub(raw, 0, n), tex_alphabet_named(c->text), words);
        raw = str_from(raw, n + 1);
        n = find_dollar(raw);
        if (n == STR_NONE)
            return tex_fail(t);
        put_inner(t, str_sub(raw, 0, n), words);
        raw = str_from(raw, n + 1);
    }
    put_words(t, raw, tex_alphabet_named(c->text), words);
    return tex_one(words);
}

static struct node *make_fraction(struct tex *t, const struct tex_command *c,
                                  struct node *row)
{
    return take_arguments(t, TAG_MFRAC, 2);
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

    return fraction ? as_binomial(t, fraction) : NULL;
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

/* What stands behind "\left" and its like; empty: ".", which is nothing. */
static str read_delimiter(struct tex *t)
{
    tex_skip_blanks(t);
    str name = tex_command_at(t), one = str_sub(t->s, t->at, 1);

    if (name.n) {
        size_t i = NAMES_FIND(name, commands);
        t->at += name.n + 1;
        if (i < sizeof commands / sizeof *commands &&
            commands[i].kind == TEX_FENCE)
            return commands[i].text;
        tex_fail(t);
        return (str){ 0 };
    }
    t->at += one.n;
    if (one.n && strchr("()[]|/", one.p[0]))
        return one;
    if (str_eq(one, S("<")))
        return S("\u27e8");
    if (str_eq(one, S(">")))
        return S("\u27e9");
    if (!str_eq(one, S(".")))
        tex_fail(t);
    return (str){ 0 };
}

static struct node *make_left(struct tex *t, const struct tex_command *c,
                              struct node *row)
{
    struct node *n = tex_element(t, TAG_MROW);
    char until = t->until;

    str open = read_delimiter(t);
    if (open.n)
        node_append(n, tex_fence(t, open, true));
    t->until = '\0';
    node_move_children(tex_list(t), n);
    t->until = until;
    if (!tex_eat_command(t, S("right")))
        return tex_fail(t);
    str close = read_delimiter(t);
    if (close.n)
        node_append(n, tex_fence(t, close, true));
    return n;
}

/* "\abs{x}": the two signs of its text, around its argument. */
static struct node *make_brackets(struct tex *t, const struct tex_command *c,
                                  struct node *row)
{
    str close = c->text, open = str_cut(&close, ' ');
    struct node *inside = tex_argument(t), *n = tex_element(t, TAG_MROW);

    if (!inside)
        return NULL;
    node_append(n, tex_fence(t, open, true));
    node_append(n, inside);
    node_append(n, tex_fence(t, close, true));
    return n;
}

static struct node *make_sized(struct tex *t, const struct tex_command *c,
                               struct node *row)
{
    str delimiter = read_delimiter(t);

    if (!delimiter.n)
        return NULL;
    struct node *n = tex_fence(t, delimiter, true);
    if (c->text.n) {
        node_set(n, t->a, ATTR_MINSIZE, c->text);
        node_set(n, t->a, ATTR_MAXSIZE, c->text);
    }
    return n;
}

static struct node *make_begin(struct tex *t, const struct tex_command *c,
                               struct node *row)
{
    return tex_environment(t);
}

static struct node *make_operator_name(struct tex *t,
                                       const struct tex_command *c,
                                       struct node *row)
{
    bool star = tex_eat(t, '*');
    str name = plain_words(t, tex_raw_argument(t));

    if (!name.n || t->failed)
        return tex_fail(t);
    if (star || c->name[sizeof "operatorname" - 1])
        return make_limit(t, &(struct tex_command){ .text = name }, row);
    return tex_leaf(t, TAG_MI, name);
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

static struct node *make_tag(struct tex *t, const struct tex_command *c,
                             struct node *row)
{
    tex_eat(t, '*');
    str tag = plain_words(t, tex_raw_argument(t));
    if (t->tag.n)
        return tex_fail(t);
    t->tag = tag;
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

static struct node *(*const makers[TEX_KINDS])(struct tex *,
                                               const struct tex_command *,
                                               struct node *) = {
    [TEX_ACCENT] = make_accent,
    [TEX_ALPHABET] = make_alphabet,
    [TEX_ARROW] = make_arrow,
    [TEX_BEGIN] = make_begin,
    [TEX_BELOW] = make_accent,
    [TEX_BINOMIAL] = make_binomial,
    [TEX_BRACKETS] = make_brackets,
    [TEX_COLOR] = make_color,
    [TEX_DROP] = make_dropped,
    [TEX_ENCLOSE] = make_enclosed,
    [TEX_FENCE] = make_fence,
    [TEX_FRACTION] = make_fraction,
    [TEX_FUNCTION] = make_function,
    [TEX_GROUP] = make_group,
    [TEX_HSPACE] = make_hspace,
    [TEX_INTEGRAL] = make_sum,
    [TEX_LEFT] = make_left,
    [TEX_LETTER] = make_identifier,
    [TEX_LIMIT] = make_limit,
    [TEX_NOT] = make_not,
    [TEX_NOTHING] = make_nothing,
    [TEX_OPERATOR] = make_operator,
    [TEX_OPERATOR_NAME] = make_operator_name,
    [TEX_OVER] = make_over,
    [TEX_PAREN_MOD] = make_paren_mod,
    [TEX_PHANTOM] = make_phantom,
    [TEX_ROOT] = make_root,
    [TEX_SIZED] = make_sized,
    [TEX_SPACE] = make_space,
    [TEX_STACK] = make_stack,
    [TEX_SUBSTACK] = make_substack,
    [TEX_SUM] = make_sum,
    [TEX_SWITCH] = make_switch,
    [TEX_TAG] = make_tag,
    [TEX_TEXT] = make_text,
    [TEX_UPRIGHT] = make_identifier,
    [TEX_WIDE] = make_accent,
};

struct node *tex_command(struct tex *t, struct node *row)
{
    str name = tex_command_at(t);
    size_t i = NAMES_FIND(name, commands);

    if (i == sizeof commands / sizeof *commands) {
        t->unknown = t->unknown.n ? t->unknown : name;
        return tex_fail(t);
    }
    t->at += name.n + 1;
    return makers[commands[i].kind](t, &commands[i], row);
}
