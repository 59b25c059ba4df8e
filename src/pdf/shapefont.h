/* SPDX-License-Identifier: MIT */
/* shapefont.h - the font of a cluster, and the report when there is none. */
#ifndef PDF_SHAPEFONT_H
#define PDF_SHAPEFONT_H

#include "pdf/fontset.h"
#include "pdf/shapecluster.h"

#define FONT_CACHE_SIZE   256
#define FONT_CHOICES_KEPT 1024

struct font_chooser {
    struct fontset *fs;
    str path;
    struct diag *dg; /* NULL: nobody listens */
    struct {
        uint32_t c; /* 0: free */
        const struct font *font;
    } cache[FONT_CACHE_SIZE]; /* of fontset_find() */
    struct {
        const struct font_chain *chain; /* NULL: free */
        const struct font *font;
        uint32_t c;
    } chosen[FONT_CHOICES_KEPT]; /* a chain's fonts for clusters of one
                                    character: most texts have few */
    uint8_t *reported;           /* a bit for each character; NULL at first */
    uint32_t *reported_list;
    size_t n_reported, cap_reported;
};

void font_chooser_done(struct font_chooser *ch);

/* Forgets what was reported. */
void font_chooser_begin(struct font_chooser *ch, str path, struct diag *dg);

/* The font for a cluster. PREVIOUS, or NULL, is that of the cluster before it
 * in the same style. *MISSING: no font has all of it; what the returned
 * font lacks was reported as being on LINE, and is to be drawn as
 * font_missing_mark(). */
const struct font *font_choose(struct font_chooser *ch,
                               const struct font_chain *chain, str text,
                               const struct cluster *k,
                               const struct font *previous, unsigned line,
                               bool *missing);

/* What is drawn for C in this font: C itself, or a box. */
uint32_t font_missing_mark(const struct font *f, uint32_t c);

#endif
