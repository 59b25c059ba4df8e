/* SPDX-License-Identifier: MIT */
/* Kinds of pictures that are always converted. */
#include "assets/bmp.h"
#include "assets/decoders.h"
#include "assets/exif.h"
#include "assets/image_parts.h"

#define TAG_WIDTH  256
#define TAG_HEIGHT 257

/* Where files keep what they say of themselves. */
#define AVIF_META_MAX (64u << 10)

const char *image_check_bmp(str s, uint32_t *width, uint32_t *height)
{
    struct bmp b;
    const char *wrong = bmp_read(s, &b);

    *width = b.width;
    *height = b.height;
    return wrong;
}

/* TIFF 6.0, section 3. */
const char *image_check_tiff(str s, uint32_t *width, uint32_t *height)
{
    if (raster_tiff_missing)
        return raster_tiff_missing;
    if (!tiff_value(s, TAG_WIDTH, width) || !tiff_value(s, TAG_HEIGHT, height))
        return "damaged TIFF";
    return *width && *height ? NULL : "TIFF without a size";
}

static uint32_t big32(str s, size_t i)
{
    uint32_t v = 0;

    for (size_t k = 0; k < 4; k++)
        v = v << 8 | (i + k < s.n ? (unsigned char)s.p[i + k] : 0);
    return v;
}

/* ISO/IEC 14496-12, 8.11: properties say how large the picture and its parts
 * are ("ispe": version, width, height); it is the largest. */
const char *image_check_avif(str s, uint32_t *width, uint32_t *height)
{
    str meta = str_sub(s, 0, AVIF_META_MAX);

    if (raster_avif_missing)
        return raster_avif_missing;
    /* Files of other codecs have the same boxes: 4.3, brands. */
    if (str_find(str_sub(s, 0, big32(s, 0)), S("avi")) == STR_NONE)
        return "no picture of a known type";
    for (size_t at; (at = str_find(meta, S("ispe"))) != STR_NONE;) {
        uint32_t w = big32(meta, at + 8), h = big32(meta, at + 12);
        if ((uint64_t)w * h > (uint64_t)*width * *height) {
            *width = w;
            *height = h;
        }
        meta = str_from(meta, at + 4);
    }
    return *width && *height ? NULL : "AVIF without a size";
}
