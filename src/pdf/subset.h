/* SPDX-License-Identifier: MIT */
/* subset.h - what a PDF needs of a font: the program with only the glyphs
 * used, widths, metrics, ToUnicode. Plain bytes and numbers; the writer makes
 * objects of them. Equal input gives equal bytes. */
#ifndef PDF_SUBSET_H
#define PDF_SUBSET_H

#include "pdf/fontuse.h"

/* One font of the book, for a Type0 font with the encoding Identity-H and
 * one CIDFont (ISO 32000-1, 9.7). */
struct font_program {
    const struct font *font;
    bool cff;      /* FontFile3 /CIDFontType0C with CIDFontType0; otherwise
                      FontFile2 with CIDFontType2, /CIDToGIDMap /Identity */
    str name;      /* "ABCDEF+NanumMyeongjo": /FontName and /BaseFont */
    str bytes;     /* of the font program */
    str widths;    /* text of the /W array: "[3 [500 250] 8 [1000]]" */
    int32_t dw;    /* /DW */
    str tounicode; /* text of the CMap */
    str cidset;    /* bits of /CIDSet, first bit is CID 0 */
    int32_t bbox[4];
    int32_t ascent, descent, cap_height, italic_angle, stem_v;
    uint32_t flags;  /* of the descriptor */
    str family;      /* for the colophon */
    str license;     /* from the font; may be empty */
    uint32_t n_used; /* glyphs */
};

/* One Type3 font of at most 256 colour glyphs (ISO 32000-1, 9.6.5); FontMatrix
 * [0.001 0 0 0.001 0 0]. */
struct color_glyph {
    uint32_t glyph;     /* id; code is glyph % 256 */
    int32_t width;      /* advance, em/1000 */
    int32_t x, y, w, h; /* where the bitmap goes: lower left corner, em/1000 */
};

struct color_program {
    const struct font *font;
    uint32_t part;              /* glyph / 256 */
    struct color_glyph *glyphs; /* by id */
    uint32_t n_glyphs;
    int32_t bbox[4];
    str tounicode; /* with codes of one byte */
};

struct font_programs {
    VEC(struct font_program) fonts;  /* by index */
    VEC(struct color_program) color; /* by index, then part */
};

/* Makes the programs of all that USES names, in A. A damaged glyph is
 * reported and left empty. False: no font could be subset at all, reported. */
bool font_programs_make(struct font_programs *out, const struct font_uses *uses,
                        struct arena *a, struct diag *dg);

#endif
