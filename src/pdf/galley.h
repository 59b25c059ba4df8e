/* SPDX-License-Identifier: MIT */
/* galley.h - a chapter as one tall column, before it is cut into pages.
 *
 * A galley is a list of rows from top to bottom: a line of text, a slice of a
 * table, a card, a piece of white space. Lengths in pt/1000; x counts from the
 * left edge of the type area. */
#ifndef PDF_GALLEY_H
#define PDF_GALLEY_H

#include "pdf/para.h"

/* What a page break behind a row costs. */
enum row_break {
    ROW_FREE,
    ROW_POOR,   /* leaves a widow or an orphan, parts a small box */
    ROW_NEVER,  /* behind a heading; only when nothing else fits */
    ROW_FORCED, /* the next row starts a page */
    ROW_FORCED_RECTO
};

struct row {
    int32_t height;
    bool space; /* white space: vanishes at the top and foot of a page */
    bool rule;  /* between two sections: likewise */
    enum row_break after;
    const struct item *items; /* y from the row's top */
    uint32_t n_items;
    const struct line_note *notes;
    uint32_t n_notes;
};

/* A box with ground or borders around rows FIRST to LAST; cut by a page break
 * it goes on without the border at the cut. */
struct frame {
    uint32_t first, last;
    int32_t x, w;
    const struct style *style;
};

/* Rows FIRST to LAST are a table whose first N_HEAD rows come again at the top
 * of every page that it goes on to. */
struct repeat {
    uint32_t first, last, n_head;
};

/* Rows FIRST to LAST stand on pages of their own kind; inner ones first. */
struct stretch {
    uint32_t first, last;
    const struct page_kind *kind;
};

/* NODE, a block that string-set speaks of, begins with row ROW or with the next
 * that is not white space. */
struct galley_mark {
    const struct node *node;
    uint32_t row;
};

/* Does the last paragraph lead to the block behind it? */
enum galley_lead {
    LEAD_NONE,
    LEAD_LINE, /* it is a single line */
    LEAD_COLON /* it ends with a colon */
};

struct galley {
    struct arena *arena;
    VEC(struct row) rows;
    VEC(struct galley_mark) marks; /* in the order of the rows */
    VEC(struct frame) frames;      /* by first row; outer ones first */
    VEC(struct repeat) repeats;
    VEC(struct stretch) stretches;
    const struct page_kind *kind; /* of all other rows */
    int32_t margin;               /* white space that the next row makes real */
    bool at_top;                  /* nothing has been set yet */
    enum galley_lead lead;
    uint32_t lead_end; /* the row behind that paragraph */
};

void galley_init(struct galley *g, struct arena *a);

/* White space between blocks: of two that meet, the larger is kept (CSS 2.2,
 * 8.3.1; negative ones count as none). */
void galley_margin(struct galley *g, int32_t mp);
/* White space inside a box (padding), which never collapses. */
void galley_padding(struct galley *g, int32_t mp);
void galley_row(struct galley *g, struct row row);
/* A line of a paragraph, moved right by X. */
void galley_line(struct galley *g, const struct line *line, int32_t x,
                 enum row_break after);
/* Puts LABEL (a list's marker, a note's number) in front of what row ROW holds,
 * moved right by X, on the baseline of the row's first text. */
void galley_label(struct galley *g, uint32_t row, const struct line *label,
                  int32_t x);
/* Makes a break behind the last row at least as costly as AFTER. */
void galley_break(struct galley *g, enum row_break after);
/* Index of the next row, the margin in front of it made real. */
uint32_t galley_here(struct galley *g);
void galley_frame(struct galley *g, struct frame f);
void galley_mark(struct galley *g, const struct node *n);
/* The kind of the page that row ROW stands on. */
const struct page_kind *galley_kind(const struct galley *g, uint32_t row);
int64_t galley_height(const struct galley *g);

/* All of FROM as one list of items with y from FROM's top, appended to ITEMS
 * and moved by DX, DY; frames become rules. For boxes that are never cut. */
struct item_vec {
    struct item *v;
    size_t n, cap;
};
void galley_flatten(const struct galley *from, int32_t dx, int32_t dy,
                    struct item_vec *items, struct arena *a);

/* The ground and borders of a frame that covers y TOP to BOTTOM. */
void frame_items(const struct frame *f, int32_t top, int32_t bottom,
                 bool starts, bool ends, struct item_vec *items,
                 struct arena *a);

#endif
