/* SPDX-License-Identifier: MIT */
#include "assets/fit.h"

#include "assets/color.h"
#include "assets/facts.h"
#include "assets/fit_parts.h"
#include "assets/gif_blocks.h"
#include "assets/image.h"
#include "assets/jpeg_read.h"
#include "assets/jpeg_write.h"
#include "assets/png_chunks.h"
#include "assets/png_pixels.h"
#include "assets/png_write.h"
#include "assets/strip.h"
#include "assets/webp_chunks.h"

#define WIDTH_MAX  1600
#define HEIGHT_MAX 2560
#define QUALITY    85

/* Lossless pictures that take more than a byte a pixel are photographs;
 * drawings and screenshots take far less. */
#define PHOTO_SIDE 256

struct fitting {
    const struct image *im;
    const struct fit_limits *limits;
    struct picture_facts facts;
    struct arena *arena;
    struct fit *out;
    uint32_t width, height; /* of the result, as shown */
    bool recolor;
};

/* As the file has it: before it is turned. */
static void stored_size(const struct fitting *f, uint32_t *width,
                        uint32_t *height)
{
    bool swap = f->facts.orientation >= 5;

    *width = swap ? f->im->height : f->im->width;
    *height = swap ? f->im->width : f->im->height;
}

/* The largest size within the limits. */
static void choose_size(struct fitting *f)
{
    const struct fit_limits *l = f->limits;
    uint64_t most_w = l->width ? l->width : WIDTH_MAX;
    uint64_t most_h = l->height ? l->height : HEIGHT_MAX;
    uint64_t w = f->im->width, h = f->im->height;

    f->width = (uint32_t)w;
    f->height = (uint32_t)h;
    if (w <= most_w && h <= most_h)
        return;
    if (w * most_h >= h * most_w) {
        f->width = (uint32_t)most_w;
        f->height = (uint32_t)((h * most_w + w / 2) / w);
    } else {
        f->height = (uint32_t)most_h;
        f->width = (uint32_t)((w * most_h + h / 2) / h);
    }
    f->width = f->width ? f->width : 1;
    f->height = f->height ? f->height : 1;
}

static bool is_reduced(const struct fitting *f)
{
    return (uint64_t)f->width * f->height <
           (uint64_t)f->im->width * f->im->height;
}

/* EPUB 3.3, 3.2: the core media types of pictures. */
static bool is_known_to_readers(const struct fitting *f)
{
    switch (f->im->type) {
    case IMAGE_JPEG:
        return !f->facts.odd;
    case IMAGE_PNG:
    case IMAGE_GIF:
        return true;
    case IMAGE_WEBP:
        return !f->limits->no_webp;
    default:
        return false;
    }
}

static void strip(struct fitting *f)
{
    static str (*const strippers[])(str, struct arena *) = {
        [IMAGE_JPEG] = strip_jpeg,
        [IMAGE_PNG] = strip_png,
        [IMAGE_GIF] = strip_gif,
        [IMAGE_WEBP] = strip_webp,
    };
    struct fit *out = f->out;

    out->bytes = strippers[f->im->type](f->im->bytes, f->arena);
    out->is_same = out->bytes.p == f->im->bytes.p;
    /* What says how an animation is to be turned went too. */
    stored_size(f, &out->width, &out->height);
}

static void tell(struct fitting *f)
{
    struct buf b = { 0 };

    if (is_reduced(f))
        buf_printf(&b, ", reduced from %ux%u to %ux%u pixels", f->im->width,
                   f->im->height, f->width, f->height);
    if (f->facts.orientation > 1)
        buf_puts(&b, ", turned upright");
    if (f->recolor)
        buf_puts(&b, ", its colours made sRGB");
    if (f->out->type != f->im->type)
        buf_printf(&b, ", made a %s file", image_extension(f->out->type));
    f->out->did = arena_dup(f->arena, str_from(buf_str(&b), 2));
    buf_done(&b);
}

