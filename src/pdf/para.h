/* SPDX-License-Identifier: MIT */
/* para.h - inline content becomes lines.
 *
 * A paragraph is a run of sibling nodes that stand in lines (text and inline
 * elements). It is shaped whole, broken by total fit (Knuth and Plass,
 * "Breaking Paragraphs into Lines", 1981) over penalties that know Korean,
 * Japanese, Chinese and hyphenated Latin, and set. What comes out are lines
 * with items relative to the line; where a line stands on a page is decided
 * elsewhere. Lengths in pt/1000. */
#ifndef PDF_PARA_H
#define PDF_PARA_H

#include "base/map.h"
#include "pdf/pagekind.h"
#include "pdf/shape.h"
#include "style/style.h"

/* What laying out a chapter needs; one a worker and chapter. */
struct layout {
    struct arena *arena; /* the chapter's */
    const struct chapter *chapter;
    struct styles *styles;
    struct fontset *fonts;
    struct shaper *shaper;
    struct hyphenator *hyphenator; /* one a worker */
    struct laid_chapter *out;
    struct diag *diag;
    struct map notes;               /* id to its aside (const struct node) */
    struct map note_labels;         /* id to the reference's own text, str */
    const struct map *post_by_name; /* name to const struct post; the book's */
    const struct linknotes *links;  /* addresses for print; or NULL */
    int32_t *numbers;               /* of list items, by node id; marker.c's */
    /* marker.c's: the style of bullets in text of another */
    const struct style *bullet_for, *bullet;
    int32_t page_width, page_height; /* of the type area */
    /* The pages that is for, and their name; what else there is. */
    const struct page_kinds *kinds;
    const struct page_kind *kind;
    str page;
    unsigned closed; /* blocks around, in which no page can end */
    bool page_told;  /* about a name there */
    str path;        /* of the post, for messages */
    bool codes_told; /* that its cards have no codes */
    bool from_right; /* text runs from right to left: see turn.h */
    /* formula.c's: the styles of the last formula */
    struct formula_styles *formula_styles;
    /* What para_fonts() found last for some styles. */
    struct {
        const struct style *style;
        const struct font_chain *chain;
    } fonts_of[32];
};

/* A note that is referred to from a line: it goes to the foot of the page. */
struct line_note {
    const struct node *aside;
};

static inline int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

struct line {
    int32_t height;   /* leading of this line: what it adds to the column */
    int32_t baseline; /* from the line's top */
    int32_t width;    /* of the ink, without trailing space */
    bool hyphenated;
    bool wrapped; /* preformatted: the source line goes on in the next line */
    /* x from the left edge of the measure, y from the line's top; glyphs: y
     * is the baseline */
    VEC(struct item) items;
    VEC(struct line_note) notes;
};

struct lines {
    struct line *v;
    uint32_t n;
};

struct para {
    const struct node *first, *last; /* siblings */
    const struct style *style;       /* of the block that holds them */
    int32_t width;                   /* the measure */
    uint32_t struct_elem;            /* element that holds plain text */
    str prefix; /* generated text in front (list markers inside), may be "" */
};

/* The lines of P; none when it holds no ink. Lines are never wider than the
 * measure. */
struct lines para_lines(struct layout *ly, const struct para *p);

/* What a block leaves free at its right for the mark of a line that goes on
 * below; 0 but for code. */
int32_t para_turn_room(const struct style *st);

/* Six metres: what is wider counts as this, so that sums stay small. */
#define WIDTH_MOST (1 << 24)

/* Width of the widest line when nothing is broken (max-content) and of the
 * widest unbreakable piece (min-content), for tables; at most WIDTH_MOST. */
void para_widths(struct layout *ly, const struct para *p, int32_t *min_content,
                 int32_t *max_content);

/* A single line of plain text in one style, not broken: running heads,
 * folios, list markers, contents. Cut with an ellipsis where it is wider than
 * MAX_WIDTH (0: never cut). */
struct line para_single(struct layout *ly, str text, const struct style *style,
                        uint32_t struct_elem, int32_t max_width);

/* Do lines of a paragraph in the style ST run from right to left? Those of code
 * never do. */
bool para_runs_from_right(const struct layout *ly, const struct style *st);

/* The chain of fonts of a style. */
const struct font_chain *para_fonts(struct layout *ly, const struct style *st);

#endif
