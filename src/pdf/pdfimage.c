/* SPDX-License-Identifier: MIT */
#include "pdf/pdfimage.h"

#include <stdlib.h>

#include "assets/jpeg_header.h"
#include "assets/jpeg_write.h"
#include "assets/raster.h"
#include "pdf/pngdata.h"

/* A picture that has only this much more than the pixels wanted is left as it
 * is, percent: to reduce it would blur it. */
#define SLACK 125

/* Lossless data of more than this for each pixel, per cent of a byte, are a
 * photograph's; drawings and screenshots need far less. */
#define PHOTO_BYTES 100
#define PHOTO_SIDE  256

struct making {
    struct pdf_image *out;
    const struct image *im;
    const struct pdf_image_options *o;
    struct arena *arena;
};

/* The pixels that LENGTH is printed with. */
static uint32_t wanted(const struct making *m, int32_t length)
{
    int64_t n = ((int64_t)length * m->o->dpi + 71999) / 72000;

    return n < 1 ? 1 : n > 20000 ? 20000 : (uint32_t)n;
}

/* "I3f2a9c0d1b7e", a name of a resource made of the picture's own. */
static str resource_name(const struct making *m, uint32_t width)
{
    struct buf b = { 0 };
    str stem = m->im->name;

    stem = str_sub(stem, 0, str_rfind_char(stem, '.'));
    buf_putc(&b, 'I');
    for (size_t i = 0; i < stem.n; i++)
        if (ascii_is_alnum((unsigned char)stem.p[i]))
            buf_putc(&b, stem.p[i]);
    if (width)
        buf_printf(&b, "x%u", width);
    str name = arena_dup(m->arena, buf_str(&b));
    buf_done(&b);
    return name;
}

/* Has it many more pixels than will be printed? */
static bool is_large(const struct making *m)
{
    return m->im->width > (uint64_t)wanted(m, m->o->w) * SLACK / 100;
}

static bool pass_jpeg(struct making *m)
{
    struct jpeg_header h;

    if (is_large(m) || !jpeg_header_read(m->im->bytes, &h) ||
        h.precision != 8 || h.process > 2 ||
        (h.components != 1 && h.components != 3) ||
        !raster_jpeg_is_sound(m->im->bytes))
        return false;
    *m->out = (struct pdf_image){
        .name = resource_name(m, 0),
        .bytes = m->im->bytes,
        .orientation = h.orientation,
        .dict = arena_printf(m->arena,
                             "/Width %u/Height %u/ColorSpace/Device%s"
                             "/BitsPerComponent 8/Filter/DCTDecode",
                             h.width, h.height,
                             h.components == 1 ? "Gray" : "RGB"),
    };
    return true;
}

static void put_palette(struct buf *b, str palette)
{
    size_t n = palette.n / 3;

    buf_printf(b, "[/Indexed/DeviceRGB %zu<", n - 1);
    for (size_t i = 0; i < n * 3; i++)
        buf_printf(b, "%02X", (unsigned)(unsigned char)palette.p[i]);
    buf_puts(b, ">]");
}

/* Is it one if it takes SIZE bytes without loss? */
static bool is_photo(const struct making *m, size_t size)
{
    uint64_t pixels = (uint64_t)m->im->width * m->im->height;

    return m->im->width >= PHOTO_SIDE && m->im->height >= PHOTO_SIDE &&
           size > pixels * PHOTO_BYTES / 100;
}

static bool pass_png(struct making *m)
{
    struct png_data d;
    struct buf b = { 0 };

    if (is_large(m) || is_photo(m, m->im->bytes.n) ||
        (uint64_t)m->im->width * m->im->height > RASTER_PIXELS_MAX ||
        !png_data_read(m->im->bytes, m->arena, &d))
        return false;
    buf_printf(&b, "/Width %u/Height %u/BitsPerComponent %u/ColorSpace",
               d.width, d.height, d.bits);
    if (d.palette.n)
        put_palette(&b, d.palette);
    else
        buf_puts(&b, d.channels == 3 ? "/DeviceRGB" : "/DeviceGray");
    buf_printf(&b,
               "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %u"
               "/BitsPerComponent %u/Columns %u>>",
               d.channels, d.bits, d.width);
    *m->out = (struct pdf_image){
        .name = resource_name(m, 0),
        .bytes = d.bytes,
        .orientation = 1,
        .dict = arena_dup(m->arena, buf_str(&b)),
    };
    buf_done(&b);
    return true;
}

