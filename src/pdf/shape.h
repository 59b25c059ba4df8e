/* SPDX-License-Identifier: MIT */
/* shape.h - text to glyphs, a paragraph at a time.
 *
 * Each grapheme cluster gets the first font of its chain that covers it; an
 * emoji the emoji font. A character that no font covers is reported and drawn
 * as a box; its text stays what it was. Invisible characters (soft hyphen,
 * ZWSP, WJ, variation selectors) make no glyph; line breaks, tabs and other
 * controls make a space. */
#ifndef PDF_SHAPE_H
#define PDF_SHAPE_H

#include "pdf/font.h"
#include "pdf/page.h"

struct shaper; /* one a worker; only scratch memory */

struct shaper *shaper_new(struct fontset *fs);
void shaper_free(struct shaper *sh); /* NULL is fine */

/* Memory for one paragraph at a time: whoever begins one may reset it. */
struct arena *shaper_scratch(struct shaper *sh);

/* A new post: its missing characters go to DG as PATH, each once. */
void shaper_begin(struct shaper *sh, str path, struct diag *dg);

/* A stretch of the paragraph in one style. */
struct shape_style {
    uint32_t end; /* byte behind it; it begins where the last one ended */
    const struct font_chain *chain;
    int32_t size;    /* millipoints */
    str lang;        /* BCP 47; chooses glyph forms; empty: the font's own */
    unsigned line;   /* of the post, for messages */
    bool from_right; /* runs from right to left */
    bool amid_rtl;   /* doesn't, but what is around it does */
    bool small_caps;
    bool tabular;      /* digits of one width */
    bool no_ligatures; /* code */
};

/* Glyphs of one font in one style. Text offsets are into the paragraph. */
struct shape_run {
    const struct font *font;
    int32_t size;
    uint32_t style;           /* index of the shape_style */
    uint32_t text_at, text_n; /* runs tile the paragraph in order */
    uint32_t first, n;        /* glyphs */
    bool rtl;                 /* see shape_reverse() */
};

/* Glyphs stand in the order of the text, also of right-to-left runs; their
 * text_at is an offset into the paragraph. A glyph with text_n == 0 belongs
 * to the cluster of the one before it. */
struct shaped {
    struct glyph *glyphs;
    uint32_t n_glyphs;
    struct shape_run *runs;
    uint32_t n_runs;
};

/* TEXT is valid UTF-8; the styles cover it. The result is in A and points to
 * nothing but fonts. */
struct shaped shape_text(struct shaper *sh, str text,
                         const struct shape_style *styles, size_t n_styles,
                         struct arena *a);

/* Turns the glyphs of a right-to-left run that stand on one line into the
 * order in which they are drawn, left to right. */
void shape_reverse(struct glyph *glyphs, uint32_t n);

#endif
