/* SPDX-License-Identifier: MIT */
/* fontset.h - what shaping needs of a fontset beyond font.h. */
#ifndef PDF_FONTSET_H
#define PDF_FONTSET_H

#include "pdf/font.h"
#include "pdf/shapecluster.h"

struct font_chain {
    struct fontset *fs;
    uint32_t *fonts; /* indexes into the fontset, each once */
    uint32_t n;
    uint32_t n_latin; /* the first ones are real italics, for scripts that
                         know italics only */
};

/* Font I of a chain, opened now if it was not; NULL: it can't be used. */
const struct font *font_chain_at(const struct font_chain *chain, uint32_t i);

/* The same, but NULL too where it can't have the cluster K of TEXT: fontconfig
 * knows what is in a font that nothing opened yet. */
const struct font *font_chain_for(const struct font_chain *chain, uint32_t i,
                                  str text, const struct cluster *k);

/* The font for emoji, or NULL. */
const struct font *fontset_emoji(struct fontset *fs);

/* An installed font with the character, whatever its style; NULL: none. */
const struct font *fontset_find(struct fontset *fs, uint32_t c);

#endif
