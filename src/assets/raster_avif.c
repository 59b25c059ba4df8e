/* SPDX-License-Identifier: MIT */
#include <avif/avif.h>
#include <stdlib.h>
#include <string.h>

#include "assets/decoders.h"
#include "base/arena.h"
#include "base/dynamic.h"

const char *const raster_avif_missing = NULL;

#define MISSING "AVIF, for which libavif is missing"

#define FUNCTIONS(X)                                                           \
    X(avifDecoderCreate)                                                       \
    X(avifDecoderDestroy)                                                      \
    X(avifDecoderNextImage)                                                    \
    X(avifDecoderParse)                                                        \
    X(avifDecoderSetIOMemory)                                                  \
    X(avifImageYUVToRGB)                                                       \
    X(avifRGBImageAllocatePixels)                                              \
    X(avifRGBImageFreePixels)                                                  \
    X(avifRGBImageSetDefaults)

struct library {
    FUNCTIONS(DYNAMIC_MEMBER)
};

struct reading {
    struct library lib;
    avifDecoder *decoder;
    avifRGBImage rgb;
    uint32_t y;
};

static bool read_row(struct rows *r, uint8_t *to)
{
    struct reading *v = r->state;

    memcpy(to, v->rgb.pixels + (size_t)v->rgb.rowBytes * v->y++, rows_size(r));
    return true;
}

static void done(struct reading *v)
{
    if (v->rgb.pixels)
        v->lib.avifRGBImageFreePixels_(&v->rgb);
    if (v->decoder)
        v->lib.avifDecoderDestroy_(v->decoder);
    free(v);
}

static void close_rows(struct rows *r)
{
    done(r->state);
}

static const char *decode(struct reading *v, str bytes, struct rows *r)
{
    avifDecoder *d = v->decoder = v->lib.avifDecoderCreate_();

    if (!d)
        die("out of memory");
    d->maxThreads = 1;
    d->imageSizeLimit = ROWS_WHOLE_MAX;
    d->ignoreExif = d->ignoreXMP = AVIF_TRUE;
    if (v->lib.avifDecoderSetIOMemory_(d, (const uint8_t *)bytes.p, bytes.n) !=
            AVIF_RESULT_OK ||
        v->lib.avifDecoderParse_(d) != AVIF_RESULT_OK)
        return "damaged AVIF";
    if (!rows_fit(d->image->width, d->image->height, ROWS_WHOLE_MAX))
        return "AVIF too large";
    if (v->lib.avifDecoderNextImage_(d) != AVIF_RESULT_OK)
        return "damaged AVIF";
    bool alpha = d->image->alphaPlane != NULL;
    v->lib.avifRGBImageSetDefaults_(&v->rgb, d->image);
    v->rgb.depth = 8;
    v->rgb.format = alpha ? AVIF_RGB_FORMAT_RGBA : AVIF_RGB_FORMAT_RGB;
    v->lib.avifRGBImageAllocatePixels_(&v->rgb);
    if (!v->rgb.pixels ||
        v->lib.avifImageYUVToRGB_(d->image, &v->rgb) != AVIF_RESULT_OK)
        return "damaged AVIF";
    r->width = d->image->width;
    r->height = d->image->height;
    r->channels = alpha ? CHANNELS_RGBA : CHANNELS_RGB;
    return NULL;
}

const char *raster_avif(str bytes, const struct rows_wish *wish,
                        struct rows *out)
{
    static const struct rows_kind kind = { read_row, close_rows };
    struct reading *v = calloc(1, sizeof *v);

    if (!v)
        die("out of memory");
    const char *wrong = DYNAMIC_LOAD(AVIF_LIBRARY, FUNCTIONS, &v->lib)
                            ? decode(v, bytes, out)
                            : MISSING;
    if (wrong) {
        done(v);
        *out = (struct rows){ 0 };
        return wrong;
    }
    out->kind = &kind;
    out->state = v;
    return NULL;
}
