/* SPDX-License-Identifier: MIT */
/* fontlist.h - which font files there are, before any of them is opened for
 * use. */
#ifndef PDF_FONTLIST_H
#define PDF_FONTLIST_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/vec.h"

struct font_source {
    str path;
    uint32_t face_index;
    struct str_vec families; /* every name, in every language; first: best */
    int weight;              /* 100 to 1000 */
    int width;               /* percent; 100 is normal */
    bool italic;
    bool color;
    uint32_t
        rank; /* of what named it: smaller is preferred; set by fontset.c */
    uint32_t origin;     /* 0: the program's folder; 1 on: font folders;
                            UINT32_MAX: installed */
    const void *charset; /* installed: for system_fonts_cover() */
};

struct font_list {
    struct arena *arena;
    VEC(struct font_source) sources;
};

/* Adds the fonts below DIR, TTF, OTF, TTC and OTC, by name and not deeper
 * than four folders. A damaged file is reported; a missing folder is not an
 * error here. */
void font_scan(struct font_list *list, str dir, uint32_t origin,
               struct diag *dg);

/* Adds what tells DIR and its fonts from another folder, and from what they
 * are when one of them changes. */
void font_scan_key(str dir, struct buf *key);

/* The installed fonts, as fontconfig knows them. */
struct system_fonts;
struct system_fonts *system_fonts_add(struct font_list *list);
void system_fonts_free(struct system_fonts *sys); /* NULL is fine */

/* Whether an installed font has the character; does not open the font. */
bool system_fonts_cover(const struct font_source *s, uint32_t c);

/* Leaves in COV, of an installed font, what system_fonts_cover() knows of it:
 * configurations may take characters from a font. */
struct coverage;
void system_fonts_limit(const struct font_source *s, struct coverage *cov);

#endif
