/* SPDX-License-Identifier: MIT */
/* Does a selector match a node? Right to left, with one step back to the last
 * descendant combinator: going further back could not help, because what is
 * to its left only has fewer ancestors to choose from. */
#include "doc/chapter.h"
#include "style/selector.h"

str node_language(const struct node *n, str lang)
{
    for (; n; n = n->parent) {
        str own = node_attr(n, ATTR_LANG);
        if (own.n)
            return own;
    }
    return lang;
}

static const struct node *prev_element(const struct node *n)
{
    do
        n = n->prev;
    while (n && n->tag == TAG_TEXT);
    return n;
}

static const struct node *next_element(const struct node *n)
{
    do
        n = n->next;
    while (n && n->tag == TAG_TEXT);
    return n;
}

static bool is_first_of_type(const struct node *n)
{
    for (const struct node *o = n->prev; o; o = o->prev)
        if (o->tag == n->tag)
            return false;
    return true;
}

static bool is_last_of_type(const struct node *n)
{
    for (const struct node *o = n->next; o; o = o->next)
        if (o->tag == n->tag)
            return false;
    return true;
}

/* RFC 4647, 3.3.1: RANGE is TAG or what TAG begins with. */
static bool in_range(str tag, str range)
{
    return str_starts_nocase(tag, range) &&
           (tag.n == range.n || tag.p[range.n] == '-');
}

/* "zh-TW" is in the ranges "zh-TW" and "zh-Hant". */
static bool matches_lang(str tag, str range)
{
    return range.n > 0 && (in_range(tag, range) ||
                           in_range(lang_tag(lang_of_tag(tag)), range));
}

static bool match_attr(const struct cond *c, const struct node *n)
{
    str v = node_attr(n, c->attr);

    switch (c->kind) {
    case COND_ATTR_EQ:
        return v.p && str_eq(v, c->text);
    case COND_ATTR_WORD:
        return str_has_word(v, c->text);
    case COND_ATTR_DASH:
        return v.p && str_starts(v, c->text) &&
               (v.n == c->text.n || v.p[c->text.n] == '-');
    case COND_ATTR_START:
        return c->text.n && str_starts(v, c->text);
    case COND_ATTR_END:
        return c->text.n && str_ends(v, c->text);
    case COND_ATTR_IN:
        return c->text.n && str_find(v, c->text) != STR_NONE;
    default:
        return v.p != NULL;
    }
}

static bool match_compound(const struct compound *c, const struct node *n,
                           str lang);

static bool match_cond(const struct cond *c, const struct node *n, str lang)
{
    switch (c->kind) {
    case COND_CLASS:
        return str_has_word(node_attr(n, ATTR_CLASS), c->text);
    case COND_ID:
        return str_eq(node_attr(n, ATTR_ID), c->text);
    case COND_FIRST_CHILD:
        return !prev_element(n);
    case COND_LAST_CHILD:
        return !next_element(n);
    case COND_ONLY_CHILD:
        return !prev_element(n) && !next_element(n);
    case COND_FIRST_OF_TYPE:
        return is_first_of_type(n);
    case COND_LAST_OF_TYPE:
        return is_last_of_type(n);
    case COND_EMPTY:
        return !n->first;
    case COND_ROOT:
        return !n->parent;
    case COND_LINK:
        return n->tag == TAG_A &&
               (node_has(n, ATTR_HREF) || node_has(n, ATTR_POST));
    case COND_LANG:
        return matches_lang(node_language(n, lang), c->text);
    case COND_NOT:
        /* Nested once only: selector.c takes no :not() inside :not(). */
        return !match_compound(c->not, n, lang);
    default:
        return match_attr(c, n);
    }
}

/* N is NULL for what stands around the root: html and body. */
static bool match_compound(const struct compound *c, const struct node *n,
                           str lang)
{
    if (c->never)
        return false;
    if (!n)
        return c->page && c->n_conds == 0;
    if ((c->page && n->parent) || (c->tag != TAG_COUNT && c->tag != n->tag))
        return false;
    for (uint32_t i = 0; i < c->n_conds; i++)
        if (!match_cond(&c->conds[i], n, lang))
            return false;
    return true;
}

/* Moves *N up to the nearest ancestor that C matches. */
static bool find_ancestor(const struct compound *c, const struct node **n,
                          str lang)
{
    do {
        if (!*n)
            return false;
        *n = (*n)->parent;
    } while (!match_compound(c, *n, lang));
    return true;
}

/* Moves *N to what C's combinator relates to it. */
static bool step(const struct compound *c, const struct node **n, str lang)
{
    if (c->combinator == ' ')
        return find_ancestor(c->left, n, lang);
    if (!*n)
        return c->combinator == '>' && match_compound(c->left, NULL, lang);
    *n = c->combinator == '>' ? (*n)->parent : prev_element(*n);
    if (!*n && c->combinator == '+')
        return false;
    return match_compound(c->left, *n, lang);
}

bool selector_match(const struct selector *s, const struct node *n, str lang)
{
    const struct compound *c = s->subject, *back = NULL;
    const struct node *back_n = NULL;

    if (!match_compound(c, n, lang))
        return false;
    while (c->left) {
        bool ok = step(c, &n, lang);
        if (!ok) {
            if (!back || !find_ancestor(back->left, &back_n, lang))
                return false;
            c = back;
            n = back_n;
        } else if (c->combinator == ' ') {
            back = c;
            back_n = n;
        }
        c = c->left;
    }
    return true;
}
