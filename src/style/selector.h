/* SPDX-License-Identifier: MIT */
/* selector.h - selectors (selectors-4): type, *, .class, #id, attributes,
 * descendants, children, neighbours, and the pseudo-classes of the table in
 * selector.c. html and body stand for what is around a chapter's root and for
 * the root itself, so that rules written for a page's body apply. */
#ifndef STYLE_SELECTOR_H
#define STYLE_SELECTOR_H

#include "doc/node.h"
#include "style/css.h"
#include "style/warn.h"

enum cond_kind {
    COND_CLASS,
    COND_ID,
    COND_ATTR,       /* [a] */
    COND_ATTR_EQ,    /* [a=v] */
    COND_ATTR_WORD,  /* [a~=v] */
    COND_ATTR_DASH,  /* [a|=v] */
    COND_ATTR_START, /* [a^=v] */
    COND_ATTR_END,   /* [a$=v] */
    COND_ATTR_IN,    /* [a*=v] */
    COND_FIRST_CHILD,
    COND_LAST_CHILD,
    COND_ONLY_CHILD,
    COND_FIRST_OF_TYPE,
    COND_LAST_OF_TYPE,
    COND_EMPTY,
    COND_ROOT,
    COND_LINK,
    COND_LANG,
    COND_NOT
};

struct compound;

struct cond {
    enum cond_kind kind;
    enum attr_name attr;
    str text;
    const struct compound * not ;
};

/* What must hold of one element. */
struct compound {
    enum tag tag; /* TAG_COUNT: any */
    bool never;   /* names something that no chapter has */
    bool page;    /* html or body */
    const struct cond *conds;
    uint32_t n_conds;
    char combinator; /* ' ', '>' or '+': how `left` is related */
    const struct compound *left;
};

struct selector {
    const struct compound *subject; /* rightmost */
    uint32_t specificity;           /* ids, classes, types; 10 bits each */
};

struct selectors {
    struct selector *v;
    size_t n, cap;
};

/* A list with commas. False: malformed, nothing of it counts. What is well
 * formed but unknown never matches and is reported to SRC. */
bool selectors_parse(struct tokens t, struct arena *a, struct css_source *src,
                     struct selectors *out);

/* LANG is the language of the chapter. */
bool selector_match(const struct selector *s, const struct node *n, str lang);

/* The language of N by its lang attribute or an ancestor's, else LANG. */
str node_language(const struct node *n, str lang);

#endif
