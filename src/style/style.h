/* SPDX-License-Identifier: MIT */
/* style.h - computed style: what CSS says about every node of a chapter and
 * about every kind of page.
 *
 * Lengths are in pt/1000 (millipoints, as in pdf/page.h) and resolved against
 * font and root, so that layout sees numbers; only what depends on the width
 * of a containing block stays a percentage. props.def lists the properties.
 *
 * Use: sheet_new(), sheet_add() for each file in order, sheet_finish(). After
 * that a sheet is const and shared by threads; cascade_chapter() and
 * sheet_page() only read it. */
#ifndef STYLE_STYLE_H
#define STYLE_STYLE_H

#include "doc/chapter.h"

enum length_kind { LENGTH_MP, LENGTH_PERCENT, LENGTH_AUTO };

struct length {
    enum length_kind kind;
    int32_t v; /* millipoints, or thousandths of a per cent */
};

/* L in millipoints, where 100 % is BASE; auto (for max-width: none) gives
 * AUTO_IS. */
int32_t length_resolve(struct length l, int32_t base, int32_t auto_is);

enum font_generic { GENERIC_SERIF, GENERIC_SANS, GENERIC_MONO };

/* The families to try in order, then the generic one of the language. */
struct font_list {
    const str *names; /* as written, without quotes */
    uint32_t n;
    enum font_generic generic; /* serif where the sheet names none */
};

enum display {
    DISPLAY_INLINE, /* inline-block too */
    DISPLAY_BLOCK,
    DISPLAY_LIST_ITEM,
    DISPLAY_NONE,
    DISPLAY_TABLE,
    DISPLAY_TABLE_CAPTION,
    DISPLAY_TABLE_COLUMN_GROUP,
    DISPLAY_TABLE_COLUMN,
    DISPLAY_TABLE_HEADER_GROUP,
    DISPLAY_TABLE_ROW_GROUP,
    DISPLAY_TABLE_FOOTER_GROUP,
    DISPLAY_TABLE_ROW,
    DISPLAY_TABLE_CELL,
    DISPLAY_RUBY,
    DISPLAY_RUBY_TEXT
};

enum text_align {
    ALIGN_START,
    ALIGN_END,
    ALIGN_LEFT,
    ALIGN_RIGHT,
    ALIGN_CENTER,
    ALIGN_JUSTIFY
};
enum text_align_last { /* AUTO: start where the text is justified */
                       ALIGN_LAST_AUTO,
                       ALIGN_LAST_START,
                       ALIGN_LAST_END,
                       ALIGN_LAST_LEFT,
                       ALIGN_LAST_RIGHT,
                       ALIGN_LAST_CENTER,
                       ALIGN_LAST_JUSTIFY
};
enum hyphens { HYPHENS_MANUAL, HYPHENS_NONE, HYPHENS_AUTO };
enum word_break {
    WORD_BREAK_NORMAL,
    WORD_BREAK_KEEP_ALL,
    WORD_BREAK_BREAK_ALL
};
enum line_break {
    LINE_BREAK_AUTO,
    LINE_BREAK_LOOSE,
    LINE_BREAK_NORMAL,
    LINE_BREAK_STRICT,
    LINE_BREAK_ANYWHERE
};
enum overflow_wrap { OVERFLOW_NORMAL, OVERFLOW_BREAK_WORD, OVERFLOW_ANYWHERE };
enum white_space {
    SPACE_NORMAL,
    SPACE_NOWRAP,
    SPACE_PRE,
    SPACE_PRE_WRAP, /* break-spaces too */
    SPACE_PRE_LINE
};
enum text_wrap { TEXT_WRAP, TEXT_WRAP_BALANCE }; /* pretty is what wrap does */
enum text_transform {
    TRANSFORM_NONE,
    TRANSFORM_UPPERCASE,
    TRANSFORM_LOWERCASE,
    TRANSFORM_CAPITALIZE
};
enum text_emphasis { /* the mark on each letter; filled or open */
                     EMPHASIS_NONE,
                     EMPHASIS_DOT,
                     EMPHASIS_CIRCLE,
                     EMPHASIS_SESAME,
                     EMPHASIS_OPEN_DOT,
                     EMPHASIS_OPEN_CIRCLE,
                     EMPHASIS_OPEN_SESAME
};
enum list_style {
    LIST_DISC,
    LIST_CIRCLE,
    LIST_SQUARE,
    LIST_DECIMAL,
    LIST_LOWER_ALPHA,
    LIST_UPPER_ALPHA,
    LIST_LOWER_ROMAN,
    LIST_UPPER_ROMAN,
    LIST_NONE
};
enum border_style { /* the other styles of CSS become solid */
                    BORDER_NONE,
                    BORDER_SOLID,
                    BORDER_DASHED,
                    BORDER_DOTTED,
                    BORDER_DOUBLE
};
enum vertical_align {
    VALIGN_BASELINE,
    VALIGN_SUB,
    VALIGN_SUPER,
    VALIGN_TOP,
    VALIGN_TEXT_TOP,
    VALIGN_MIDDLE,
    VALIGN_BOTTOM,
    VALIGN_TEXT_BOTTOM,
    VALIGN_RAISED /* by `raise` */
};
enum page_break {
    BREAK_AUTO,
    BREAK_AVOID, /* avoid-page too */
    BREAK_PAGE,  /* always too */
    BREAK_LEFT,  /* verso too */
    BREAK_RIGHT  /* recto too */
};

