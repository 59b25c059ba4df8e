/* SPDX-License-Identifier: MIT */
#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "assets/decoders.h"
#include "base/arena.h"

struct reading {
    png_structp png;
    png_infop info;
    str rest;     /* of the file */
    uint8_t *all; /* of an interlaced one; NULL: rows come as they are */
    uint32_t y;
    bool damaged;
};

static void leave(png_structp png, png_const_charp why)
{
    png_longjmp(png, 1);
}

static void be_quiet(png_structp png, png_const_charp why)
{
}

static void read_bytes(png_structp png, png_bytep to, size_t n)
{
    str *rest = png_get_io_ptr(png);

    if (n > rest->n)
        png_error(png, "");
    memcpy(to, rest->p, n);
    *rest = str_from(*rest, n);
}

static void done(struct reading *p)
{
    png_destroy_read_struct(&p->png, &p->info, NULL);
    free(p->all);
    free(p);
}

static void close_rows(struct rows *r)
{
    done(r->state);
}

static bool read_row(struct rows *r, uint8_t *to)
{
    struct reading *p = r->state;

    if (p->all) {
        memcpy(to, p->all + rows_size(r) * p->y++, rows_size(r));
        return true;
    }
    if (p->damaged || setjmp(png_jmpbuf(p->png))) {
        p->damaged = true;
        return false;
    }
    png_read_row(p->png, to, NULL);
    return true;
}

static uint8_t *take_rows(struct rows *r)
{
    struct reading *p = r->state;
    uint8_t *all = p->all;

    p->all = NULL;
    return all;
}

/* Samples of 8 bits in the colours of screens, transparency as alpha. */
static void ask_for_samples(struct reading *p)
{
    double gamma;

    png_set_expand(p->png);
    png_set_scale_16(p->png);
    if (!png_get_valid(p->png, p->info, PNG_INFO_iCCP | PNG_INFO_sRGB) &&
        png_get_gAMA(p->png, p->info, &gamma))
        png_set_gamma(p->png, PNG_DEFAULT_sRGB, gamma);
    png_set_interlace_handling(p->png);
    png_read_update_info(p->png, p->info);
}

static bool read_header(struct reading *p)
{
    if (setjmp(png_jmpbuf(p->png)))
        return false;
    png_set_read_fn(p->png, &p->rest, read_bytes);
    png_set_user_limits(p->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_read_info(p->png, p->info);
    return true;
}

static bool start(struct reading *p, struct rows *r)
{
    if (setjmp(png_jmpbuf(p->png)))
        return false;
    ask_for_samples(p);
    r->channels = png_get_channels(p->png, p->info);
    return png_get_rowbytes(p->png, p->info) == rows_size(r);
}

static bool read_passes(struct reading *p, const struct rows *r)
{
    if (setjmp(png_jmpbuf(p->png)))
        return false;
    for (int pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; pass++)
        for (uint32_t y = 0; y < r->height; y++)
            png_read_row(p->png, p->all + rows_size(r) * y, NULL);
    return true;
}

static const char *open_rows(struct reading *p, struct rows *r)
{
    if (!read_header(p))
        return "damaged PNG";
    bool whole = png_get_interlace_type(p->png, p->info) != PNG_INTERLACE_NONE;
    r->width = png_get_image_width(p->png, p->info);
    r->height = png_get_image_height(p->png, p->info);
    if (!rows_fit(r->width, r->height,
                  whole ? ROWS_WHOLE_MAX : ROWS_PIXELS_MAX))
        return "PNG too large";
    if (!start(p, r))
        return "damaged PNG";
    if (!whole)
        return NULL;
    p->all = malloc((rows_size(r) + 1) * r->height);
    if (!p->all)
        die("out of memory");
    return read_passes(p, r) ? NULL : "damaged PNG";
}

const char *raster_png(str bytes, const struct rows_wish *wish,
                       struct rows *out)
{
    static const struct rows_kind kind = { read_row, close_rows, take_rows };
    struct reading *p;

    if (raster_png_plain(bytes, out))
        return NULL;
    if (!(p = calloc(1, sizeof *p)) ||
        !(p->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, leave,
                                          be_quiet)) ||
        !(p->info = png_create_info_struct(p->png)))
        die("out of memory");
    p->rest = bytes;
    const char *wrong = open_rows(p, out);
    if (wrong) {
        done(p);
        *out = (struct rows){ 0 };
        return wrong;
    }
    out->kind = &kind;
    out->state = p;
    return NULL;
}

str png_library_version(struct arena *a)
{
    return arena_dup(a, str_of(png_get_libpng_ver(NULL)));
}
