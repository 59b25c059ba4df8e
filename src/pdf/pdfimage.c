/* SPDX-License-Identifier: MIT */
#include "pdf/pdfimage.h"

#include "assets/color.h"
#include "assets/facts.h"
#include "assets/jpeg_header.h"
#include "assets/jpeg_read.h"
#include "assets/jpeg_write.h"
#include "assets/png_filter.h"
#include "assets/strip.h"
#include "pdf/pdfimage_parts.h"
#include "pdf/pngdata.h"

/* Where printed photographs no longer show that they were compressed. */
#define QUALITY 80

/* A decoder may deliver this part of the pixels wanted, per cent: the bound on
 * what is printed is an upper one. */
#define ENOUGH 90

/* A picture that has only this much more than the pixels wanted is left as it
 * is, percent: to reduce it would blur it. What Distiller's job options for
 * print do too. */
#define SLACK 150

/* Lossless data of more than this for each pixel, per cent of a byte, are a
 * photograph's; drawings and screenshots need far less. */
#define PHOTO_BYTES 100
#define PHOTO_SIDE  256

struct making {
    struct pdf_image *out;
    const struct image *im;
    const struct pdf_image_options *o;
    struct arena *arena;
    struct picture_facts facts;
    str profile;  /* what its colours are, where not those of screens */
    bool recolor; /* the same, and no profile can tell */
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

/* "/ColorSpace/DeviceRGB"; empty where a profile says it. */
static const char *color_space(const struct making *m, unsigned channels)
{
    return m->profile.n              ? ""
           : channels < CHANNELS_RGB ? "/ColorSpace/DeviceGray"
                                     : "/ColorSpace/DeviceRGB";
}

static bool pass_jpeg(struct making *m)
{
    struct jpeg_header h;

    if (is_large(m) || m->recolor || m->facts.odd ||
        jpeg_header_read(m->im->bytes, &h) || !jpeg_is_sound(m->im->bytes))
        return false;
    *m->out = (struct pdf_image){
        .name = resource_name(m, 0),
        .bytes = strip_jpeg(m->im->bytes, m->arena),
        .orientation = h.orientation,
        .dict = arena_printf(m->arena,
                             "/Width %u/Height %u%s/BitsPerComponent 8"
                             "/Filter/DCTDecode",
                             h.width, h.height, color_space(m, h.components)),
    };
    return true;
}

static void put_palette(struct buf *b, str palette)
{
    size_t n = palette.n / 3;

    buf_printf(b, "/ColorSpace[/Indexed/DeviceRGB %zu<", n - 1);
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

/* The dictionary of filtered samples of 8 bits in SPACE: color_space()'s, or a
 * mask's. */
static str filtered_dict(struct making *m, uint32_t width, uint32_t height,
                         unsigned channels, const char *space)
{
    return arena_printf(m->arena,
                        "/Width %u/Height %u/BitsPerComponent 8%s/Filter"
                        "/FlateDecode/DecodeParms<</Predictor 15/Colors %u"
                        "/Columns %u>>",
                        width, height, space, channels, width);
}

static bool pass_png(struct making *m)
{
    struct png_data d;
    struct buf b = { 0 };

    if (is_large(m) || m->recolor || is_photo(m, m->im->bytes.n) ||
        !png_data_read(m->im->bytes, m->profile.n, m->o->flate, m->arena, &d))
        return false;
    /* What an index stands for would have to be told of the profile. */
    if (d.palette.n && m->profile.n)
        return false;
    buf_printf(&b, "/Width %u/Height %u/BitsPerComponent %u", d.width, d.height,
               d.bits);
    if (d.palette.n)
        put_palette(&b, d.palette);
    else
        buf_puts(&b, color_space(m, d.channels));
    buf_printf(&b,
               "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %u"
               "/BitsPerComponent %u/Columns %u>>",
               d.channels, d.bits, d.width);
    *m->out = (struct pdf_image){
        .name = resource_name(m, 0),
        .bytes = d.bytes,
        .smask_bytes = d.mask,
        .orientation = m->facts.orientation,
        .dict = arena_dup(m->arena, buf_str(&b)),
    };
    if (d.mask.n)
        m->out->smask = filtered_dict(m, d.width, d.height, CHANNELS_GREY,
                                      "/ColorSpace/DeviceGray");
    buf_done(&b);
    return true;
}

/* R is used up. */
static str pack_raster(struct making *m, struct raster *r, const char *space,
                       str *dict)
{
    str rows = { (char *)r->samples, png_row_size(r) * r->height };

    png_filter(r, r->samples);
    str packed = flate_pack(m->o->flate, rows, m->arena);
    *dict = filtered_dict(m, r->width, r->height, r->channels, space);
    return packed;
}

/* Pictures with loss in them already, and photographs. */
static bool wants_jpeg(const struct making *m)
{
    return m->im->type == IMAGE_JPEG || m->im->type == IMAGE_WEBP ||
           (m->im->type == IMAGE_PNG && is_photo(m, m->im->bytes.n));
}

static bool pack_photo(struct making *m, struct rows *r)
{
    m->out->dict = arena_printf(m->arena,
                                "/Width %u/Height %u/BitsPerComponent 8%s"
                                "/Filter/DCTDecode",
                                r->width, r->height,
                                color_space(m, r->channels));
    return jpeg_write(r, QUALITY, m->arena, &m->out->bytes);
}

/* False: damaged. */
static bool pack_whole(struct making *m, struct rows *rows)
{
    struct pdf_image *out = m->out;
    struct raster r, colors;
    bool ok = true;

    if (!(m->profile.n ? raster_read_colors : raster_read)(rows, &r))
        return false;
    if (r.channels == CHANNELS_GREY_ALPHA || r.channels == CHANNELS_RGBA) {
        raster_split(&r, &colors);
        out->bytes = pack_raster(m, &colors, color_space(m, colors.channels),
                                 &out->dict);
        out->smask_bytes = pack_raster(m, &r, "/ColorSpace/DeviceGray",
                                       &out->smask);
        raster_done(&colors);
    } else if (wants_jpeg(m)) {
        struct rows again;
        raster_rows(&r, &again);
        ok = pack_photo(m, &again);
        rows_close(&again);
    } else {
        out->bytes = pack_raster(m, &r, color_space(m, r.channels), &out->dict);
    }
    raster_done(&r);
    return ok;
}

/* NULL, or what is wrong. */
static const char *make_anew(struct making *m)
{
    bool turned = m->facts.orientation >= 5;
    uint32_t w = wanted(m, turned ? m->o->h : m->o->w);
    uint32_t h = wanted(m, turned ? m->o->w : m->o->h);
    struct rows_wish wish = { w, h };
    struct rows r;

    if (m->im->type == IMAGE_JPEG)
        wish = (struct rows_wish){ w * ENOUGH / 100, h * ENOUGH / 100 };
    if (m->im->type != IMAGE_SVG && !is_large(m))
        wish = (struct rows_wish){ 0 };
    const char *wrong = rows_open(m->im->type, m->im->bytes, &wish, &r);

    if (wrong)
        return wrong;
    if (r.width > (uint64_t)w * SLACK / 100)
        rows_reduce(&r, w, h);
    if ((r.channels < CHANNELS_RGB) != m->facts.grey)
        m->profile = (str){ 0 }; /* of other numbers than these */
    if (m->recolor)
        color_convert(&r, m->facts.icc);
    *m->out = (struct pdf_image){ .name = resource_name(m, r.width),
                                  .orientation = m->facts.orientation };
    bool ok = wants_jpeg(m) && !rows_have_alpha(&r) ? pack_photo(m, &r)
                                                    : pack_whole(m, &r);
    rows_close(&r);
    return ok ? NULL : "damaged";
}

/* What its colours are: screens' unless its own profile says otherwise. */
static void find_colors(struct making *m, struct arena *a)
{
    unsigned channels = m->facts.grey ? CHANNELS_GREY : CHANNELS_RGB;

    if (!color_differs(m->facts.icc, channels))
        return;
    m->profile = color_profile(m->facts.icc, channels, a);
    m->recolor = m->profile.n == 0;
}

/* NULL, or what is wrong. */
static const char *make(struct making *m, str key)
{
    struct arena own; /* profiles are large */
    const char *wrong = NULL;

    arena_init(&own);
    picture_facts(m->im->type, m->im->bytes, &own, &m->facts);
    find_colors(m, &own);
    bool passed = m->im->type == IMAGE_PNG    ? pass_png(m)
                  : m->im->type == IMAGE_JPEG ? pass_jpeg(m)
                                              : false;
    if (!passed)
        wrong = make_anew(m);
    m->out->icc = arena_dup(m->arena, m->profile);
    if (!wrong)
        kept_image_keep(m->out, m->im, m->o->kept, key);
    arena_done(&own);
    return wrong;
}

bool pdf_image_make(struct pdf_image *out, const struct image *im,
                    const struct pdf_image_options *o, struct arena *a,
                    struct diag *dg)
{
    struct making m = { out, im, o, a };
    if (im->type == IMAGE_SVG && form_make(out, im, o->flate, a)) {
        out->name = resource_name(&m, 0);
        return true;
    }
    str key = kept_image_key(im, o, a);

    if (kept_image_recall(out, im, o->kept, key, a))
        return true;
    const char *wrong = make(&m, key);
    out->wrong = wrong;
    if (!wrong)
        return true;
    diag_add(dg, DIAG_IMAGE_BROKEN, o->from, im->line,
             "picture '%.*s': %s, left its description in print",
             STR_ARG(im->path), wrong);
    return false;
}
