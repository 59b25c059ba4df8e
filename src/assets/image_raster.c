/* SPDX-License-Identifier: MIT */
#include "assets/image_parts.h"
#include "assets/jpeg_header.h"

/* A byte of S, or 0 behind its end: callers check lengths where it matters. */
static uint32_t byte(str s, size_t i)
{
    return i < s.n ? (unsigned char)s.p[i] : 0;
}

static uint32_t big16(str s, size_t i)
{
    return byte(s, i) << 8 | byte(s, i + 1);
}

static uint32_t big32(str s, size_t i)
{
    return big16(s, i) << 16 | big16(s, i + 2);
}

static uint32_t little16(str s, size_t i)
{
    return byte(s, i) | byte(s, i + 1) << 8;
}

static uint32_t little24(str s, size_t i)
{
    return little16(s, i) | byte(s, i + 2) << 16;
}

static uint32_t little32(str s, size_t i)
{
    return little16(s, i) | little16(s, i + 2) << 16;
}

/* Cameras and phones append their own data behind the picture. */
#define JPEG_TRAILER_MAX (256u << 10)

static bool jpeg_ends(str s)
{
    size_t low = s.n > JPEG_TRAILER_MAX ? s.n - JPEG_TRAILER_MAX : 0;

    for (size_t i = s.n; i >= low + 2; i--)
        if (byte(s, i - 2) == 0xFF && byte(s, i - 1) == 0xD9)
            return true;
    return false;
}

/* ITU-T T.81, B.1.1.3: SOF0 to SOF15, which share their codes with DHT, JPG
 * and DAC. */
static bool is_frame_marker(uint32_t m)
{
    return m >= 0xC0 && m <= 0xCF && m != 0xC4 && m != 0xC8 && m != 0xCC;
}

/* As it is shown: phones store pictures as the sensor lies. */
static void turn_size(str s, uint32_t *width, uint32_t *height)
{
    struct jpeg_header h;

    if (!jpeg_header_read(s, &h) || h.orientation < 5)
        return;
    *width = h.height;
    *height = h.width;
}

const char *image_check_jpeg(str s, uint32_t *width, uint32_t *height)
{
    size_t i = 2;

    while (i + 4 <= s.n) {
        uint32_t marker = byte(s, i + 1), length = big16(s, i + 2);

        if (byte(s, i) != 0xFF)
            return "damaged JPEG";
        if (marker == 0xFF) {
            i++; /* fill bytes */
            continue;
        }
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
            i += 2;
            continue;
        }
        if (length < 2)
            return "damaged JPEG";
        if (marker == 0xD9 || marker == 0xDA)
            return "JPEG without a size";
        if (is_frame_marker(marker)) {
            if (length < 8 || i + 9 > s.n)
                return "damaged JPEG";
            *height = big16(s, i + 5);
            *width = big16(s, i + 7);
            if (*width == 0 || *height == 0)
                return "JPEG without a size";
            turn_size(s, width, height);
            return jpeg_ends(str_from(s, i)) ? NULL : "truncated JPEG";
        }
        i += 2 + length;
    }
    return "truncated JPEG";
}

const char *image_check_png(str s, uint32_t *width, uint32_t *height)
{
    bool data = false;

    if (s.n < 33 || big32(s, 8) != 13 ||
        !str_starts(str_from(s, 12), S("IHDR")))
        return "damaged PNG";
    *width = big32(s, 16);
    *height = big32(s, 20);
    if (*width == 0 || *height == 0 || *width > INT32_MAX ||
        *height > INT32_MAX)
        return "PNG without a size";
    for (size_t i = 8; i + 12 <= s.n;) {
        uint64_t length = big32(s, i);
        str type = str_sub(s, i + 4, 4);

        if (length > s.n - i - 12)
            return "truncated PNG";
        if (str_eq(type, S("IEND")))
            return data ? NULL : "PNG without a picture";
        data |= str_eq(type, S("IDAT"));
        i += 12 + (size_t)length;
    }
    return "truncated PNG";
}

/* Behind the data blocks that start at I; 0: they do not end. */
static size_t skip_gif_blocks(str s, size_t i)
{
    while (i < s.n && byte(s, i) != 0)
        i += 1 + byte(s, i);
    return i < s.n ? i + 1 : 0;
}

static size_t color_table_size(uint32_t packed)
{
    return packed & 0x80 ? (size_t)3 << ((packed & 7) + 1) : 0;
}

const char *image_check_gif(str s, uint32_t *width, uint32_t *height)
{
    size_t i = 13 + color_table_size(byte(s, 10));
    bool picture = false;

    *width = little16(s, 6);
    *height = little16(s, 8);
    while (i < s.n) {
        uint32_t what = byte(s, i);

        if (what == 0x3B)
            return !picture                      ? "GIF without a picture"
                   : *width == 0 || *height == 0 ? "GIF without a size"
                                                 : NULL;
        if (what == 0x21) {
            i = skip_gif_blocks(s, i + 2);
        } else if (what == 0x2C) {
            picture = true;
            i += 10 + color_table_size(byte(s, i + 9));
            i = skip_gif_blocks(s, i + 1);
        } else {
            return "damaged GIF";
        }
        if (i == 0)
            break;
    }
    return "truncated GIF";
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

        if (byte(s, 20) != 0x2F)
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
