/* SPDX-License-Identifier: MIT */
/* soup.h - what the HTML5 parser made of a post, before any repair.
 *
 * Every element is here under its own name, known or not, with every
 * attribute. clean.c turns soup into the vocabulary of doc/tags.def. All of it
 * lives in the arena given to html5_parse(). */
#ifndef CONVERT_SOUP_H
#define CONVERT_SOUP_H

#include "base/arena.h"

/* Elements that the clean-up tells apart: soup.def, SOUP(identifier, name). */
enum soup_tag {
    SOUP_TEXT,
    SOUP_UNKNOWN, /* <string.h>, <o:p>, <txdb>, ...: see `source` */
#define SOUP(id, name) SOUP_##id,
#include "convert/soup.def"
#undef SOUP
    SOUP_COUNT
};

struct soup_attr {
    str name; /* lower case */
    str value;
    struct soup_attr *next;
};

struct soup {
    enum soup_tag tag;
    uint32_t line;  /* of the post's file, from 1 */
    uint32_t depth; /* of nesting, root 0; never more than SOUP_MAX_DEPTH */
    str name;       /* lower case, of an element */
    str source;     /* an unknown element's start tag as the author wrote it */
    bool closed;    /* it had an end tag of its own */
    bool foreign;   /* inside svg or math */
    str text;       /* of SOUP_TEXT */
    struct soup_attr *attrs;
    struct soup *parent, *prev, *next, *first, *last;
};

#define SOUP_MAX_DEPTH 512

/* The value, or an empty str with p == NULL. */
str soup_attr(const struct soup *e, str name);
/* Document order without recursion, inside ROOT. */
struct soup *soup_next(const struct soup *e, const struct soup *root);
struct soup *soup_skip(const struct soup *e, const struct soup *root);
/* All text below, white space folded. */
str soup_plain_text(const struct soup *e, struct arena *a);
/* Is the text below E not prose: code, a link, a form, an abbr, ruby? */
bool soup_is_apart(const struct soup *e);

/* A new node behind E, below the same parent. */
struct soup *soup_insert_behind(struct soup *e, enum soup_tag tag,
                                struct arena *a);
/* Adds TEXT, which is not copied, as the last child of E. */
void soup_add_text(struct soup *e, str text, struct arena *a);

#endif
