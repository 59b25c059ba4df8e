/* SPDX-License-Identifier: MIT */
#include "assets/orientation.h"

#include "assets/avif_boxes.h"
#include "assets/exif.h"
#include "assets/jpeg_header.h"
#include "assets/png_chunks.h"
#include "assets/webp_chunks.h"

static uint8_t of_jpeg(str bytes)
{
    struct jpeg_header h;

    jpeg_header_read(bytes, &h);
    return h.orientation;
}

static uint8_t of_png(str bytes)
{
    struct png_chunk c;

    for (size_t at = PNG_HEAD; png_next(bytes, &at, &c);)
        if (str_eq(c.type, S("eXIf")))
            return exif_orientation(c.data);
    return 1;
}

static uint8_t of_webp(str bytes)
{
    struct webp_chunk c;

    for (size_t at = WEBP_HEAD; webp_next(bytes, &at, &c);)
        if (str_eq(c.type, S("EXIF")))
            return exif_orientation(c.data);
    return 1;
}

static uint8_t of_avif(str bytes)
{
    struct avif_header h;

    avif_header_read(bytes, &h);
    return h.orientation;
}

static uint8_t (*const readers[])(str) = {
    [IMAGE_JPEG] = of_jpeg,          [IMAGE_PNG] = of_png,
    [IMAGE_WEBP] = of_webp,          [IMAGE_AVIF] = of_avif,
    [IMAGE_TIFF] = exif_orientation,
};

uint8_t picture_orientation(enum image_type type, str bytes)
{
    return type < sizeof readers / sizeof *readers && readers[type]
               ? readers[type](bytes)
               : 1;
}
