/* SPDX-License-Identifier: MIT */
#include "assets/gif_blocks.h"
#include "assets/image_parts.h"
#include "assets/jpeg_header.h"
#include "assets/png_chunks.h"
#include "base/bytes.h"

/* Cameras and phones append their own data behind the picture. */
#define JPEG_TRAILER_MAX (256u << 10)

static bool jpeg_ends(str s)
{
    size_t low = s.n > JPEG_TRAILER_MAX ? s.n - JPEG_TRAILER_MAX : 0;

    for (size_t i = s.n; i >= low + 2; i--)
        if (byte_at(s, i - 2) == 0xFF && byte_at(s, i - 1) == 0xD9)
            return true;
    return false;
}

const char *image_check_jpeg(str s, uint32_t *width, uint32_t *height)
{
    struct jpeg_header h;
    const char *wrong = jpeg_header_read(s, &h);

    *width = h.width;
    *height = h.height;
    if (wrong)
        return wrong;
    return jpeg_ends(str_from(s, h.end)) ? NULL : "truncated JPEG";
}

const char *image_check_png(str s, uint32_t *width, uint32_t *height)
{
    struct png_header h;
    struct png_chunk c;
    bool data = false;

    if (!png_header_read(s, &h))
        return "damaged PNG";
    *width = h.width;
    *height = h.height;
    if (h.width == 0 || h.height == 0 || h.width > INT32_MAX ||
        h.height > INT32_MAX)
        return "PNG without a size";
    for (size_t at = PNG_HEAD; png_next(s, &at, &c);) {
        if (str_eq(c.type, S("IEND")))
            return data ? NULL : "PNG without a picture";
        data |= str_eq(c.type, S("IDAT"));
    }
    return "truncated PNG";
}

const char *image_check_gif(str s, uint32_t *width, uint32_t *height)
{
    struct gif_block b = { .kind = GIF_PICTURE };
    size_t at = gif_head(s);
    bool picture = false;

    *width = little16(s, 6);
    *height = little16(s, 8);
    while (b.kind != GIF_END) {
        const char *wrong = gif_next(s, &at, &b);
        if (wrong)
            return wrong;
        picture |= b.kind == GIF_PICTURE;
    }
    return !picture                      ? "GIF without a picture"
           : *width == 0 || *height == 0 ? "GIF without a size"
                                         : NULL;
}

/* RFC 9649, 2.4 to 2.7. */
const char *image_check_webp(str s, uint32_t *width, uint32_t *height)
{
    str chunk = str_sub(s, 12, 4);

    if (!str_starts(s, S("RIFF")))
        return "no picture of a known type";
    if (s.n < 30 || little32(s, 4) > s.n - 8 || little32(s, 4) < 22)
        return "truncated WebP";
    if (!str_eq(chunk, S("VP8X")) && little32(s, 16) > s.n - 20)
        return "truncated WebP";
    if (str_eq(chunk, S("VP8X"))) {
        *width = little24(s, 24) + 1;
        *height = little24(s, 27) + 1;
    } else if (str_eq(chunk, S("VP8L"))) {
        uint32_t bits = little32(s, 21);

        if (byte_at(s, 20) != 0x2F)
            return "damaged WebP";
        *width = (bits & 0x3FFF) + 1;
        *height = (bits >> 14 & 0x3FFF) + 1;
    } else if (str_eq(chunk, S("VP8 "))) {
        if (little24(s, 23) != 0x2A019D)
            return "damaged WebP";
        *width = little16(s, 26) & 0x3FFF;
        *height = little16(s, 28) & 0x3FFF;
    } else {
        return "damaged WebP";
    }
    return *width == 0 || *height == 0 ? "WebP without a size" : NULL;
}
