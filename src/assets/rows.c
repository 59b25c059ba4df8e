/* SPDX-License-Identifier: MIT */
#include "assets/rows.h"

#include "assets/decoders.h"

static rows_opener *const openers[] = {
    [IMAGE_JPEG] = raster_jpeg, [IMAGE_PNG] = raster_png,
    [IMAGE_GIF] = raster_gif,   [IMAGE_WEBP] = raster_webp,
    [IMAGE_SVG] = raster_svg,   [IMAGE_AVIF] = raster_avif,
    [IMAGE_BMP] = raster_bmp,   [IMAGE_TIFF] = raster_tiff,
};

const char *rows_open(enum image_type type, str bytes,
                      const struct rows_wish *wish, struct rows *out)
{
    *out = (struct rows){ 0 };
    if (type >= sizeof openers / sizeof *openers || !openers[type])
        return "no picture of a known type";
    return openers[type](bytes, wish, out);
}

void rows_close(struct rows *r)
{
    if (r->kind)
        r->kind->close(r);
    *r = (struct rows){ 0 };
}

bool rows_fit(uint64_t width, uint64_t height, uint64_t most)
{
    return width && height && width <= UINT16_MAX * 16u &&
           height <= UINT16_MAX * 16u && width * height <= most;
}
