/* SPDX-License-Identifier: MIT */
#include "assets/image.h"

#include "assets/image_parts.h"
#include "assets/orientation.h"
#include "assets/rows.h"

static const struct {
    const char *media_type, *extension;
} types[] = {
    [IMAGE_UNKNOWN] = { "application/octet-stream", "bin" },
    [IMAGE_JPEG] = { "image/jpeg", "jpg" },
    [IMAGE_PNG] = { "image/png", "png" },
    [IMAGE_GIF] = { "image/gif", "gif" },
    [IMAGE_WEBP] = { "image/webp", "webp" },
    [IMAGE_SVG] = { "image/svg+xml", "svg" },
    [IMAGE_AVIF] = { "image/avif", "avif" },
    [IMAGE_BMP] = { "image/bmp", "bmp" },
    [IMAGE_TIFF] = { "image/tiff", "tiff" },
};

static const struct {
    str magic;
    size_t at;
    enum image_type type;
    const char *(*check)(str, uint32_t *, uint32_t *);
} kinds[] = {
    { STR_INIT("\xFF\xD8\xFF"), 0, IMAGE_JPEG, image_check_jpeg },
    { STR_INIT("\x89PNG\r\n\x1A\n"), 0, IMAGE_PNG, image_check_png },
    { STR_INIT("GIF87a"), 0, IMAGE_GIF, image_check_gif },
    { STR_INIT("GIF89a"), 0, IMAGE_GIF, image_check_gif },
    { STR_INIT("WEBP"), 8, IMAGE_WEBP, image_check_webp },
    { STR_INIT("ftypavif"), 4, IMAGE_AVIF, image_check_avif },
    { STR_INIT("ftypavis"), 4, IMAGE_AVIF, image_check_avif },
    { STR_INIT("ftypmif1"), 4, IMAGE_AVIF, image_check_avif },
    { STR_INIT("BM"), 0, IMAGE_BMP, image_check_bmp },
    { STR_INIT("II*\0"), 0, IMAGE_TIFF, image_check_tiff },
    { STR_INIT("MM\0*"), 0, IMAGE_TIFF, image_check_tiff },
};

/* Phones store pictures as the sensor lies. */
static void turn_size(enum image_type type, str bytes, uint32_t *width,
                      uint32_t *height)
{
    uint32_t stored = *width;

    if (picture_orientation(type, bytes) < 5)
        return;
    *width = *height;
    *height = stored;
}

bool image_identify(str bytes, enum image_type *type, uint32_t *width,
                    uint32_t *height, const char **why)
{
    *type = IMAGE_UNKNOWN;
    *width = *height = 0;
    *why = bytes.n == 0 ? "empty file" : "no picture of a known type";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!str_starts(str_from(bytes, kinds[i].at), kinds[i].magic))
            continue;
        *type = kinds[i].type;
        *why = kinds[i].check(bytes, width, height);
        if (!*why && (uint64_t)*width * *height > ROWS_PIXELS_MAX)
            *why = "too many pixels";
        if (!*why)
            turn_size(*type, bytes, width, height);
        return *why == NULL;
    }
    if (image_is_svg(bytes)) {
        *type = IMAGE_SVG;
        *why = image_check_svg(bytes, width, height);
    }
    return *why == NULL;
}

const char *image_media_type(enum image_type type)
{
    return types[type].media_type;
}

const char *image_extension(enum image_type type)
{
    return types[type].extension;
}
