/* SPDX-License-Identifier: MIT */
/* font.h - the fonts of a book: found, numbered, chosen.
 *
 * A fontset lists every face that may be used, in an order that depends on
 * nothing but fonts.yaml, the font folders and the installed fonts. A face is
 * loaded when it is first needed, by whichever thread needs it; a font that a
 * glyph run names is loaded, and nothing in it changes any more. All functions
 * here may be called by any thread, except open, close and report.
 *
 * Metrics are in em/1000; y grows upwards. */
#ifndef PDF_FONT_H
#define PDF_FONT_H

#include "base/diag.h"
#include "base/vec.h"
#include "doc/chapter.h"

struct fontset;
struct font_chain;
struct shelf;

enum font_kind {
    FONT_TRUETYPE,  /* code = glyph id, 2 bytes */
    FONT_CFF_CID,   /* code = the CID of the glyph, 2 bytes */
    FONT_CFF_NAMED, /* code = glyph id, 2 bytes */
    FONT_COLOR      /* bitmaps: Type3 font number gid / 256, code gid % 256,
                       1 byte */
};

enum font_role { FONT_SERIF, FONT_SANS, FONT_MONO, FONT_ROLE_COUNT };

/* What the writer of a page asks of a glyph, side by side: the next glyph is
 * seldom near this one. */
struct font_glyph {
    uint32_t c;      /* its character; 0: none */
    int16_t advance; /* em/1000; -1: ask HarfBuzz */
    uint16_t code;
};

struct font {
    uint32_t index; /* in the fontset; the resource is named after it */
    enum font_kind kind;
    str family;  /* "Noto Serif CJK KR" */
    str ps_name; /* "NotoSerifCJKkr-Regular"; only letters, digits, '-' */
    int weight;  /* 100 to 900 */
    bool italic;
    uint32_t n_glyphs;
    int32_t ascent, descent; /* descent is negative */
    int32_t line_gap;
    int32_t cap_height, x_height;
    int32_t underline_at, underline_size; /* top edge against the baseline */
    int32_t strike_at, strike_size;
    struct font_glyph *glyphs; /* n_glyphs */
    struct face *face;         /* face.h */
};

/* What a style asks for. FAMILIES are tried in order; "serif", "sans-serif"
 * and "monospace" stand for what fonts.yaml has for LANG; without one of
 * them, ROLE is appended. */
struct font_query {
    const str *families;
    size_t n_families;
    enum font_role role;
    int weight; /* CSS: 400, 700 */
    bool italic;
    enum lang lang;
};

/* DIRS are searched before the installed fonts, and before them the program's
 * own folder fonts/. NULL: already reported. */
struct fontset *fontset_open(const struct str_vec *dirs, struct diag *dg);
/* The same with what STORES (fontstore.h) has found and opened for others;
 * NULL: the set's own. */
struct fontset *fontset_borrow(struct shelf *stores, const struct str_vec *dirs,
                               struct diag *dg);
void fontset_close(struct fontset *fs); /* NULL is fine */

/* Reports the fonts that turned out broken when this book came upon them, in
 * order of index. For the end. */
void fontset_report(const struct fontset *fs, struct diag *dg);

/* The fonts to try for a text, one after the other. The same query always
 * gives the same chain; it lives as long as the fontset. Bold and italic
 * faces stand first where they exist; nothing is slanted or thickened. */
const struct font_chain *font_select(struct fontset *fs,
                                     const struct font_query *q);

/* The first font of the chain that loads: its metrics are the text's. Never
 * NULL; a fontset without any usable font is not opened. */
const struct font *font_chain_first(const struct font_chain *chain);

/* What is known of a glyph; NULL: the font has no such one, though one of its
 * own tables may name it. */
static inline const struct font_glyph *font_glyph(const struct font *f,
                                                  uint32_t glyph)
{
    return glyph < f->n_glyphs ? &f->glyphs[glyph] : NULL;
}

/* The character that the font's own table has for a glyph; 0: none. */
static inline uint32_t font_char(const struct font *f, uint32_t glyph)
{
    const struct font_glyph *g = font_glyph(f, glyph);

    return g ? g->c : 0;
}

/* The advance width of a glyph, em/1000, as the PDF's /W has it. */
int32_t font_ask_advance(const struct font *f, uint32_t glyph);
static inline int32_t font_advance(const struct font *f, uint32_t glyph)
{
    const struct font_glyph *g = font_glyph(f, glyph);

    return g && g->advance >= 0 ? g->advance : font_ask_advance(f, glyph);
}

/* The character code of a glyph in a content stream: see enum font_kind. */
static inline uint32_t font_code(const struct font *f, uint32_t glyph)
{
    const struct font_glyph *g = font_glyph(f, glyph);

    return g ? g->code : f->kind == FONT_COLOR ? glyph & 0xFF : glyph;
}

/* True when a reader that knows only the font's ToUnicode gets TEXT from the
 * glyph (but for invisible characters). Otherwise the writer puts the cluster
 * into a span with /ActualText. Depends on the font alone, so that a worker
 * can ask while other chapters are being made. */
bool font_says(const struct font *f, uint32_t glyph, str text);

/* What the library that is running says of itself. */
str shaping_library_version(struct arena *a);
str font_library_version(struct arena *a);

#endif
