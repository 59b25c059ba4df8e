/* SPDX-License-Identifier: MIT */
/* facecmap.h - all of a font's character map at once (OpenType, "cmap").
 * Asking HarfBuzz for every character of a font takes longer than reading the
 * posts of a blog. */
#ifndef PDF_FACECMAP_H
#define PDF_FACECMAP_H

#include "base/str.h"

/* Characters FIRST to LAST have the glyphs from GLYPH on. */
typedef void cmap_range(void *context, uint32_t first, uint32_t last,
                        uint32_t glyph);

/* Calls FN for every stretch of the map that HarfBuzz would use, in order of
 * the characters. Glyph 0 may be among them; a character comes once. False: no
 * map of a common format (4 or 12), or a damaged one; then FN may have been
 * called for a part. */
bool cmap_read(str cmap, cmap_range *fn, void *context);

#endif
