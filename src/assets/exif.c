/* SPDX-License-Identifier: MIT */
#include "assets/exif.h"

#define TAG_ORIENTATION 0x0112

static uint32_t byte(str s, size_t i)
{
    return i < s.n ? (unsigned char)s.p[i] : 0;
}

/* A TIFF file in either byte order (TIFF 6.0, section 2). */
struct tiff {
    str bytes;
    bool little;
};

static uint32_t get16(const struct tiff *t, size_t i)
{
    uint32_t first = byte(t->bytes, i), second = byte(t->bytes, i + 1);

    return t->little ? second << 8 | first : first << 8 | second;
}

static uint32_t get32(const struct tiff *t, size_t i)
{
    uint32_t first = get16(t, i), second = get16(t, i + 2);

    return t->little ? second << 16 | first : first << 16 | second;
}

#define TYPE_SHORT 3
#define TYPE_LONG  4

bool tiff_value(str tiff, uint32_t tag, uint32_t *value)
{
    struct tiff t = { tiff, byte(tiff, 0) == 'I' };

    if (get16(&t, 2) != 42)
        return false;
    size_t at = get32(&t, 4);
    uint32_t n = get16(&t, at);
    for (uint32_t i = 0; i < n && at + 14 <= tiff.n; i++, at += 12) {
        if (get16(&t, at + 2) != tag)
            continue;
        uint32_t type = get16(&t, at + 4);
        *value = type == TYPE_SHORT ? get16(&t, at + 10) : get32(&t, at + 10);
        return type == TYPE_SHORT || type == TYPE_LONG;
    }
    return false;
}

uint8_t exif_orientation(str exif)
{
    uint32_t value;

    if (str_starts(exif, EXIF_MARK))
        exif = str_from(exif, EXIF_MARK.n);
    if (!tiff_value(exif, TAG_ORIENTATION, &value))
        return 1;
    return value >= 1 && value <= 8 ? (uint8_t)value : 1;
}
