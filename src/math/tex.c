/* SPDX-License-Identifier: MIT */
#include "math/tex.h"

#include <string.h>

#include "base/utf8.h"
#include "math/tex_parts.h"

#define DEPTH_MAX 50

struct node *tex_fail(struct tex *t)
{
    t->failed = true;
    t->at = t->s.n;
    return NULL;
}

void tex_skip_blanks(struct tex *t)
{
    while (t->at < t->s.n) {
        if (t->s.p[t->at] == '%') {
            size_t lf = str_find_char(str_from(t->s, t->at), '\n');
            t->at = lf == STR_NONE ? t->s.n : t->at + lf;
        } else if (ascii_is_space((unsigned char)t->s.p[t->at])) {
            t->at++;
        } else {
            return;
        }
    }
}

static int peek(struct tex *t)
{
    tex_skip_blanks(t);
    return t->at < t->s.n ? (unsigned char)t->s.p[t->at] : -1;
}

bool tex_eat(struct tex *t, char c)
{
    if (peek(t) != c)
        return false;
    t->at++;
    return true;
}

str tex_command_at(const struct tex *t)
{
    str name = str_from(t->s, t->at + 1);
    size_t n = 0;

    if (t->at >= t->s.n || t->s.p[t->at] != '\\')
        return (str){ 0 };
    while (n < name.n && ascii_is_alpha((unsigned char)name.p[n]))
        n++;
    return str_sub(name, 0, n ? n : 1);
}

bool tex_eat_command(struct tex *t, str name)
{
    tex_skip_blanks(t);
    if (!str_eq(tex_command_at(t), name))
        return false;
    t->at += name.n + 1;
    return true;
}

struct node *tex_element(struct tex *t, enum tag tag)
{
    return node_new(t->a, tag, t->line);
}

struct node *tex_leaf(struct tex *t, enum tag tag, str text)
{
    struct node *n = tex_element(t, tag);

    node_append(n, node_text(t->a, text, t->line));
    return n;
}

struct node *tex_fence(struct tex *t, str text, bool stretches)
{
    struct node *n = tex_leaf(t, TAG_MO, text);

    node_set(n, t->a, ATTR_STRETCHY, stretches ? S("true") : S("false"));
    return n;
}

struct node *tex_space(struct tex *t, str width)
{
    struct node *n = tex_element(t, TAG_MSPACE);

    node_set(n, t->a, ATTR_WIDTH, width);
    return n;
}

struct node *tex_one(struct node *row)
{
    struct node *only = row->first;

    if (!only || only->next)
        return row;
    node_remove(only);
    return only;
}

static struct node *put_digits(struct tex *t, str digits)
{
    size_t n = 0;

    if (t->alphabet <= ALPHABET_UPRIGHT)
        return tex_leaf(t, TAG_MN, digits);
    char *out = arena_bytes(t->a, digits.n * 4);
    for (size_t i = 0; i < digits.n; i++)
        n += utf8_encode(tex_letter((unsigned char)digits.p[i], t->alphabet),
                         out + n);
    return tex_leaf(t, TAG_MN, (str){ out, n });
}

static struct node *read_number(struct tex *t)
{
    size_t from = t->at;

    while (t->at < t->s.n) {
        char c = t->s.p[t->at];
        bool point = (c == '.' || c == ',') && t->at + 1 < t->s.n &&
                     ascii_is_digit((unsigned char)t->s.p[t->at + 1]);
        if (!ascii_is_digit((unsigned char)c) && !point)
            break;
        t->at++;
    }
    return put_digits(t, str_sub(t->s, from, t->at - from));
}

static struct node *read_letter(struct tex *t)
{
    uint32_t c = tex_letter(utf8_next(t->s, &t->at), t->alphabet);
    char *out = arena_bytes(t->a, 4);
    struct node *n = tex_leaf(t, TAG_MI, (str){ out, utf8_encode(c, out) });

    if (t->alphabet == ALPHABET_UPRIGHT)
        node_set(n, t->a, ATTR_MATHVARIANT, S("normal"));
    return n;
}

static struct node *read_sign(struct tex *t)
{
    char c = t->s.p[t->at++];

    switch (c) {
    case '-':
        return tex_leaf(t, TAG_MO, S("\u2212"));
    case '*':
        return tex_leaf(t, TAG_MO, S("\u2217"));
    case '(':
    case ')':
    case '[':
    case ']':
    case '|':
        return tex_fence(t, str_sub(t->s, t->at - 1, 1), false);
    case '~':
        return tex_space(t, S("0.3333em"));
    default:
        return strchr("+=<>/:;,.!?@\"`", c)
                   ? tex_leaf(t, TAG_MO, str_sub(t->s, t->at - 1, 1))
                   : tex_fail(t);
    }
}

static bool is_sign(uint32_t c)
{
    return (c >= 0x2190 && c < 0x2500) || (c >= 0x27C0 && c < 0x2B00) ||
           c == 0xB1 || c == 0xD7 || c == 0xF7;
}

