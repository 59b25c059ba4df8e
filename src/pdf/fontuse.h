/* SPDX-License-Identifier: MIT */
/* fontuse.h - which glyphs a chapter and the book use.
 *
 * A worker notes its chapter's glyphs while it writes pages; commits
 * add the chapters' lists in book order. For a glyph that is no character of
 * its own (a ligature, say) the first text in book order is kept. */
#ifndef PDF_FONTUSE_H
#define PDF_FONTUSE_H

#include "pdf/font.h"
#include "pdf/page.h"

struct glyph_use {
    const struct font *font;
    uint32_t glyph;
    bool told; /* the font's own table has its character */
    str text;  /* empty when that has it, or nobody */
};

/* Where a glyph stands in the list. Most glyphs are asked for again and again:
 * all that this takes is here. */
struct glyph_slot {
    uint32_t at; /* index + 1 into items; 0 is free */
    uint32_t font;
    uint32_t glyph : 31;
    uint32_t said : 1; /* its text is known: by the font's table, or there */
};

/* A set of glyphs; zeroed but for the arena it is empty. Iterate over
 * items.v[0 .. items.n). */
struct font_uses {
    struct arena *arena;
    VEC(struct glyph_use) items; /* in order of first use */
    struct glyph_slot *slots;
    uint32_t n_slots;
};

/* Notes the glyphs of a run. TEXT is what their text_at counts in. The text
 * is copied where it is kept. */
void font_uses_add(struct font_uses *u, const struct font *f,
                   const struct glyph *glyphs, uint32_t n, str text);

/* Adds all of FROM, whose arena may go away afterwards. */
void font_uses_merge(struct font_uses *into, const struct font_uses *from);

#endif