enum { SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT, SIDE_COUNT };

struct border {
    int32_t width; /* 0 where the style is none */
    enum border_style style;
    uint32_t color;
};

/* Generated text: a list of parts, in string-set and in margin boxes. */
enum content_kind {
    CONTENT_TEXT,    /* literal, in `text` */
    CONTENT_ELEMENT, /* content(): the element's own text (string-set) */
    CONTENT_ATTR,    /* attr(): the attribute `attr` (string-set) */
    CONTENT_STRING,  /* string(name), set by string-set or the program */
    CONTENT_PAGE,    /* counter(page): the folio */
    CONTENT_PAGES    /* counter(pages) */
};
enum string_when {               /* string()'s second argument */
                   STRING_FIRST, /* set first on the page, else carried over */
                   STRING_START, /* as it was at the page's top */
                   STRING_LAST,  /* as it is at the page's foot */
                   STRING_EXCEPT /* first-except: nothing on a page that sets it
                                  */
};

struct content_part {
    enum content_kind kind;
    enum string_when when;
    enum attr_name attr;
    str text; /* literal text, or the name of the string */
};

struct content {
    const struct content_part *parts;
    uint32_t n;
};

/* One `name value...` of string-set. */
struct string_set {
    str name;
    struct content value;
    const struct string_set *next;
};

/* Inherited fields come first. Equal styles of a chapter are one object:
 * compare pointers. */
struct style {
    /* language of the text, from lang attributes and the chapter */
    str lang;          /* BCP 47; the same pointer for equal tags */
    enum lang lang_id; /* as lang_of_tag() has it */

    const struct font_list *font;
    int32_t font_size;
    int32_t line_height; /* resolved; normal is 1.2 x font_size */
    int32_t line_factor; /* thousandths, if line-height is a number, else 0;
                            only for inheriting */
    int32_t letter_spacing, word_spacing;
    int32_t text_indent;
    int32_t border_spacing; /* 0 where borders collapse */
    uint32_t font_weight;   /* 1 to 1000 */
    uint32_t color;         /* 0xRRGGBB */
    uint32_t orphans, widows;
    uint32_t tab_size; /* in spaces */
    str page;          /* named page; empty: auto. Used value, so inherited */
    enum text_align text_align;
    enum text_align_last text_align_last;
    enum text_transform text_transform;
    enum text_emphasis text_emphasis;
    enum text_wrap text_wrap;
    enum hyphens hyphens;
    enum word_break word_break;
    enum line_break line_break;
    enum overflow_wrap overflow_wrap;
    enum white_space white_space;
    enum list_style list_style_type;
    bool list_inside; /* list-style-position */
    bool italic;      /* oblique too */
    bool small_caps;
    bool emphasis_under; /* text-emphasis-position */
    bool autospace;      /* text-autospace: normal, the initial value */
    bool trim_spacing;   /* text-spacing-trim other than space-all */
    bool border_collapse;
    bool caption_bottom; /* caption-side */
    bool hidden;         /* visibility: takes its room, is not painted */
    /* text-decoration as it has reached this element from its ancestors */
    bool underline, overline, line_through;

