/* SPDX-License-Identifier: MIT */
/* Glyphs that stand for a character without being in the font's cmap: forms
 * for a language, small capitals, digits of one width. Their text is that of
 * the glyph that they replace. */
#include <hb-ot.h>
#include <hb.h>

#include "pdf/face.h"

/* A lookup of more glyphs gives another region's ideographs, which the chain
 * of fonts takes from that region's font; it would take long to walk. */
#define LOOKUP_MAX 1024

/* What GLYPH alone becomes; a lookup that wants neighbours adds nothing. */
static void note_alternates(struct font *f, unsigned lookup, uint32_t glyph,
                            hb_set_t *closure)
{
    hb_codepoint_t g = HB_SET_VALUE_INVALID;

    hb_set_clear(closure);
    hb_set_add(closure, glyph);
    hb_ot_layout_lookup_substitute_closure(f->face->hb_face, lookup, closure);
    while (hb_set_next(closure, &g))
        if (g < f->n_glyphs && !f->glyphs[g].c)
            f->glyphs[g].c = f->glyphs[glyph].c;
}

static void read_lookup(struct font *f, unsigned lookup)
{
    hb_set_t *glyphs = hb_set_create(), *closure = hb_set_create();
    hb_codepoint_t g = HB_SET_VALUE_INVALID;

    hb_ot_layout_lookup_collect_glyphs(f->face->hb_face, HB_OT_TAG_GSUB, lookup,
                                       NULL, glyphs, NULL, NULL);
    if (hb_set_get_population(glyphs) <= LOOKUP_MAX)
        while (hb_set_next(glyphs, &g))
            if (font_char(f, g))
                note_alternates(f, lookup, g, closure);
    hb_set_destroy(closure);
    hb_set_destroy(glyphs);
}

void face_read_alternates(struct font *f)
{
    static const hb_tag_t features[] = { HB_TAG('l', 'o', 'c', 'l'),
                                         HB_TAG('s', 'm', 'c', 'p'),
                                         HB_TAG('t', 'n', 'u', 'm'),
                                         HB_TAG_NONE };
    hb_set_t *lookups = hb_set_create();
    hb_codepoint_t lookup = HB_SET_VALUE_INVALID;

    hb_ot_layout_collect_lookups(f->face->hb_face, HB_OT_TAG_GSUB, NULL, NULL,
                                 features, lookups);
    while (hb_set_next(lookups, &lookup))
        read_lookup(f, lookup);
    hb_set_destroy(lookups);
}