static bool is_letter(uint32_t c)
{
    return (c >= 0xC0 && c < 0x2000) || (c >= 0x2100 && c < 0x2150) ||
           (c >= 0x1D400 && c < 0x1D800);
}

/* Signs and letters of Unicode, words in other letters. */
static struct node *read_unicode(struct tex *t)
{
    size_t from = t->at, to = from;
    uint32_t c = utf8_next(t->s, &t->at);
    str one = str_sub(t->s, from, t->at - from);

    if (is_sign(c))
        return tex_leaf(t, TAG_MO, one);
    if (is_letter(c))
        return tex_leaf(t, TAG_MI, one);
    for (t->at = from; t->at < t->s.n; to = t->at) {
        c = utf8_next(t->s, &t->at);
        if (c < 0x80 || is_sign(c) || is_letter(c))
            break;
    }
    t->at = to;
    return tex_leaf(t, TAG_MTEXT, str_sub(t->s, from, to - from));
}

static struct node *read_group(struct tex *t)
{
    char until = t->until;

    t->at++;
    t->until = '\0';
    struct node *row = tex_list(t);
    t->until = until;
    if (!t->failed && !tex_eat(t, '}'))
        tex_fail(t);
    return tex_one(row);
}

/* NULL: nothing that is seen. ROW is what stands before it. */
static struct node *read_atom(struct tex *t, struct node *row)
{
    unsigned char c = (unsigned char)t->s.p[t->at];

    t->limits = false;
    if (c == '{') {
        struct node *group = read_group(t);
        t->limits = false;
        return group;
    }
    if (c == '\\')
        return tex_command(t, row);
    if (c == '^' || c == '_' || c == '\'')
        return tex_element(t, TAG_MROW);
    if (ascii_is_digit(c))
        return read_number(t);
    if (ascii_is_alpha(c))
        return read_letter(t);
    return c < 0x80 ? read_sign(t) : read_unicode(t);
}

str tex_raw_argument(struct tex *t)
{
    unsigned depth = 0;

    if (peek(t) != '{') {
        str one = str_sub(t->s, t->at, 1);
        t->at += one.n;
        return one;
    }
    size_t from = ++t->at;
    for (; t->at < t->s.n; t->at++) {
        char c = t->s.p[t->at];
        if (c == '\\')
            t->at++;
        else if (c == '{')
            depth++;
        else if (c == '}' && depth-- == 0)
            return str_sub(t->s, from, t->at++ - from);
    }
    tex_fail(t);
    return (str){ 0 };
}

struct node *tex_argument(struct tex *t)
{
    int c = peek(t);
    struct node *n = NULL;

    if (c < 0 || c == '}' || c == '&' || c == '^' || c == '_')
        return tex_fail(t);
    if (++t->depth > DEPTH_MAX) {
        tex_fail(t);
    } else if (ascii_is_digit(c)) {
        n = put_digits(t, str_sub(t->s, t->at++, 1));
    } else {
        bool limits = t->limits;
        n = read_atom(t, NULL);
        t->limits = limits;
    }
    t->depth--;
    if (t->failed)
        return NULL;
    return n ? n : tex_fail(t);
}

struct node *tex_option(struct tex *t)
{
    char until = t->until;

    if (!tex_eat(t, '['))
        return NULL;
    t->until = ']';
    struct node *row = tex_list(t);
    t->until = until;
    if (!tex_eat(t, ']'))
        return tex_fail(t);
    return tex_one(row);
}

/* "'", "''": as many primes. */
static struct node *read_primes(struct tex *t)
{
    static const str primes[] = { STR_INIT("\u2032"), STR_INIT("\u2033"),
                                  STR_INIT("\u2034"), STR_INIT("\u2057") };
    size_t n = 0;

    while (tex_eat(t, '\''))
        n++;
    return n > 4 ? tex_fail(t) : tex_leaf(t, TAG_MO, primes[n - 1]);
}

static struct node *join(struct tex *t, struct node *first, struct node *second)
{
    struct node *row = tex_element(t, TAG_MROW);

    node_append(row, first);
    node_append(row, second);
    return row;
}

struct scripts {
    struct node *below, *above;
    bool primed, limits;
};

/* One script, or what says where they stand. False: there is none. */
static bool read_script(struct tex *t, struct scripts *s)
{
    int c = peek(t);
    struct node *n;

    if (c == '\'') {
        n = read_primes(t);
        if (s->above || !n)
            return tex_fail(t) != NULL;
        s->above = n;
        s->primed = true;
        return true;
    }
    /* "x\_1": an underscore that Markdown was not to take for its own. */
    if (c == '\\' && t->alphabet == ALPHABET_ITALIC &&
        tex_eat_command(t, S("_"))) {
        c = '_';
        t->at--;
    }
    if (c == '^' || c == '_') {
        t->at++;
        n = tex_argument(t);
        if (!n || (c == '_' ? s->below != NULL : s->above && !s->primed))
            return tex_fail(t) != NULL;
        if (c == '_')
            s->below = n;
        else
            s->above = s->above ? join(t, s->above, n) : n;
        s->primed = s->primed && c == '_';
        return true;
    }
    if (tex_eat_command(t, S("limits")))
        s->limits = true;
    else if (tex_eat_command(t, S("nolimits")))
        s->limits = false;
    else
        return false;
    return true;
}

