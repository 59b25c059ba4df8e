/* SPDX-License-Identifier: MIT */
#include "assets/jpeg_header.h"

#include "assets/exif.h"
#include "base/bytes.h"

/* ITU-T T.81, B.1.1.3: SOF0 to SOF15, which share their codes with DHT, JPG
 * and DAC. */
static bool is_frame(uint32_t m)
{
    return m >= 0xC0 && m <= 0xCF && m != 0xC4 && m != 0xC8 && m != 0xCC;
}

bool jpeg_next(str jpeg, size_t *at, struct jpeg_segment *out)
{
    size_t start = *at, i = start;

    while (byte_at(jpeg, i) == 0xFF && byte_at(jpeg, i + 1) == 0xFF)
        i++; /* fill bytes */
    uint32_t marker = byte_at(jpeg, i + 1), length = 0;
    if (byte_at(jpeg, i) != 0xFF)
        return false;
    /* TEM, RSTm, SOI and EOI stand alone. */
    if (marker != 0x01 && (marker < 0xD0 || marker > JPEG_EOI)) {
        length = big16(jpeg, i + 2);
        if (length < 2)
            return false;
    }
    if (i + 2 + length > jpeg.n)
        return false;
    *at = i + 2 + length;
    *out = (struct jpeg_segment){ marker,
                                  length ? str_sub(jpeg, i + 4, length - 2)
                                         : (str){ 0 },
                                  str_sub(jpeg, start, *at - start) };
    return true;
}

static const char *read_frame(const struct jpeg_segment *s,
                              struct jpeg_header *out)
{
    if (s->data.n < 6)
        return "damaged JPEG";
    out->process = s->marker - 0xC0;
    out->precision = byte_at(s->data, 0);
    out->height = big16(s->data, 1);
    out->width = big16(s->data, 3);
    out->components = byte_at(s->data, 5);
    return out->width && out->height ? NULL : "JPEG without a size";
}

const char *jpeg_header_read(str bytes, struct jpeg_header *out)
{
    size_t at = JPEG_HEAD;
    struct jpeg_segment s;

    *out = (struct jpeg_header){ .orientation = 1 };
    while (jpeg_next(bytes, &at, &s)) {
        if (s.marker == JPEG_EOI || s.marker == JPEG_SOS)
            return "JPEG without a size";
        if (s.marker == JPEG_APP1 && str_starts(s.data, EXIF_MARK))
            out->orientation = exif_orientation(str_from(s.data, EXIF_MARK.n));
        if (is_frame(s.marker)) {
            out->end = at;
            return read_frame(&s, out);
        }
    }
    return at + 4 > bytes.n ? "truncated JPEG" : "damaged JPEG";
}
