/* SPDX-License-Identifier: MIT */
#include "math/tex.h"

#include "math/tex_parts.h"

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
    struct node *n;

    if (tex_peek(t) == '\'') {
        n = read_primes(t);
        if (s->above || !n)
            return tex_fail(t) != NULL;
        s->above = n;
        s->primed = true;
        return true;
    }
    /* "x\_1": an underscore that Markdown was not to take for its own. */
    bool below = tex_eat(t, '_') ||
                 (t->alphabet == ALPHABET_ITALIC && tex_eat_command(t, S("_")));
    if (below || tex_eat(t, '^')) {
        n = tex_argument(t);
        if (!n || (below ? s->below != NULL : s->above && !s->primed))
            return tex_fail(t) != NULL;
        if (below)
            s->below = n;
        else
            s->above = s->above ? join(t, s->above, n) : n;
        s->primed = s->primed && below;
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
    int c = tex_peek(t);

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
    int c = tex_peek(t);
    return c == '\\' ? !STR_IS_AMONG(tex_command_at(t), fences)
                     : c == '{' || ascii_is_alnum(c) || c >= 0x80;
}

static bool is_function(const struct node *n)
{
    return n->tag == TAG_MI && n->first && n->first->text.n > 1 &&
           ascii_is_alpha((unsigned char)n->first->text.p[0]);
}

/* Does a number, a letter or the end of a bracket stand there? */
static bool is_operand(const struct node *n)
{
    static const str closing[] = { STR_INIT(")"), STR_INIT("]"),
                                   STR_INIT("}") };

    if (!n || n->tag == TAG_MSPACE)
        return false;
    return n->tag != TAG_MO ||
           (n->first && STR_IS_AMONG(n->first->text, closing));
}

static void read_item(struct tex *t, struct node *row)
{
    struct node *base = tex_atom(t, row);

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

    if (++t->depth > TEX_DEPTH_MAX)
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
