/* SPDX-License-Identifier: MIT */
/* What formulas are made of: letters, numbers, signs, groups. */
#include <string.h>

#include "base/utf8.h"
#include "math/tex_parts.h"

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

/* A comma is no part of a number: "(0,1)" are two. */
static struct node *read_number(struct tex *t)
{
    size_t from = t->at;

    while (t->at < t->s.n) {
        char c = t->s.p[t->at];
        bool point = c == '.' && t->at + 1 < t->s.n &&
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
struct node *tex_atom(struct tex *t, struct node *row)
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

struct node *tex_argument(struct tex *t)
{
    int c = tex_peek(t);
    struct node *n = NULL;

    if (c < 0 || c == '}' || c == '&' || c == '^' || c == '_')
        return tex_fail(t);
    if (++t->depth > TEX_DEPTH_MAX) {
        tex_fail(t);
    } else if (ascii_is_digit(c)) {
        n = put_digits(t, str_sub(t->s, t->at++, 1));
    } else {
        bool limits = t->limits;
        n = tex_atom(t, NULL);
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
