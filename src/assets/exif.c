/* SPDX-License-Identifier: MIT */
#include "assets/exif.h"

#include "base/bytes.h"

#define TAG_ORIENTATION 0x0112

/* A TIFF file in either byte order (TIFF 6.0, section 2). */
struct tiff {
    str bytes;
    bool little;
};

static uint32_t get16(const struct tiff *t, size_t i)
{
    return t->little ? little16(t->bytes, i) : big16(t->bytes, i);
}

static uint32_t get32(const struct tiff *t, size_t i)
{
    return t->little ? little32(t->bytes, i) : big32(t->bytes, i);
}

enum { TYPE_SHORT = 3, TYPE_LONG, TYPE_UNDEFINED = 7 };

/* Where the entry of TAG stands in the first directory; 0: nowhere. */
static size_t find_entry(const struct tiff *t, uint32_t tag)
{
    if (get16(t, 2) != 42)
        return 0;
    size_t at = (size_t)get32(t, 4) + 2;
    uint32_t n = get16(t, at - 2);
    for (uint32_t i = 0; i < n && at + 12 <= t->bytes.n; i++, at += 12)
        if (get16(t, at) == tag)
            return at;
    return 0;
}

static struct tiff open_tiff(str bytes)
{
    return (struct tiff){ bytes, byte_at(bytes, 0) == 'I' };
}

bool tiff_value(str tiff, uint32_t tag, uint32_t *value)
{
    struct tiff t = open_tiff(tiff);
    size_t at = find_entry(&t, tag);
    uint32_t type = get16(&t, at + 2);

    if (at == 0 || (type != TYPE_SHORT && type != TYPE_LONG))
        return false;
    *value = type == TYPE_SHORT ? get16(&t, at + 8) : get32(&t, at + 8);
    return true;
}

str tiff_data(str tiff, uint32_t tag)
{
    struct tiff t = open_tiff(tiff);
    size_t at = find_entry(&t, tag);
    size_t n = get32(&t, at + 4);
    str data = str_sub(tiff, get32(&t, at + 8), n);

    return at > 0 && get16(&t, at + 2) == TYPE_UNDEFINED && data.n == n
               ? data
               : (str){ 0 };
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
