/* SPDX-License-Identifier: MIT */
#include <webp/decode.h>

#include "assets/raster.h"

/* What stands before the bitstream in an ANMF chunk (RFC 9649, 2.7.1.1). */
#define FRAME_HEADER (8 + 16)

static size_t little32(str s, size_t i)
{
    size_t v = 0;

    for (int k = 3; k >= 0; k--)
        v = v << 8 | (unsigned char)s.p[i + (size_t)k];
    return v;
}

/* The first frame of an animation, as a file of its own without a header;
 * other files as they are. */
static str first_frame(str s)
{
    for (size_t i = 12; i + FRAME_HEADER <= s.n;) {
        size_t n = little32(s, i + 4);
        if (n > s.n - i - 8)
            break;
        if (str_starts(str_from(s, i), S("ANMF")) && n >= 16)
            return str_sub(s, i + FRAME_HEADER, n - 16);
        i += 8 + n + n % 2;
    }
    return s;
}

const char *raster_webp(str bytes, struct raster *out)
{
    WebPBitstreamFeatures f;
    const uint8_t *p;

    *out = (struct raster){ 0 };
    bytes = first_frame(bytes);
    p = (const uint8_t *)bytes.p;
    if (WebPGetFeatures(p, bytes.n, &f) != VP8_STATUS_OK || f.width <= 0 ||
        f.height <= 0 || f.has_animation)
        return "damaged WebP";
    if (!raster_init(out, (uint32_t)f.width, (uint32_t)f.height))
        return "WebP too large to print";
    size_t size = (size_t)out->width * out->height * 4;
    if (WebPDecodeRGBAInto(p, bytes.n, out->rgba, size, f.width * 4))
        return NULL;
    raster_done(out);
    return "damaged WebP";
}