/* Samples of a raster: which of its channels, from which pixel on. */
static str pack_channels(struct making *m, const struct raster *r,
                         uint32_t first, uint32_t channels)
{
    size_t n = (size_t)r->width * r->height;
    uint8_t *samples = malloc(n * channels);
    struct buf rows = { 0 };

    if (!samples)
        die("out of memory");
    for (size_t i = 0; i < n; i++)
        for (uint32_t c = 0; c < channels; c++)
            samples[i * channels + c] = r->rgba[i * 4 + first + c];
    png_data_filter(samples, r->width, r->height, channels, &rows);
    free(samples);
    str packed = flate_pack(m->o->flate, buf_str(&rows), m->arena);
    buf_done(&rows);
    return packed;
}

static str raster_dict(struct making *m, const struct raster *r,
                       uint32_t channels)
{
    return arena_printf(
        m->arena,
        "/Width %u/Height %u/BitsPerComponent 8/ColorSpace/Device%s"
        "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %u/Columns %u>>",
        r->width, r->height, channels == 3 ? "RGB" : "Gray", channels,
        r->width);
}

static bool is_opaque(const struct raster *r)
{
    for (size_t i = 0; i < (size_t)r->width * r->height; i++)
        if (r->rgba[i * 4 + 3] != 255)
            return false;
    return true;
}

static bool is_grey(const struct raster *r)
{
    for (size_t i = 0; i < (size_t)r->width * r->height; i++) {
        const uint8_t *p = r->rgba + i * 4;
        if (p[3] && (p[0] != p[1] || p[1] != p[2]))
            return false;
    }
    return true;
}

/* Pictures with loss in them already, and photographs. */
static bool wants_jpeg(const struct making *m)
{
    return m->im->type == IMAGE_JPEG || m->im->type == IMAGE_WEBP ||
           (m->im->type == IMAGE_PNG && is_photo(m, m->im->bytes.n));
}

static bool pack_photo(struct making *m, const struct raster *r,
                       unsigned orientation)
{
    str bytes;

    if (!wants_jpeg(m) || !is_opaque(r) ||
        !jpeg_file_write(r, m->arena, &bytes))
        return false;
    *m->out = (struct pdf_image){
        .name = resource_name(m, r->width),
        .bytes = bytes,
        .orientation = (uint8_t)orientation,
        .dict = arena_printf(m->arena,
                             "/Width %u/Height %u/ColorSpace/DeviceRGB"
                             "/BitsPerComponent 8/Filter/DCTDecode",
                             r->width, r->height),
    };
    return true;
}

static void pack_raster(struct making *m, const struct raster *r,
                        unsigned orientation)
{
    if (pack_photo(m, r, orientation))
        return;
    uint32_t channels = is_grey(r) ? 1 : 3;

    *m->out = (struct pdf_image){
        .name = resource_name(m, r->width),
        .dict = raster_dict(m, r, channels),
        .bytes = pack_channels(m, r, 0, channels),
        .orientation = (uint8_t)orientation,
    };
    if (is_opaque(r))
        return;
    m->out->smask = raster_dict(m, r, 1);
    m->out->smask_bytes = pack_channels(m, r, 3, 1);
}

static const char *decode(struct making *m, struct raster *r)
{
    static const char *(*const decoders[])(str, struct raster *) = {
        [IMAGE_JPEG] = raster_jpeg,
        [IMAGE_PNG] = raster_png,
        [IMAGE_GIF] = raster_gif,
        [IMAGE_WEBP] = raster_webp,
    };

    *r = (struct raster){ 0 };
    if (m->im->type == IMAGE_SVG)
        return raster_svg(m->im->bytes, wanted(m, m->o->w), wanted(m, m->o->h),
                          r);
    if (m->im->type == IMAGE_UNKNOWN)
        return "no picture of a known type";
    return decoders[m->im->type](m->im->bytes, r);
}

static void reduce(struct making *m, struct raster *r, bool turned)
{
    uint32_t w = wanted(m, turned ? m->o->h : m->o->w);
    uint32_t h = wanted(m, turned ? m->o->w : m->o->h);

    if (r->width > (uint64_t)w * SLACK / 100)
        raster_reduce(r, w, h);
}

bool pdf_image_make(struct pdf_image *out, const struct image *im,
                    const struct pdf_image_options *o, struct arena *a,
                    struct diag *dg)
{
    struct making m = { out, im, o, a };
    struct jpeg_header h = { .orientation = 1 };
    struct raster r;

    if (im->type == IMAGE_JPEG && pass_jpeg(&m))
        return true;
    if (im->type == IMAGE_PNG && pass_png(&m))
        return true;
    const char *wrong = decode(&m, &r);
    if (wrong) {
        diag_add(dg, DIAG_IMAGE_BROKEN, o->from, im->line,
                 "picture '%.*s': %s, left its place empty in print",
                 STR_ARG(im->path), wrong);
        return false;
    }
    if (im->type == IMAGE_JPEG)
        jpeg_header_read(im->bytes, &h);
    reduce(&m, &r, h.orientation >= 5);
    pack_raster(&m, &r, h.orientation);
    raster_done(&r);
    return true;
}