    /* not inherited */
    enum display display;
    struct length margin[SIDE_COUNT];
    int32_t padding[SIDE_COUNT];
    struct border border[SIDE_COUNT];
    struct length width, height;         /* auto */
    struct length max_width, max_height; /* auto: none */
    enum vertical_align vertical_align;
    int32_t raise; /* VALIGN_RAISED: upwards; percentages are resolved */
    enum page_break break_before, break_after, break_inside;
    uint32_t background;                 /* 0xRRGGBB, composited on white */
    uint32_t column_count;               /* 1: not in columns */
    const struct string_set *string_set; /* NULL: none */
    bool has_background;
    bool clone_box; /* box-decoration-break: clone */
};

/* The boxes around a page's text, css-page-3, 5. Of the strings they show, the
 * program sets book-title and part (the year); sheets set the others. */
enum margin_box {
#define MARGIN_BOX(id, name, align, valign) BOX_##id,
#include "style/boxes.def"
#undef MARGIN_BOX
    BOX_COUNT
};

struct page_box {
    const struct style *style; /* NULL: there is no such box */
    struct content content;    /* CONTENT_ELEMENT, _ATTR do not occur */
};

struct page_style {
    int32_t width, height;
    int32_t margin[SIDE_COUNT];
    const struct style *style; /* the page's own: font, border, ground */
    struct page_box boxes[BOX_COUNT];
    const struct style *initial; /* of every property; the sheet's */
};

/* What a page is, for the selectors of @page. A one-sided book has neither
 * left nor right pages. :first is the first page of every chapter. */
enum page_side { PAGE_ANY_SIDE, PAGE_LEFT, PAGE_RIGHT };
struct page_key {
    str name; /* style.page of what the page holds; empty: none */
    enum page_side side;
    bool first, blank;
};

/* A sheet's place in the cascade is its order alone: all count as one origin,
 * as in the EPUB, so a user's rule wins over ours with equal specificity. */
enum sheet_origin {
    SHEET_OWN, /* what props.def calls ignored is ignored silently */
    SHEET_USER /* what has no effect on paper is reported, once a property */
};

struct sheet;

struct sheet *sheet_new(struct arena *a);
/* Parses CSS; bad parts are skipped as css-syntax-3 says and reported. CSS is
 * UTF-8 (utf8_clean()); it and PATH must live as long as the sheet. */
void sheet_add(struct sheet *sh, str css, str path, enum sheet_origin origin,
               struct diag *dg);
/* To be called once, after the last sheet_add(). WIDTH and HEIGHT of the page
 * win over the sheets'; 0: as the sheets say. Media queries see that size. */
void sheet_finish(struct sheet *sh, int32_t width, int32_t height,
                  struct diag *dg);

/* The Ith @page rule, in the order of weight; false: there are fewer. */
struct sheet_page_rule {
    str name; /* of the pages; empty: all */
    str path; /* of the sheet */
    unsigned line;
};
bool sheet_page_rule(const struct sheet *sh, size_t i,
                     struct sheet_page_rule *out);

/* Style of a kind of page, in A: keep it, it is made anew by every call. LANG
 * is the tag of the book's language. */
struct page_style *sheet_page(const struct sheet *sh, struct page_key key,
                              str lang, struct arena *a);

/* The styles of a chapter, all in its arena A. Text nodes have their parent's
 * style. Uses only root, n_nodes and lang_tag of C, so trees that are made
 * for the book (title page, contents) can be chapters too. */
struct styles {
    const struct style **of; /* by node id */
    uint32_t n;              /* node ids are below this */
    uint32_t n_distinct;
    const struct style *initial; /* of every property; the sheet's */
};

struct styles *cascade_chapter(const struct sheet *sh, const struct chapter *c,
                               struct arena *a);

static inline const struct style *style_of(const struct styles *st,
                                           const struct node *n)
{
    return st->of[n->id];
}

/* Code and the like: its spaces and lines are as they were written. */
static inline bool style_is_pre(const struct style *st)
{
    return st->white_space == SPACE_PRE || st->white_space == SPACE_PRE_WRAP;
}

/* Every element with what differs from its parent's style (inherited
 * properties) or from the initial value (others), for --dump=style. */
void styles_dump(const struct chapter *c, const struct styles *st,
                 struct buf *out);
/* Size, margins and margin boxes of a kind of page. */
void page_style_dump(const struct page_style *ps, struct buf *out);

#endif