static bool write_jpeg(struct fitting *f, struct rows *r)
{
    unsigned quality = f->limits->quality ? f->limits->quality : QUALITY;

    f->out->type = IMAGE_JPEG;
    return jpeg_write(r, quality, f->arena, &f->out->bytes);
}

static bool write_jpeg_again(struct fitting *f, const struct raster *raster)
{
    struct rows r;

    raster_rows(raster, &r);
    bool ok = write_jpeg(f, &r);
    rows_close(&r);
    return ok;
}

static bool is_photo(const struct fitting *f, str lossless)
{
    return f->im->width >= PHOTO_SIDE && f->im->height >= PHOTO_SIDE &&
           lossless.n > (uint64_t)f->im->width * f->im->height;
}

/* A picture whose colours may have less to say than they could. */
static bool write_raster(struct fitting *f, struct rows *from)
{
    struct raster r;
    bool ok = true;

    if (!raster_read(from, &r))
        return false;
    bool alpha = r.channels == CHANNELS_GREY_ALPHA ||
                 r.channels == CHANNELS_RGBA;
    bool lossy = !f->facts.lossless ||
                 (f->im->type == IMAGE_PNG && is_photo(f, f->im->bytes));
    f->out->type = IMAGE_PNG;
    if (alpha || !lossy)
        f->out->bytes = png_write(&r, f->arena);
    if (!alpha && (lossy || is_photo(f, f->out->bytes)))
        ok = write_jpeg_again(f, &r);
    raster_done(&r);
    return ok;
}

static bool convert(struct fitting *f, struct rows *r)
{
    bool swap = f->facts.orientation >= 5;

    rows_reduce(r, swap ? f->height : f->width, swap ? f->width : f->height);
    if (f->recolor)
        color_convert(r, f->facts.icc);
    rows_turn(r, f->facts.orientation);
    f->out->width = r->width;
    f->out->height = r->height;
    return f->im->type == IMAGE_JPEG ? write_jpeg(f, r) : write_raster(f, r);
}

static void make_anew(struct fitting *f)
{
    bool swap = f->facts.orientation >= 5;
    struct rows_wish wish = { swap ? f->height : f->width,
                              swap ? f->width : f->height };
    struct rows r;
    struct fit *out = f->out;

    out->moves = false; /* its first frame */
    out->wrong = rows_open(f->im->type, f->im->bytes, &wish, &r);
    if (out->wrong)
        return;
    if (!convert(f, &r))
        out->wrong = "damaged";
    rows_close(&r);
    if (!out->wrong)
        tell(f);
}

static bool png_is_whole(str png)
{
    return png_is_sound(png) && png_pixels_are_sound(png);
}

/* What our decoders give up on is no picture elsewhere either; what they mend
 * is made anew. */
static bool is_sound(const struct image *im)
{
    static bool (*const checks[])(str) = {
        [IMAGE_JPEG] = jpeg_is_sound,
        [IMAGE_PNG] = png_is_whole,
        [IMAGE_GIF] = gif_is_sound,
        [IMAGE_WEBP] = webp_is_sound,
    };

    return im->type >= sizeof checks / sizeof *checks || !checks[im->type] ||
           checks[im->type](im->bytes);
}

void fit_picture(const struct image *im, const struct fit_limits *limits,
                 struct arena *a, struct fit *out)
{
    struct fitting f = { im, limits, .arena = a, .out = out };

    *out = (struct fit){ .type = im->type };
    picture_facts(im->type, im->bytes, a, &f.facts);
    out->moves = f.facts.moves;
    if (im->type == IMAGE_SVG) {
        fit_svg(im, a, out);
        return;
    }
    choose_size(&f);
    f.recolor = color_differs(f.facts.icc,
                              f.facts.grey ? CHANNELS_GREY : CHANNELS_RGB);
    out->lacks = color_unknown(f.facts.icc);
    bool wrong_look = is_reduced(&f) || f.facts.orientation > 1 || f.recolor;
    if (is_known_to_readers(&f) && is_sound(im) &&
        (f.facts.moves || !wrong_look))
        strip(&f);
    else
        make_anew(&f);
}
