/* SPDX-License-Identifier: MIT */
#include "assets/facts.h"

#include <stdlib.h>

#include "assets/avif_boxes.h"
#include "assets/exif.h"
#include "assets/gif_blocks.h"
#include "assets/jpeg_header.h"
#include "assets/orientation.h"
#include "assets/png_chunks.h"
#include "assets/webp_chunks.h"
#include "assets/zstream.h"

#define PROFILE_MAX (4u << 20)

static void read_jpeg(str bytes, struct arena *a, struct picture_facts *out)
{
    /* ICC.1:2010, B.4: "ICC_PROFILE", 0, number, count. */
    const str mark = { "ICC_PROFILE\0", 12 };
    struct jpeg_segment s;
    struct jpeg_header h;
    struct buf icc = { 0 };

    jpeg_header_read(bytes, &h);
    out->orientation = h.orientation;
    out->grey = h.components == 1;
    out->odd = h.precision != 8 || h.process > 2 ||
               (h.components != 1 && h.components != 3);
    for (size_t at = JPEG_HEAD;
         jpeg_next(bytes, &at, &s) && s.marker != JPEG_SOS;)
        if (s.marker == JPEG_APP2 && str_starts(s.data, mark))
            buf_put(&icc, str_from(s.data, mark.n + 2));
    out->icc = arena_dup(a, buf_str(&icc));
    buf_done(&icc);
}

/* PNG, third edition, 11.3.2.3: name, 0, method, zlib stream. */
static str unpack_profile(str chunk, struct arena *a)
{
    size_t name = str_find_char(chunk, 0), n = 0;

    if (name == STR_NONE)
        return (str){ 0 };
    uint8_t *p = zstream_unpack_some(str_from(chunk, name + 2), PROFILE_MAX,
                                     &n);
    str icc = p ? arena_dup(a, (str){ (char *)p, n }) : (str){ 0 };
    free(p);
    return icc;
}

static void read_png(str bytes, struct arena *a, struct picture_facts *out)
{
    struct png_header h;
    struct png_chunk c;

    out->lossless = true;
    out->grey = png_header_read(bytes, &h) && !(h.color & 2);
    for (size_t at = PNG_HEAD; png_next(bytes, &at, &c);) {
        if (str_eq(c.type, S("acTL")))
            out->moves = true;
        else if (str_eq(c.type, S("iCCP")))
            out->icc = unpack_profile(c.data, a);
    }
}

static void read_gif(str bytes, struct arena *a, struct picture_facts *out)
{
    struct gif_block b = { .kind = GIF_PICTURE };
    size_t at = gif_head(bytes), pictures = 0;

    out->lossless = true;
    while (b.kind != GIF_END && !gif_next(bytes, &at, &b))
        pictures += b.kind == GIF_PICTURE;
    out->moves = pictures > 1;
}

static void read_webp(str bytes, struct arena *a, struct picture_facts *out)
{
    struct webp_chunk c;

    for (size_t at = WEBP_HEAD; webp_next(bytes, &at, &c);) {
        if (str_eq(c.type, S("ANIM")) || str_eq(c.type, S("ANMF")))
            out->moves = true;
        else if (str_eq(c.type, S("ICCP")))
            out->icc = c.data;
        else if (str_eq(c.type, S("VP8L")))
            out->lossless = true;
    }
}

static void read_svg(str bytes, struct arena *a, struct picture_facts *out)
{
    out->moves = str_find(bytes, S("<animate")) != STR_NONE ||
                 str_find(bytes, S("<set")) != STR_NONE;
}

static void read_lossless(str bytes, struct arena *a, struct picture_facts *out)
{
    out->lossless = true;
}

#define TIFF_PHOTOMETRIC 262   /* TIFF 6.0, section 8: 0 and 1 are grey */
#define TIFF_PROFILE     34675 /* ICC.1:2010, B.2 */

static void read_tiff(str bytes, struct arena *a, struct picture_facts *out)
{
    uint32_t photometric;

    out->lossless = true;
    out->icc = tiff_data(bytes, TIFF_PROFILE);
    out->grey = tiff_value(bytes, TIFF_PHOTOMETRIC, &photometric) &&
                photometric <= 1;
}

static void read_avif(str bytes, struct arena *a, struct picture_facts *out)
{
    struct avif_header h;

    avif_header_read(bytes, &h);
    out->orientation = h.orientation;
    out->icc = h.icc;
}

static void (*const readers[])(str, struct arena *, struct picture_facts *) = {
    [IMAGE_JPEG] = read_jpeg, [IMAGE_PNG] = read_png,
    [IMAGE_GIF] = read_gif,   [IMAGE_WEBP] = read_webp,
    [IMAGE_SVG] = read_svg,   [IMAGE_BMP] = read_lossless,
    [IMAGE_TIFF] = read_tiff, [IMAGE_AVIF] = read_avif,
};

void picture_facts(enum image_type type, str bytes, struct arena *a,
                   struct picture_facts *out)
{
    *out = (struct picture_facts){ 0 };
    if (type < sizeof readers / sizeof *readers && readers[type])
        readers[type](bytes, a, out);
    if (!out->orientation) /* not in a header that was read anyway */
        out->orientation = picture_orientation(type, bytes);
}
