/* SPDX-License-Identifier: MIT */
#include "assets/color.h"

#include <lcms2.h>
#include <stdlib.h>
#include <string.h>

#include "assets/color_parts.h"
#include "base/arena.h"

/* Larger ones are for printing presses. */
#define PROFILE_MAX (4u << 20)

struct converting {
    struct rows from;
    cmsHTRANSFORM transform;
    uint8_t *row;
};

static const struct {
    cmsUInt32Number format;
    bool grey;
} kinds[] = {
    [CHANNELS_GREY] = { TYPE_GRAY_8, true },
    [CHANNELS_GREY_ALPHA] = { TYPE_GRAYA_8, true },
    [CHANNELS_RGB] = { TYPE_RGB_8, false },
    [CHANNELS_RGBA] = { TYPE_RGBA_8, false },
};

static void be_quiet(cmsContext c, cmsUInt32Number code, const char *text)
{
}

cmsContext color_context(void)
{
    cmsContext c = cmsCreateContext(NULL, NULL);

    if (!c)
        die("out of memory");
    cmsSetLogErrorHandlerTHR(c, be_quiet);
    return c;
}

/* The screen's curve, for grey: IEC 61966-2-1. */
static cmsHPROFILE grey_screen(cmsContext c)
{
    static const cmsFloat64Number curve[] = { 2.4, 1 / 1.055, 0.055 / 1.055,
                                              1 / 12.92, 0.04045 };
    cmsToneCurve *t = cmsBuildParametricToneCurve(c, 4, curve);
    cmsHPROFILE p = t ? cmsCreateGrayProfileTHR(c, cmsD50_xyY(), t) : NULL;

    cmsFreeToneCurve(t);
    return p;
}

/* NULL: ICC is no profile for pixels of so many channels. FLAGS: cmsFLAGS_. */
static cmsHTRANSFORM make_transform(cmsContext c, str icc, unsigned channels,
                                    uint32_t flags)
{
    cmsHPROFILE in = cmsOpenProfileFromMemTHR(c, icc.p, (uint32_t)icc.n);
    cmsHPROFILE out = kinds[channels].grey ? grey_screen(c)
                                           : cmsCreate_sRGBProfileTHR(c);
    cmsColorSpaceSignature space = kinds[channels].grey ? cmsSigGrayData
                                                        : cmsSigRgbData;
    cmsHTRANSFORM t = NULL;

    if (in && out && cmsGetColorSpace(in) == space)
        t = cmsCreateTransformTHR(
            c, in, kinds[channels].format, out, kinds[channels].format,
            INTENT_RELATIVE_COLORIMETRIC,
            flags | cmsFLAGS_COPY_ALPHA | cmsFLAGS_BLACKPOINTCOMPENSATION);
    if (in)
        cmsCloseProfile(in);
    if (out)
        cmsCloseProfile(out);
    return t;
}

static cmsHTRANSFORM open_transform(str icc, unsigned channels, uint32_t flags)
{
    if (icc.n < 128 || icc.n > PROFILE_MAX)
        return NULL;
    cmsContext c = color_context();
    cmsHTRANSFORM t = make_transform(c, icc, channels, flags);
    if (!t)
        cmsDeleteContext(c);
    return t;
}

static void close_transform(cmsHTRANSFORM t)
{
    cmsContext c = cmsGetTransformContextID(t);

    cmsDeleteTransform(t);
    cmsDeleteContext(c);
}

/* A few colours tell: sRGB's many versions change none by more than this. */
#define TOLERANCE 3
/* What rounding changes. */
#define ROUNDING 1
#define LEVELS   6
#define SAMPLES  (LEVELS * LEVELS * LEVELS)

struct samples {
    uint8_t v[SAMPLES][4];
};

static void plain_samples(struct samples *s)
{
    static const uint8_t levels[LEVELS] = { 0, 32, 64, 128, 192, 255 };

    for (size_t i = 0; i < SAMPLES; i++) {
        s->v[i][0] = levels[i % LEVELS];
        s->v[i][1] = levels[i / LEVELS % LEVELS];
        s->v[i][2] = levels[i / LEVELS / LEVELS];
        s->v[i][3] = 255;
    }
}

/* What the plain ones look like with ICC. False: it can't be used. */
static bool look(str icc, unsigned channels, struct samples *out)
{
    /* Tables for millions of pixels take longer to make than these few. */
    cmsHTRANSFORM t = open_transform(icc, channels, cmsFLAGS_NOOPTIMIZE);
    struct samples plain;

    if (!t)
        return false;
    plain_samples(&plain);
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < SAMPLES; i++)
        cmsDoTransform(t, plain.v[i], out->v[i], 1);
    close_transform(t);
    return true;
}

static int difference(const struct samples *a, const struct samples *b,
                      unsigned channels)
{
    unsigned colors = kinds[channels].grey ? 1 : 3;
    int most = 0;

    for (size_t i = 0; i < SAMPLES; i++)
        for (unsigned k = 0; k < colors; k++) {
            int d = abs(a->v[i][k] - b->v[i][k]);
            most = d > most ? d : most;
        }
    return most;
}

bool color_differs(str icc, unsigned channels)
{
    struct samples plain, seen;

    if (!look(icc, channels, &seen))
        return false;
    plain_samples(&plain);
    return difference(&plain, &seen, channels) > TOLERANCE;
}

bool color_equal(str a, str b, unsigned channels)
{
    struct samples x, y;

    return look(a, channels, &x) && look(b, channels, &y) &&
           difference(&x, &y, channels) <= ROUNDING;
}

const char *color_unknown(str icc)
{
    return NULL;
}

static bool read_row(struct rows *r, uint8_t *to)
{
    struct converting *c = r->state;

    if (!rows_read(&c->from, c->row))
        return false;
    cmsDoTransform(c->transform, c->row, to, r->width);
    return true;
}

static void close_rows(struct rows *r)
{
    struct converting *c = r->state;

    rows_close(&c->from);
    close_transform(c->transform);
    free(c->row);
    free(c);
}

void color_convert(struct rows *r, str icc)
{
    static const struct rows_kind kind = { read_row, close_rows };
    cmsHTRANSFORM t = open_transform(icc, r->channels, 0);

    if (!t)
        return;
    struct converting *c = calloc(1, sizeof *c);
    uint8_t *row = malloc(rows_size(r));
    if (!c || !row)
        die("out of memory");
    *c = (struct converting){ *r, t, row };
    r->kind = &kind;
    r->state = c;
}
