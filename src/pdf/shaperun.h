/* SPDX-License-Identifier: MIT */
/* shaperun.h - a run of characters in one font, script and style becomes
 * glyphs.
 *
 * Most characters of CJK text are passive: none of the lookups that this font
 * has for this script and language takes them as input, so their glyph and
 * its advance are what the font's character map and metrics say. Only the
 * stretches between them go through HarfBuzz; the result is the same. */
#ifndef PDF_SHAPERUN_H
#define PDF_SHAPERUN_H

#include "pdf/font.h"

struct hb_feature_t;
struct hb_language_impl_t;

/* ZERO WIDTH NON-JOINER: makes no glyph, parts what it stands between. */
#define SHAPE_BARRIER 0x200Cu

/* A character as it is to be drawn. */
struct run_char {
    uint32_t c;
    uint32_t at; /* byte in the paragraph: its cluster */
    bool simple; /* a cluster of its own that needs no rules of its script */
};

struct run_spec {
    const struct font *font;
    uint32_t script; /* hb_script_t */
    const struct hb_language_impl_t *language;
    struct hb_feature_t *features;
    unsigned n_features;
    bool rtl;
};

/* Units per em of the font. */
struct run_glyph {
    uint32_t id, at;
    int32_t advance, dx, dy;
};

struct run_shaper; /* one a worker; scratch memory */

struct run_shaper *run_shaper_new(void);
void run_shaper_free(struct run_shaper *rs); /* NULL is fine */

/* The open run: what run_shape() shapes. */
void run_clear(struct run_shaper *rs);
void run_add(struct run_shaper *rs, struct run_char c);

/* Glyphs of the open run in visual order, *N of them; they live until the
 * next call. */
const struct run_glyph *run_shape(struct run_shaper *rs,
                                  const struct run_spec *spec, uint32_t *n);

#endif
