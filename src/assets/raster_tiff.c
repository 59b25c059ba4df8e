/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

#include "assets/decoders.h"
#include "base/arena.h"
#include "base/dynamic.h"

const char *const raster_tiff_missing = NULL;

#define MISSING "TIFF, for which libtiff is missing"

#define FUNCTIONS(X)                                                           \
    X(TIFFClientOpen)                                                          \
    X(TIFFClose)                                                               \
    X(TIFFGetField)                                                            \
    X(TIFFReadRGBAImageOriented)                                               \
    X(TIFFSetErrorHandler)                                                     \
    X(TIFFSetWarningHandler)                                                   \
    X(TIFFStripSize64)                                                         \
    X(TIFFTileSize64)

struct library {
    FUNCTIONS(DYNAMIC_MEMBER)
};

/* The file as libtiff sees it, and the picture. */
struct reading {
    struct library lib;
    TIFF *tiff;
    str bytes;
    uint64_t at;
    uint32_t *pixels;
    uint32_t y;
};

static tmsize_t read_bytes(thandle_t h, void *to, tmsize_t n)
{
    struct reading *t = h;
    str part = t->at < t->bytes.n
                   ? str_sub(t->bytes, (size_t)t->at, n > 0 ? (size_t)n : 0)
                   : (str){ 0 };

    if (part.n)
        memcpy(to, part.p, part.n);
    t->at += part.n;
    return (tmsize_t)part.n;
}

static tmsize_t write_bytes(thandle_t h, void *from, tmsize_t n)
{
    return -1;
}

static toff_t seek(thandle_t h, toff_t offset, int whence)
{
    struct reading *t = h;

    t->at = whence == SEEK_SET   ? offset
            : whence == SEEK_CUR ? t->at + offset
                                 : t->bytes.n + offset;
    return t->at;
}

static int close_file(thandle_t h)
{
    return 0;
}

static toff_t size_of_file(thandle_t h)
{
    return ((struct reading *)h)->bytes.n;
}

static int map_file(thandle_t h, void **base, toff_t *n)
{
    struct reading *t = h;

    *base = (void *)t->bytes.p;
    *n = t->bytes.n;
    return 1;
}

static void unmap_file(thandle_t h, void *base, toff_t n)
{
}

static bool read_row(struct rows *r, uint8_t *to)
{
    struct reading *t = r->state;
    const uint32_t *from = t->pixels + (size_t)t->y++ * r->width;
    unsigned colors = r->channels - 1;

    for (uint32_t x = 0; x < r->width; x++, to += r->channels) {
        unsigned a = TIFFGetA(from[x]);
        const unsigned rgb[3] = { TIFFGetR(from[x]), TIFFGetG(from[x]),
                                  TIFFGetB(from[x]) };
        /* libtiff multiplies by alpha. */
        for (unsigned c = 0; c < colors; c++) {
            unsigned v = a ? (rgb[c] * 255 + a / 2) / a : 0;
            to[c] = v > 255 ? 255 : (uint8_t)v;
        }
        to[colors] = (uint8_t)a;
    }
    return true;
}

static void done(struct reading *t)
{
    if (t->tiff)
        t->lib.TIFFClose_(t->tiff);
    free(t->pixels);
    free(t);
}

static void close_rows(struct rows *r)
{
    done(r->state);
}

static bool is_grey(const struct reading *t)
{
    uint16_t photometric;

    return t->lib.TIFFGetField_(t->tiff, TIFFTAG_PHOTOMETRIC, &photometric) &&
           photometric <= PHOTOMETRIC_MINISBLACK;
}

/* Reads all of it as stored: libtiff's own turning is half of it. */
static bool read_pixels(struct reading *t, const struct rows *r)
{
    uint16_t orientation;

    if (!t->lib.TIFFGetField_(t->tiff, TIFFTAG_ORIENTATION, &orientation))
        orientation = ORIENTATION_TOPLEFT;
    t->pixels = calloc((size_t)r->width * r->height, sizeof *t->pixels);
    if (!t->pixels)
        die("out of memory");
    return t->lib.TIFFReadRGBAImageOriented_(t->tiff, r->width, r->height,
                                             t->pixels, orientation, 1);
}

/* libtiff's handlers are the whole process's. */
static void be_quiet(const struct reading *t)
{
    t->lib.TIFFSetErrorHandler_(NULL);
    t->lib.TIFFSetWarningHandler_(NULL);
}

static const char *decode(struct reading *t, struct rows *r)
{
    be_quiet(t);
    t->tiff = t->lib.TIFFClientOpen_("picture", "rm", t, read_bytes,
                                     write_bytes, seek, close_file,
                                     size_of_file, map_file, unmap_file);
    if (!t->tiff ||
        !t->lib.TIFFGetField_(t->tiff, TIFFTAG_IMAGEWIDTH, &r->width) ||
        !t->lib.TIFFGetField_(t->tiff, TIFFTAG_IMAGELENGTH, &r->height))
        return "damaged TIFF";
    if (!rows_fit(r->width, r->height, ROWS_WHOLE_MAX))
        return "TIFF too large";
    /* libtiff makes room for a whole strip or tile, whatever it says. */
    if (t->lib.TIFFStripSize64_(t->tiff) > (uint64_t)ROWS_WHOLE_MAX * 4 ||
        t->lib.TIFFTileSize64_(t->tiff) > (uint64_t)ROWS_WHOLE_MAX * 4)
        return "TIFF too large";
    r->channels = is_grey(t) ? CHANNELS_GREY_ALPHA : CHANNELS_RGBA;
    return read_pixels(t, r) ? NULL : "damaged TIFF";
}

const char *raster_tiff(str bytes, const struct rows_wish *wish,
                        struct rows *out)
{
    static const struct rows_kind kind = { read_row, close_rows };
    struct reading *t = calloc(1, sizeof *t);

    if (!t)
        die("out of memory");
    t->bytes = bytes;
    const char *wrong = DYNAMIC_LOAD(TIFF_LIBRARY, FUNCTIONS, &t->lib)
                            ? decode(t, out)
                            : MISSING;
    if (wrong) {
        done(t);
        *out = (struct rows){ 0 };
        return wrong;
    }
    out->kind = &kind;
    out->state = t;
    return NULL;
}
