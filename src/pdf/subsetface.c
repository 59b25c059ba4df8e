/* SPDX-License-Identifier: MIT */
#include "pdf/subsetface.h"

#include <hb-subset.h>
#include <hb.h>

/* A PDF reads outlines and widths only; layout was done before. What the
 * subsetter doesn't see it need not go through: of a large font its map of
 * characters takes longer than the glyphs of a book. */
static bool is_read(hb_tag_t tag)
{
    static const char names[][5] = { "CFF ", "cvt ", "fpgm", "glyf", "head",
                                     "hhea", "hmtx", "loca", "maxp", "prep" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tag == hb_tag_from_string(names[i], 4))
            return true;
    return false;
}

static hb_blob_t *read_table(hb_face_t *face, hb_tag_t tag, void *whole)
{
    (void)face;
    return is_read(tag) ? hb_face_reference_table(whole, tag)
                        : hb_blob_get_empty();
}

/* A CFF with CIDs is addressed by CID, which the subset keeps; everything else
 * by glyph id. Readers see calls of subroutines wrong in some subsets. */
static unsigned flags_for(enum font_kind kind)
{
    unsigned flags = HB_SUBSET_FLAGS_NO_HINTING |
                     HB_SUBSET_FLAGS_NOTDEF_OUTLINE;

    if (kind != FONT_CFF_CID)
        flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
    if (kind != FONT_TRUETYPE)
        flags |= HB_SUBSET_FLAGS_DESUBROUTINIZE;
    return flags;
}

static bool copy_blob(hb_blob_t *blob, struct arena *a, str *out)
{
    unsigned n;
    const char *p = hb_blob_get_data(blob, &n);

    *out = arena_dup(a, (str){ p, n });
    hb_blob_destroy(blob);
    return n > 0;
}

bool subset_face(struct hb_face_t *face, enum font_kind kind,
                 const uint32_t *glyphs, size_t n, struct arena *a, str *out)
{
    hb_subset_input_t *in = hb_subset_input_create_or_fail();

    if (!in)
        die("out of memory");
    hb_set_t *set = hb_subset_input_glyph_set(in);
    hb_set_add(set, 0);
    for (size_t i = 0; i < n; i++)
        hb_set_add(set, glyphs[i]);
    hb_subset_input_set_flags(in, flags_for(kind));
    hb_face_t *bare = hb_face_create_for_tables(read_table, face, NULL);
    hb_face_t *sub = hb_subset_or_fail(bare, in);
    hb_face_destroy(bare);
    hb_subset_input_destroy(in);
    if (!sub)
        return false;
    hb_blob_t *blob = kind == FONT_TRUETYPE
                          ? hb_face_reference_blob(sub)
                          : hb_face_reference_table(sub,
                                                    HB_TAG('C', 'F', 'F', ' '));
    hb_face_destroy(sub);
    return copy_blob(blob, a, out);
}
