/* SPDX-License-Identifier: MIT */
#include "pdf/facemeta.h"

#include <hb-ot.h>
#include <hb.h>

#include "pdf/face.h"

static int32_t read_i16(const char *p)
{
    return (int16_t)((uint8_t)p[0] << 8 | (uint8_t)p[1]);
}

static int32_t em_of(const struct font *f, int64_t v)
{
    int64_t em = v * 1000 / (int64_t)f->face->upem;

    return em < -32000 ? -32000 : em > 32000 ? 32000 : (int32_t)em;
}

/* OpenType, head: xMin to yMax at offset 36. */
static void read_bbox(const struct font *f, int32_t bbox[4])
{
    hb_blob_t *blob = hb_face_reference_table(f->face->hb_face,
                                              HB_TAG('h', 'e', 'a', 'd'));
    unsigned n;
    const char *p = hb_blob_get_data(blob, &n);

    for (int i = 0; i < 4; i++)
        bbox[i] = n >= 44 ? em_of(f, read_i16(p + 36 + 2 * i)) : 0;
    hb_blob_destroy(blob);
}

/* OpenType, post: italicAngle at offset 4 (16.16), isFixedPitch at 12. */
static void read_post(const struct font *f, struct face_meta *out)
{
    hb_blob_t *blob = hb_face_reference_table(f->face->hb_face,
                                              HB_TAG('p', 'o', 's', 't'));
    unsigned n;
    const char *p = hb_blob_get_data(blob, &n);

    if (n >= 16) {
        int32_t angle = read_i16(p + 4);
        out->italic_angle = angle > -90 && angle < 90 ? angle : 0;
        out->fixed_pitch = p[12] || p[13] || p[14] || p[15];
    }
    hb_blob_destroy(blob);
}

static str read_name(const struct font *f, hb_ot_name_id_t id, struct arena *a)
{
    hb_language_t en = hb_language_from_string("en", -1);
    hb_face_t *face = f->face->hb_face;
    unsigned n = hb_ot_name_get_utf8(face, id, en, NULL, NULL);
    char *p = arena_bytes(a, (size_t)n + 1);
    unsigned room = n + 1;

    hb_ot_name_get_utf8(face, id, en, &room, p);
    return (str){ p, room };
}

void face_read_meta(const struct font *f, struct arena *a,
                    struct face_meta *out)
{
    *out = (struct face_meta){ 0 };
    read_bbox(f, out->bbox);
    read_post(f, out);
    out->license = read_name(f, HB_OT_NAME_ID_LICENSE_URL, a);
    if (!out->license.n)
        out->license = read_name(f, HB_OT_NAME_ID_LICENSE, a);
}

void face_read_extents(const struct font *f, uint32_t glyph, int32_t *x,
                       int32_t *y, int32_t *w, int32_t *h)
{
    hb_glyph_extents_t e;

    *x = *y = *w = *h = 0;
    if (!hb_font_get_glyph_extents(f->face->hb_font, glyph, &e))
        return;
    *x = em_of(f, e.x_bearing);
    *y = em_of(f, (int64_t)e.y_bearing + e.height);
    *w = em_of(f, e.width);
    *h = em_of(f, -(int64_t)e.height);
}