static struct node *with_scripts(struct tex *t, struct node *base)
{
    static const enum tag tags[2][3] = {
        { TAG_MSUB, TAG_MSUP, TAG_MSUBSUP },
        { TAG_MUNDER, TAG_MOVER, TAG_MUNDEROVER },
    };
    struct scripts s = { .limits = t->limits };

    while (read_script(t, &s))
        ;
    if (t->failed || (!s.below && !s.above))
        return base;
    struct node *n = tex_element(
        t, tags[s.limits][s.below && s.above ? 2 : s.above != NULL]);
    node_append(n, base);
    if (s.below)
        node_append(n, s.below);
    if (s.above)
        node_append(n, s.above);
    return n;
}

static bool ends_list(struct tex *t)
{
    static const str ends[] = { STR_INIT("\\"), STR_INIT("cr"),
                                STR_INIT("right"), STR_INIT("end"),
                                STR_INIT("newline") };
    int c = peek(t);

    if (c < 0 || c == '}' || c == '&' || (t->until && c == t->until))
        return true;
    return c == '\\' && STR_IS_AMONG(tex_command_at(t), ends);
}

/* Does what follows a function's name stand apart from it? */
static bool wants_gap(struct tex *t)
{
    static const str fences[] = { STR_INIT("left"), STR_INIT("{"),
                                  STR_INIT("big"),  STR_INIT("bigl"),
                                  STR_INIT("Big"),  STR_INIT("Bigl"),
                                  STR_INIT("lvert") };

    if (ends_list(t))
        return false;
    int c = peek(t);
    return c == '\\' ? !STR_IS_AMONG(tex_command_at(t), fences)
                     : c == '{' || ascii_is_alnum(c) || c >= 0x80;
}

static bool is_function(const struct node *n)
{
    return n->tag == TAG_MI && n->first && n->first->text.n > 1 &&
           ascii_is_alpha((unsigned char)n->first->text.p[0]);
}

static bool is_operand(const struct node *n)
{
    return n && n->tag != TAG_MO && n->tag != TAG_MSPACE;
}

static void read_item(struct tex *t, struct node *row)
{
    struct node *base = read_atom(t, row);

    if (!base || t->failed)
        return;
    bool function = is_function(base);
    if (function && is_operand(row->last))
        node_append(row, tex_space(t, S("0.1667em")));
    node_append(row, with_scripts(t, base));
    if (function && wants_gap(t))
        node_append(row, tex_space(t, S("0.1667em")));
}

struct node *tex_list(struct tex *t)
{
    struct node *row = tex_element(t, TAG_MROW);
    enum tex_alphabet alphabet = t->alphabet;

    if (++t->depth > DEPTH_MAX)
        tex_fail(t);
    while (!t->failed && !ends_list(t))
        read_item(t, row);
    t->depth--;
    t->alphabet = alphabet;
    return row;
}

/* White space folded, and what XML can't hold left out. */
static str fold(str s, struct arena *a)
{
    char *out = arena_bytes(a, s.n);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool blank = c <= ' ';
        if (!blank)
            out[n++] = s.p[i];
        else if (n > 0 && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    return str_trim((str){ out, n });
}

struct node *tex_math(str tex, bool display, struct arena *a, uint32_t line,
                      str *unknown)
{
    struct tex t = { .s = tex, .a = a, .line = line };

    if (unknown)
        *unknown = (str){ 0 };
    if (tex.n > TEX_MAX || str_is_blank(tex))
        return NULL;
    struct node *math = tex_element(&t, TAG_MATH);
    bool aligned = str_find_char(tex, '&') != STR_NONE;
    struct node *body = tex_rows(&t, aligned ? S("rl") : S("c"));
    if (unknown)
        *unknown = t.unknown;
    if (t.failed || t.at < tex.n || (body->tag == TAG_MROW && !body->first))
        return NULL;
    if (display)
        node_set(math, a, ATTR_DISPLAY, S("block"));
    node_set(math, a, ATTR_ALTTEXT, fold(tex, a));
    if (body->tag == TAG_MROW)
        node_move_children(body, math);
    else
        node_append(math, body);
    if (t.tag.n) {
        node_append(math, tex_space(&t, S("2em")));
        node_append(math, tex_leaf(&t, TAG_MTEXT,
                                   arena_printf(a, "(%.*s)", STR_ARG(t.tag))));
    }
    return math;
}
