/* SPDX-License-Identifier: MIT */
/* content_model.h - what a valid tree looks like, written down a second time
 * from the schema of HTML (epub33, 6.1), to check the clean-up with. */
#ifndef UNIT_CONTENT_MODEL_H
#define UNIT_CONTENT_MODEL_H

#include "base/map.h"
#include "doc/node.h"

static inline bool is_phrasing(const struct node *n)
{
    enum tag_kind kind = tag_kind(n->tag);

    return kind == KIND_TEXT || kind == KIND_INLINE ||
           kind == KIND_TRANSPARENT || kind == KIND_VOID_INLINE;
}

static inline bool is_group(enum tag t)
{
    return t == TAG_THEAD || t == TAG_TBODY || t == TAG_TFOOT;
}

/* May N stand where it stands? */
static inline bool fits(const struct node *n)
{
    enum tag p = n->parent->tag, t = n->tag;
    const struct node *prev = n->prev;

    switch (t) {
    case TAG_LI:
        return p == TAG_UL || p == TAG_OL;
    case TAG_DT:
        return p == TAG_DL && n->next;
    case TAG_DD:
        return p == TAG_DL && prev;
    case TAG_CAPTION:
        return p == TAG_TABLE && !prev;
    case TAG_THEAD:
        return p == TAG_TABLE && (!prev || prev->tag == TAG_CAPTION);
    case TAG_TBODY:
        return p == TAG_TABLE && (!prev || prev->tag != TAG_TFOOT);
    case TAG_TFOOT:
        return p == TAG_TABLE && !n->next;
    case TAG_TR:
        return is_group(p);
    case TAG_TD:
    case TAG_TH:
        return p == TAG_TR;
    case TAG_RT:
        return p == TAG_RUBY;
    case TAG_FIGCAPTION:
        return p == TAG_FIGURE && (!prev || !n->next);
    case TAG_SUMMARY:
        return p == TAG_DETAILS && !prev;
    case TAG_RP:
    case TAG_COL:
    case TAG_COLGROUP:
        return false; /* not made */
    default:
        break;
    }
    if (tag_kind(p) == KIND_ROWS)
        return false;
    if (tag_kind(p) == KIND_FLOW ||
        (tag_kind(p) == KIND_PART && p != TAG_SUMMARY && p != TAG_RT))
        return true;
    return is_phrasing(n) && tag_kind(p) != KIND_VOID_BLOCK &&
           tag_kind(p) != KIND_VOID_INLINE;
}

static inline bool has_ancestor(const struct node *n, enum tag t)
{
    for (n = n->parent; n; n = n->parent)
        if (n->tag == t)
            return true;
    return false;
}

/* Has N both lines of text and blocks in it? */
static inline bool is_mixed(const struct node *n)
{
    bool lines = false, blocks = false;

    for (const struct node *k = n->first; k; k = k->next)
        if (k->tag != TAG_RT && k->tag != TAG_FIGCAPTION &&
            k->tag != TAG_SUMMARY)
            *(is_phrasing(k) ? &lines : &blocks) = true;
    return lines && blocks;
}

/* How many children MathML wants; -1: any number, -2: text alone. */
static inline int math_children(enum tag t)
{
    switch (t) {
    case TAG_MI:
    case TAG_MN:
    case TAG_MO:
    case TAG_MTEXT:
        return -2;
    case TAG_MSPACE:
        return 0;
    case TAG_MFRAC:
    case TAG_MROOT:
    case TAG_MSUB:
    case TAG_MSUP:
    case TAG_MUNDER:
    case TAG_MOVER:
        return 2;
    case TAG_MSUBSUP:
    case TAG_MUNDEROVER:
        return 3;
    default:
        return -1;
    }
}

/* MathML 3, 3.1.3: arguments, tables, and that it stands in math alone. */
static inline const char *math_fault(const struct node *n)
{
    int want = math_children(n->tag), got = 0;
    enum tag p = n->parent ? n->parent->tag : TAG_TEXT;

    if (n->tag != TAG_MATH && p < TAG_MATH)
        return "MathML outside math";
    if ((n->tag == TAG_MTR) != (p == TAG_MTABLE) ||
        (n->tag == TAG_MTD) != (p == TAG_MTR))
        return "a row or cell that is not in a table";
    for (const struct node *k = n->first; k; k = k->next, got++)
        if ((k->tag == TAG_TEXT) != (want == -2) ||
            (k->tag != TAG_TEXT && k->tag <= TAG_MATH))
            return "what is no MathML in a formula";
    return want >= 0 && want != got ? "too few or too many arguments" : NULL;
}

static inline const char *fault_of(const struct node *n)
{
    enum tag t = n->tag;

    if (t == TAG_TEXT)
        return n->text.n ? NULL : "empty text";
    if (t >= TAG_MATH)
        return math_fault(n);
    if (is_mixed(n))
        return "text beside blocks";
    if ((tag_kind(t) == KIND_PHRASES || tag_kind(t) == KIND_ROWS ||
         t == TAG_FIGURE || t == TAG_BLOCKQUOTE || t == TAG_DIV) &&
        !n->first)
        return "empty block";
    if (t == TAG_DETAILS && (!n->first || n->first->tag != TAG_SUMMARY))
        return "details without summary";
    if (t == TAG_RUBY && (!n->last || n->last->tag != TAG_RT))
        return "ruby without a reading";
    if ((t == TAG_A || t == TAG_DETAILS) && has_ancestor(n, TAG_A))
        return "interactive in a link";
    if (t == TAG_DFN && has_ancestor(n, t))
        return "dfn in dfn";
    if (t == TAG_TABLE && has_ancestor(n, TAG_CAPTION))
        return "table in caption";
    if (tag_is_heading(t) &&
        (has_ancestor(n, TAG_DT) || has_ancestor(n, TAG_TH)))
        return "heading where none may be";
    if (t == TAG_BDO && !node_has(n, ATTR_DIR))
        return "bdo without dir";
    if (t == TAG_IMG && !node_has(n, ATTR_ALT))
        return "img without alt";
    if (t == TAG_A && !node_has(n, ATTR_HREF) && !node_has(n, ATTR_POST))
        return "a without a target";
    return NULL;
}

/* What is wrong with the first bad node below ROOT, or NULL. */
static inline const char *model_fault(const struct node *root, struct arena *a,
                                      const struct node **where)
{
    struct map ids;

    map_init(&ids, a);
    for (const struct node *n = root; n; n = node_next(n, root)) {
        const char *fault = n != root && !fits(n) ? "bad parent" : NULL;
        str id = node_attr(n, ATTR_ID);

        if (!fault && (n != root || n->first))
            fault = fault_of(n);
        if (!fault && id.n && map_find(&ids, id))
            fault = "duplicate id";
        if (id.n)
            map_put(&ids, id, (void *)n);
        if (fault) {
            *where = n;
            return fault;
        }
    }
    return NULL;
}

#endif
