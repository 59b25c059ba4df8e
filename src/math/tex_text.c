/* SPDX-License-Identifier: MIT */
/* Words inside formulas, and letters of other alphabets. */
#include <string.h>

#include "base/buf.h"
#include "math/tex_parts.h"

static bool is_plain_word(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!ascii_is_alnum((unsigned char)s.p[i]) && s.p[i] != '-')
            return false;
    return s.n > 1 && ascii_is_alpha((unsigned char)s.p[0]);
}

struct node *tex_make_alphabet(struct tex *t, const struct tex_command *c,
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

struct node *tex_make_switch(struct tex *t, const struct tex_command *c,
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

struct node *tex_make_text(struct tex *t, const struct tex_command *c,
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

struct node *tex_make_operator_name(struct tex *t, const struct tex_command *c,
                                    struct node *row)
{
    bool star = tex_eat(t, '*');
    str name = plain_words(t, tex_raw_argument(t));

    if (!name.n || t->failed)
        return tex_fail(t);
    if (star || c->name[sizeof "operatorname" - 1])
        return tex_make_limit(t, &(struct tex_command){ .text = name }, row);
    return tex_leaf(t, TAG_MI, name);
}

struct node *tex_make_tag(struct tex *t, const struct tex_command *c,
                          struct node *row)
{
    tex_eat(t, '*');
    str tag = plain_words(t, tex_raw_argument(t));
    if (t->tag.n)
        return tex_fail(t);
    t->tag = tag;
    return NULL;
}
