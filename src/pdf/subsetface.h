/* SPDX-License-Identifier: MIT */
/* subsetface.h - a font file with some of its glyphs, by hb-subset. */
#ifndef PDF_SUBSETFACE_H
#define PDF_SUBSETFACE_H

#include "pdf/font.h"

struct hb_face_t;

/* The program to embed with these glyphs and glyph 0, in A: a TrueType file
 * that keeps glyph ids, or a bare CFF table. False: the font is damaged. */
bool subset_face(struct hb_face_t *face, enum font_kind kind,
                 const uint32_t *glyphs, size_t n, struct arena *a, str *out);

#endif
