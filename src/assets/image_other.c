/* SPDX-License-Identifier: MIT */
/* Kinds of pictures that are always converted. */
#include "assets/avif_boxes.h"
#include "assets/bmp.h"
#include "assets/decoders.h"
#include "assets/exif.h"
#include "assets/image_parts.h"
#include "base/bytes.h"

#define TAG_WIDTH  256
#define TAG_HEIGHT 257

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

const char *image_check_avif(str s, uint32_t *width, uint32_t *height)
{
    struct avif_header h;

    if (raster_avif_missing)
        return raster_avif_missing;
    /* Files of other codecs have the same boxes: 4.3, brands. */
    if (str_find(str_sub(s, 0, big32(s, 0)), S("avi")) == STR_NONE)
        return "no picture of a known type";
    avif_header_read(s, &h);
    *width = h.width;
    *height = h.height;
    return *width && *height ? NULL : "AVIF without a size";
}
