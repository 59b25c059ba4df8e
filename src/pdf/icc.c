/* SPDX-License-Identifier: MIT */
#include "pdf/icc.h"

#include <math.h>

#include "base/buf.h"

#define HEADER_SIZE 128
#define CURVE_SIZE  1024
#define DESCRIPTION "sRGB IEC61966-2.1"

static void put16(struct buf *b, uint32_t v)
{
    buf_putc(b, (char)(v >> 8));
    buf_putc(b, (char)v);
}

static void put32(struct buf *b, uint32_t v)
{
    put16(b, v >> 16);
    put16(b, v & 0xFFFF);
}

static void put_zeros(struct buf *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_putc(b, 0);
}

static void pad(struct buf *b)
{
    put_zeros(b, (4 - b->n % 4) % 4);
}

/* textDescriptionType, 6.5.17: ASCII; no Unicode, no ScriptCode. */
static void put_description(struct buf *b)
{
    buf_puts(b, "desc");
    put32(b, 0);
    put32(b, sizeof DESCRIPTION);
    buf_put(b, (str){ DESCRIPTION, sizeof DESCRIPTION });
    put_zeros(b, 4 + 4 + 2 + 1 + 67);
    pad(b);
}

static void put_copyright(struct buf *b)
{
    static const char text[] = "No copyright, use freely";

    buf_puts(b, "text");
    put32(b, 0);
    buf_put(b, (str){ text, sizeof text });
    pad(b);
}

static void put_xyz(struct buf *b, const uint32_t xyz[3])
{
    buf_puts(b, "XYZ ");
    put32(b, 0);
    for (int i = 0; i < 3; i++)
        put32(b, xyz[i]);
}

/* From device values to light, IEC 61966-2-1, 5.2. */
static void put_curve(struct buf *b)
{
    buf_puts(b, "curv");
    put32(b, 0);
    put32(b, CURVE_SIZE);
    for (int i = 0; i < CURVE_SIZE; i++) {
        double v = (double)i / (CURVE_SIZE - 1);
        double light = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
        put16(b, (uint32_t)lround(light * 65535));
    }
    pad(b);
}

/* s15Fixed16Number, adapted to D50. */
static const uint32_t white[3] = { 0xF6D6, 0x10000, 0xD32D };
static const uint32_t red[3] = { 0x6FA2, 0x38F5, 0x0390 };
static const uint32_t green[3] = { 0x6299, 0xB785, 0x18DA };
static const uint32_t blue[3] = { 0x24A0, 0x0F84, 0xB6CF };

struct tag {
    const char *name;
    size_t at, n;
};

static struct tag end_tag(const char *name, const struct buf *data, size_t at)
{
    return (struct tag){ name, at, data->n - at };
}

static void put_header(struct buf *b, size_t size)
{
    put32(b, (uint32_t)size);
    put32(b, 0);          /* no preferred engine */
    put32(b, 0x02100000); /* version */
    buf_puts(b, "mntrRGB XYZ ");
    static const uint16_t date[6] = { 2000, 1, 1, 0, 0, 0 };
    for (int i = 0; i < 6; i++)
        put16(b, date[i]);
    buf_puts(b, "acsp");
    put_zeros(b, 4 * 4 + 8 + 4); /* platform to rendering intent */
    for (int i = 0; i < 3; i++)
        put32(b, white[i]);
    put_zeros(b, HEADER_SIZE - b->n);
}

str icc_srgb(struct arena *a)
{
    struct buf data = { 0 }, out = { 0 };
    struct tag tags[9];
    size_t n = 0, at = 0;

    put_description(&data);
    tags[n++] = end_tag("desc", &data, at);
    at = data.n;
    put_copyright(&data);
    tags[n++] = end_tag("cprt", &data, at);
    const struct {
        const char *name;
        const uint32_t *xyz;
    } points[] = {
        { "wtpt", white }, { "rXYZ", red }, { "gXYZ", green }, { "bXYZ", blue }
    };
    for (int i = 0; i < 4; i++) {
        at = data.n;
        put_xyz(&data, points[i].xyz);
        tags[n++] = end_tag(points[i].name, &data, at);
    }
    at = data.n;
    put_curve(&data);
    tags[n++] = end_tag("rTRC", &data, at);
    tags[n++] = end_tag("gTRC", &data, at);
    tags[n++] = end_tag("bTRC", &data, at);

    size_t start = HEADER_SIZE + 4 + n * 12;
    put_header(&out, start + data.n);
    put32(&out, (uint32_t)n);
    for (size_t i = 0; i < n; i++) {
        buf_puts(&out, tags[i].name);
        put32(&out, (uint32_t)(start + tags[i].at));
        put32(&out, (uint32_t)tags[i].n);
    }
    buf_put(&out, buf_str(&data));
    str profile = arena_dup(a, buf_str(&out));
    buf_done(&data);
    buf_done(&out);
    return profile;
}
