/* SPDX-License-Identifier: MIT */
#include "pdf/emoji.h"

#include <hb-ot.h>
#include <hb.h>

#include "pdf/emoji_png.h"
#include "pdf/face.h"

bool emoji_bitmap(const struct font *f, uint32_t glyph, struct arena *a,
                  struct emoji_bitmap *out)
{
    hb_blob_t *blob = hb_ot_color_glyph_reference_png(f->face->hb_font, glyph);
    unsigned n;
    const char *p = hb_blob_get_data(blob, &n);
    bool ok = n > 0 && emoji_png_decode((str){ p, n }, a, out);

    hb_blob_destroy(blob);
    return ok;
}
