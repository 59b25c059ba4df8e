/* SPDX-License-Identifier: MIT */
/* clean_sink.h - builds a tree that is valid whatever order its parts come
 * in.
 *
 * Callers open and close what they meet in the source; the sink keeps three
 * stacks and makes elements only when there is something to put into them:
 *
 *   boxes  containers of blocks (div, li, td, ...) and what holds only parts
 *          (ul, table, tr, ...). Parts that are missing are implied.
 *   paras  which block holds lines of text here: p, h2, pre, or none.
 *   wraps  inline elements. They are opened in every line of text that
 *          stands inside them, so a block inside an inline element comes out
 *          as inline elements inside the block.
 *
 * Boxes and paras live in their callers; they must be closed in reverse
 * order. Nothing empty is made. */
#ifndef CONVERT_CLEAN_SINK_H
#define CONVERT_CLEAN_SINK_H

#include "base/vec.h"
#include "convert/clean_css.h"
#include "doc/node.h"

enum box_kind {
    BOX_FLOW,
    BOX_LIST,  /* ul, ol: wants li */
    BOX_TERMS, /* dl: wants dt and dd */
    BOX_TABLE, /* wants sections */
    BOX_GROUP, /* thead, tbody, tfoot: wants rows */
    BOX_ROW    /* wants cells */
};

struct para;

struct box {
    struct box *up;
    struct node *node;
    enum box_kind kind;
    bool implied; /* made by the sink, which also closes it */
    bool wants_p; /* text is in a p even where there is nothing else */
    bool has_blocks;
    bool has_caption;  /* a figure, table or details: its caption is there */
    struct node *run;  /* first node of text that is not in a p (yet) */
    struct para *para; /* to go back to */
};

struct para {
    struct para *up;
    enum tag tag; /* TAG_P, a heading, TAG_PRE, TAG_SUMMARY */
    struct attr *attrs;
    str id;
    bool used; /* a heading is made once; what follows a block is a p */
};

/* How a run of text is to look. */
struct face {
    bool bold, italic, underline, strike;
    uint32_t color; /* COLOR_SET and RGB; 0: the page's */
};

struct wrap {
    enum tag tag;
    struct attr *attrs;
    str id;
    struct node *node;  /* in the current line; NULL: not made */
    unsigned hidden;    /* not to be made: how many inner wraps forbid it */
    uint32_t hides;     /* wraps from this index on ... */
    uint32_t hides_end; /* ... to before this one are hidden by it */
    bool made;
};

/* A blank or a line break that only counts when text follows. */
struct blank {
    bool is_break;
    str text;
    uint32_t line;
};

struct sink {
    struct arena *a;
    struct box *box;
    struct para *para;
    uint32_t src_line; /* of the source, for new nodes */

    struct face face;  /* what is wanted */
    struct face given; /* what the open elements give anyway */

    struct node *line; /* where the current line's content goes, or NULL */
    struct node *at;   /* the innermost open element of the line */
    struct node *leaf; /* last span made for a face */
    struct face leaf_face;
    bool break_pending; /* in a pre: a block began or ended */

    VEC(struct wrap) wraps;
    size_t n_open; /* wraps that the line has, or that are hidden */
    VEC(struct blank) blanks;
    struct str_vec ids; /* of elements that were not made */
    VEC(struct node *) rubies;
};

/* ROOT is a box that wants p; it stays open. */
void sink_init(struct sink *s, struct box *root, struct node *node,
               struct arena *a);
/* Closes what is implied, gives left-over ids a place, repairs ruby. */
void sink_finish(struct sink *s);

void sink_text(struct sink *s, str text);
void sink_break(struct sink *s);
/* An img or wbr. */
void sink_inline(struct sink *s, struct node *n);
/* A whole block: hr, a card. */
void sink_block(struct sink *s, struct node *n);
/* The edge of a block that is not kept itself. */
void sink_edge(struct sink *s);

/* The id of an element that may never be made: goes to what comes next. */
void sink_id(struct sink *s, str id);

/* False: not needed or not possible here, nothing to close. */
bool sink_wrap_open(struct sink *s, enum tag tag, struct attr *attrs, str id);
void sink_wrap_close(struct sink *s);
bool sink_is_wrapped(const struct sink *s, enum tag tag);

void sink_para_open(struct sink *s, struct para *p, enum tag tag,
                    struct attr *attrs, str id);
void sink_para_close(struct sink *s, struct para *p);

/* Opens NODE as a block of the current box. */
void sink_box_open(struct sink *s, struct box *b, enum box_kind kind,
                   struct node *node);
/* The same where the current box wants such a part. */
void sink_part_open(struct sink *s, struct box *b, enum box_kind kind,
                    struct node *node);
void sink_box_close(struct sink *s, struct box *b);
/* Removes the closed B from its parent; its ids find another place. */
void sink_box_drop(struct sink *s, struct box *b);
/* Has only lines of text in it? */
bool box_is_lines(const struct box *b);

/* Makes the innermost box one of KIND by closing implied ones; false where
 * that can't be done. */
bool sink_reach(struct sink *s, enum box_kind kind);
/* Opens an implied list, or an implied part of the current box, around what
 * comes next. */
void sink_imply(struct sink *s, enum box_kind kind, struct node *node);
/* Opens the closed list item LI again. */
void sink_reopen(struct sink *s, struct node *li);

#endif
