/* SPDX-License-Identifier: MIT */
/* face.h - one font file opened: what font.h promises, for the files of this
 * folder that talk to HarfBuzz. Nothing changes after face_load(). */
#ifndef PDF_FACE_H
#define PDF_FACE_H

#include "pdf/font.h"

struct hb_blob_t;
struct hb_face_t;
struct hb_font_t;

/* Which characters a font has: 256 bits for each row that has any. */
struct coverage {
    uint16_t rows[0x1100]; /* index + 1 into bits */
    uint64_t (*bits)[4];
    uint32_t n_rows, n_chars;
};

struct face {
    struct hb_face_t *hb_face;
    struct hb_font_t *hb_font; /* scale: units per em */
    uint32_t upem;
    struct coverage coverage;
};

/* Opens face INDEX of the file and fills in what a load brings: face, kind,
 * glyphs, ps_name, metrics. Memory is A's but for HarfBuzz's own. The
 * reason when the font can't be used, otherwise NULL. */
const char *face_load(struct font *f, str path, uint32_t index,
                      struct arena *a);
void face_done(struct face *face); /* NULL is fine */

static inline bool face_covers(const struct font *f, uint32_t c)
{
    const struct coverage *cov = &f->face->coverage;
    uint32_t row = c <= 0x10FFFF ? cov->rows[c >> 8] : 0;

    return row && cov->bits[row - 1][c >> 6 & 3] >> (c & 63) & 1;
}

/* Gives glyphs without a character that of the glyph that they replace. */
void face_read_alternates(struct font *f);

/* What a CFF table says of itself (Adobe TN 5176). */
struct cff_info {
    bool cid_keyed;
    uint16_t *cids; /* of each glyph; NULL: the glyph id */
};

/* False: the table is damaged. */
bool face_read_cff(str table, uint32_t n_glyphs, struct arena *a,
                   struct cff_info *out);

#endif
