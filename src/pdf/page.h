/* SPDX-License-Identifier: MIT */
/* page.h - finished pages as display lists: what layout makes and what the
 * canvas and the tests read.
 *
 * Lengths are in pt/1000 (millipoints) as int32_t. The origin of a page is its
 * upper left corner; y grows downwards; a glyph run stands on its baseline. */
#ifndef PDF_PAGE_H
#define PDF_PAGE_H

#include "base/buf.h"
#include "base/vec.h"

struct font; /* pdf/font.h: one face at any size */
struct chapter;

#define MP_PER_MM 2835 /* 72000 / 25.4 = 2834.6 */

/* How large a page is, and where its type area begins. */
struct page_place {
    int32_t width, height;
    int32_t left, top;
};

struct page_kind; /* pdf/pagekind.h */

/* One glyph of a run. */
struct glyph {
    uint32_t id;      /* in the font */
    int32_t advance;  /* millipoints to the next glyph's origin */
    int32_t dx, dy;   /* offset from the pen; dy grows upwards */
    uint32_t text_at; /* into the run's text: first byte of its cluster */
    uint32_t text_n;  /* bytes; 0: a further glyph of the same cluster */
};

enum item_kind {
    ITEM_GLYPHS,
    ITEM_RULE,    /* a filled rectangle: rules, borders, grounds */
    ITEM_IMAGE,   /* picture of the chapter, scaled into the rectangle */
    ITEM_QR,      /* a QR code of the text, modules filling the rectangle */
    ITEM_LINK,    /* an active rectangle */
    ITEM_ANCHOR,  /* a place that links can go to: id, x, y */
    ITEM_PAGE_REF /* the page number of a target, set when it is known:
                     in the middle of the rectangle, baseline at y + h */
};

struct item {
    enum item_kind kind;
    uint32_t struct_elem; /* index into structure; 0: an artifact */
    int32_t x, y, w, h;   /* glyphs: x and baseline y; w the advance width */
    uint32_t color;       /* 0xRRGGBB */
    /* glyphs, page reference */
    const struct font *font;
    int32_t size;
    const struct glyph *glyphs;
    uint32_t n_glyphs;
    str text; /* source text of the run; QR: its content; link:
                 URL; anchor: id */
    /* link, page reference: inside the book when post is not UINT32_MAX */
    uint32_t post;    /* index of the target post */
    str frag;         /* id in it, may be empty */
    uint32_t image;   /* index into the chapter's images */
    uint16_t stretch; /* glyphs: their width, thousandths of what the type size
                         gives; 0: as it is */
    bool rtl;         /* glyphs: they run from right to left */
    bool formula;     /* part of one, which runs from left to right */
    bool ours;        /* glyphs: words of ours amid the post's; copied text goes
                         on without them */
};

struct page {
    VEC(struct item) items;       /* in painting order = reading order */
    bool opens_chapter;           /* no running head */
    bool blank;                   /* inserted for a recto start */
    const struct page_kind *kind; /* NULL: an ordinary page */
    int32_t fill_y;               /* where the text ends; for start=continue */
    uint32_t end_row; /* of the galley: the first on no page up to it */
};

/* ISO 32000-1, 14.8.4: standard structure types that we use. */
enum struct_role {
    ROLE_NONE,
    ROLE_SECT,
    ROLE_H1,
    ROLE_H2,
    ROLE_H3,
    ROLE_H4,
    ROLE_H5,
    ROLE_H6,
    ROLE_P,
    ROLE_L,
    ROLE_LI,
    ROLE_LBL,
    ROLE_LBODY,
    ROLE_BLOCKQUOTE,
    ROLE_TABLE,
    ROLE_TR,
    ROLE_TH,
    ROLE_TD,
    ROLE_FIGURE,
    ROLE_CAPTION,
    ROLE_LINK,
    ROLE_NOTE,
    ROLE_REFERENCE,
    ROLE_CODE,
    ROLE_QUOTE,
    ROLE_SPAN,
    ROLE_DIV,
    ROLE_FORMULA,
    ROLE_RUBY,
    ROLE_RB,
    ROLE_RT,
    ROLE_TOC,
    ROLE_TOCI,
    ROLE_COUNT
};

struct struct_elem {
    enum struct_role role;
    uint32_t parent; /* index; 0: the chapter's own section, element 1, or,
                        for element 1, the document */
    str alt;         /* figures, formulas */
    str lang;        /* BCP 47 where it differs from the parent's */
    uint8_t colspan, rowspan; /* cells; 0 is 1 */
    bool header_column;       /* TH: scope is Row */
};

/* A chapter laid out. Everything is in one arena. structure.v[0] is unused. */
struct laid_chapter {
    const struct chapter *chapter;
    VEC(struct page) pages;
    VEC(struct struct_elem) structure;
};

/* Text of the display lists for --dump=pages and the tests. */
void pages_dump(const struct laid_chapter *lc, struct buf *out);

#endif
