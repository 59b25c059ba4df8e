/* SPDX-License-Identifier: MIT */
/* node.h - the tree a chapter is made of.
 *
 * Text or an element of the vocabulary in tags.def; nothing about style or
 * geometry. Nodes, attributes and texts live in the chapter's arena. */
#ifndef DOC_NODE_H
#define DOC_NODE_H

#include "base/arena.h"

enum tag {
    TAG_TEXT, /* not an element */
#define TAG(id, name, kind) TAG_##id,
#include "doc/tags.def"
#undef TAG
    TAG_COUNT
};

enum tag_kind {
    KIND_TEXT,
    KIND_FLOW,
    KIND_PHRASES,
    KIND_INLINE,
    KIND_TRANSPARENT,
    KIND_VOID_INLINE,
    KIND_VOID_BLOCK,
    KIND_PART,
    KIND_ROWS
};

enum attr_name {
#define ATTR(id, name) ATTR_##id,
#include "doc/attrs.def"
#undef ATTR
    ATTR_COUNT
};

struct attr {
    enum attr_name name;
    str value; /* plain text; escaping is the writers' */
    struct attr *next;
};

struct node {
    enum tag tag;
    uint32_t line; /* of the source file, from 1; 0: unknown */
    uint32_t id;   /* dense in document order; set by chapter_number() */
    str text;      /* of a TAG_TEXT */
    struct attr *attrs;
    struct node *parent, *prev, *next, *first, *last;
};

struct node *node_new(struct arena *a, enum tag tag, uint32_t line);
struct node *node_text(struct arena *a, str text, uint32_t line);

/* ROOT and all below it in A, with the same attributes: node_set() on a copy
 * would change both. */
struct node *node_copy(const struct node *root, struct arena *a);

/* Moving within one tree: CHILD must be new or removed. */
void node_append(struct node *parent, struct node *child);
void node_prepend(struct node *parent, struct node *child);
void node_insert_before(struct node *at, struct node *child);
void node_insert_after(struct node *at, struct node *child);
void node_remove(struct node *n);
/* Puts N's children in N's place. */
void node_unwrap(struct node *n);
void node_replace(struct node *old, struct node *by);
/* Moves the children of FROM to the end of TO. */
void node_move_children(struct node *from, struct node *to);

/* The next node in document order inside ROOT, or NULL at its end;
 * node_skip() leaves out N's own children. Neither recurses. */
struct node *node_next(const struct node *n, const struct node *root);
struct node *node_skip(const struct node *n, const struct node *root);

/* The value, or an empty str with p == NULL when there is none. */
str node_attr(const struct node *n, enum attr_name name);
bool node_has(const struct node *n, enum attr_name name);
/* Sets or replaces; attributes keep the order in which they were set. */
void node_set(struct node *n, struct arena *a, enum attr_name name, str value);
void node_unset(struct node *n, enum attr_name name);
/* Is WORD one of the white-space separated classes of N? */
bool node_has_class(const struct node *n, str word);
void node_add_class(struct node *n, struct arena *a, str word);

/* All text below N, concatenated, white space folded to single spaces. */
str node_plain_text(const struct node *n, struct arena *a);

enum tag tag_find(str name); /* lower case; TAG_COUNT: not in the vocabulary */
str tag_name(enum tag t);
enum tag_kind tag_kind(enum tag t);
bool tag_is_heading(enum tag t);
bool tag_is_block(enum tag t); /* anything that breaks a line of text */
str attr_text(enum attr_name name);

#endif
