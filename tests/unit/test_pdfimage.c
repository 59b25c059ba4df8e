/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <webp/encode.h>

#include "assets/color.h"
#include "assets/image.h"
#include "assets/jpeg_header.h"
#include "assets/jpeg_write.h"
#include "assets/png_chunks.h"
#include "assets/raster.h"
#include "assets/zstream.h"
#include "icc_profile.h"
#include "pdf/pdfimage.h"

struct bench {
    struct arena a;
    struct diag dg;
    struct flate *flate;
};

static int bench_init(void **state)
{
    struct bench *b = calloc(1, sizeof *b);

    arena_init(&b->a);
    diag_init(&b->dg, &b->a);
    b->flate = flate_new();
    *state = b;
    return 0;
}

static int bench_done(void **state)
{
    struct bench *b = *state;

    flate_free(b->flate);
    arena_done(&b->a);
    free(b);
    return 0;
}

/* Large areas, as in drawings, with a diagonal in them. */
static uint8_t *drawing(struct bench *b, uint32_t side, unsigned channels)
{
    uint8_t *p = arena_alloc(&b->a, (size_t)side * side * channels);

    for (uint32_t i = 0; i < side * side; i++)
        for (unsigned c = 0; c < channels; c++)
            p[i * channels + c] = i / side == i % side ? 200 : 40 * c + 15;
    return p;
}

static str png_of(struct bench *b, uint32_t side, unsigned format,
                  unsigned channels)
{
    png_image im = { .version = PNG_IMAGE_VERSION,
                     .width = side,
                     .height = side,
                     .format = format };
    const uint8_t *p = drawing(b, side, channels);
    png_alloc_size_t n = 0;

    assert_true(png_image_write_to_memory(&im, NULL, &n, 0, p, 0, NULL));
    char *to = arena_bytes(&b->a, n);
    assert_true(png_image_write_to_memory(&im, to, &n, 0, p, 0, NULL));
    return (str){ to, n };
}

static str jpeg_of(struct bench *b, uint32_t width, uint32_t height)
{
    struct raster r;
    struct rows rows;
    str out;

    raster_init(&r, width, height, CHANNELS_RGB);
    for (size_t i = 0; i < (size_t)width * height * 3; i++)
        r.samples[i] = (uint8_t)(i * 7);
    raster_rows(&r, &rows);
    assert_true(jpeg_write(&rows, 90, &b->a, &out));
    rows_close(&rows);
    raster_done(&r);
    return out;
}

/* BYTES with an Exif segment behind the start of image. */
static str with_orientation(struct bench *b, str jpeg, unsigned orientation)
{
    char exif[] = "\xFF\xE1\0\x22"
                  "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0?\0\0"
                  "\0\0\0\0";

    exif[29] = (char)orientation;
    str s = arena_join(&b->a, str_sub(jpeg, 0, 2), (str){ exif, 36 });
    return arena_join(&b->a, s, str_from(jpeg, 2));
}

static bool make(struct bench *b, str bytes, int32_t w, struct pdf_image *out)
{
    struct image im = {
        .bytes = bytes, .name = S("3f2a9c.png"), .path = S("a.png"), .line = 3
    };
    const char *why;

    *out = (struct pdf_image){ 0 };
    if (!image_identify(bytes, &im.type, &im.width, &im.height, &why))
        return false;
    return pdf_image_make(out, &im,
                          &(struct pdf_image_options){ .w = w,
                                                       .h = w,
                                                       .dpi = 300,
                                                       .from = S("post.md"),
                                                       .flate = b->flate },
                          &b->a, &b->dg);
}

static bool has(str s, const char *part)
{
    return str_find(s, str_of(part)) != STR_NONE;
}

static void simple_png_keep_their_data(void **state)
{
    static const struct {
        unsigned format, channels;
        const char *space;
    } kinds[] = { { PNG_FORMAT_RGB, 3, "/ColorSpace/DeviceRGB" },
                  { PNG_FORMAT_GRAY, 1, "/ColorSpace/DeviceGray" } };
    struct bench *b = *state;

    for (size_t i = 0; i < 2; i++) {
        struct pdf_image im;
        str png = png_of(b, 40, kinds[i].format, kinds[i].channels);
        assert_true(make(b, png, 100000, &im));
        assert_true(has(png, arena_cstr(&b->a, str_sub(im.bytes, 0, 4))));
        assert_true(has(im.dict, kinds[i].space));
        assert_true(has(im.dict, "/Width 40/Height 40"));
        assert_true(has(im.dict, "/Predictor 15"));
        assert_true(str_eq(im.name, S("I3f2a9c")));
        assert_int_equal(im.smask.n, 0);
    }
}

static void transparency_becomes_a_mask(void **state)
{
    struct bench *b = *state;
    struct pdf_image im;

    assert_true(make(b, png_of(b, 40, PNG_FORMAT_RGBA, 4), 100000, &im));
    assert_true(has(im.dict, "/DeviceRGB"));
    assert_true(has(im.smask, "/Width 40/Height 40"));
    assert_true(has(im.smask, "/DeviceGray"));
    uint8_t *rows = zstream_unpack(im.smask_bytes, 41 * 40);
    assert_non_null(rows);
    free(rows);
}

static void decoded_pictures_are_reduced(void **state)
{
    struct bench *b = *state;
    struct pdf_image im;

    /* 72 pt are an inch, which takes 300 pixels. */
    assert_true(make(b, png_of(b, 900, PNG_FORMAT_RGB, 3), 72000, &im));
    assert_true(has(im.dict, "/Width 300/Height 300"));
    assert_true(str_eq(im.name, S("I3f2a9cx300")));
    assert_true(make(b, png_of(b, 320, PNG_FORMAT_RGB, 3), 72000, &im));
    assert_true(has(im.dict, "/Width 320/"));
}

static void jpeg_passes_through(void **state)
{
    struct bench *b = *state;
    struct pdf_image im;
    str jpeg = jpeg_of(b, 64, 48);

    assert_true(make(b, jpeg, 100000, &im));
    assert_ptr_equal(im.bytes.p, jpeg.p);
    assert_true(has(im.dict, "/Width 64/Height 48"));
    assert_true(has(im.dict, "/DCTDecode"));
    assert_int_equal(im.orientation, 1);
}

/* Where a photo was taken is nobody's business. */
static void photos_pass_without_their_exif(void **state)
{
    struct bench *b = *state;
    struct pdf_image im;
    str plain = jpeg_of(b, 64, 48);

    assert_true(make(b, with_orientation(b, plain, 1), 100000, &im));
    assert_false(has(im.bytes, "Exif"));
    assert_true(str_eq(im.bytes, plain));
}

static void turned_photos_stand_upright(void **state)
{
    struct bench *b = *state;
    struct pdf_image im;
    struct jpeg_header h;
    enum image_type type;
    uint32_t width, height;
    const char *why;
    str jpeg = with_orientation(b, jpeg_of(b, 64, 48), 6);

    assert_null(jpeg_header_read(jpeg, &h));
    assert_int_equal(h.orientation, 6);
    assert_true(image_identify(jpeg, &type, &width, &height, &why));
    assert_int_equal(width, 48);
    assert_int_equal(height, 64);
    assert_true(make(b, jpeg, 100000, &im));
    assert_int_equal(im.orientation, 6);
    assert_true(has(im.dict, "/Width 64/Height 48"));
}

#define PIECE 60000

/* ICC in segments of a JPEG (ICC.1:2010, B.4). */
static str icc_segments(struct bench *b, str icc)
{
    size_t count = (icc.n + PIECE - 1) / PIECE;
    struct buf out = { 0 };

    for (size_t i = 0; i < count; i++) {
        str piece = str_sub(icc, i * PIECE, PIECE);
        size_t n = 2 + 14 + piece.n;
        buf_putc(&out, (char)0xFF);
        buf_putc(&out, (char)0xE2);
        buf_putc(&out, (char)(n >> 8));
        buf_putc(&out, (char)n);
        buf_put(&out, (str){ "ICC_PROFILE", 12 });
        buf_putc(&out, (char)(i + 1));
        buf_putc(&out, (char)count);
        buf_put(&out, piece);
    }
    str s = arena_dup(&b->a, buf_str(&out));
    buf_done(&out);
    return s;
}

/* JPEG, all blue, with the profile ICC. */
static str blue_of(struct bench *b, str icc)
{
    struct raster r;
    struct rows rows;
    str out;

    raster_init(&r, 16, 16, CHANNELS_RGB);
    for (size_t i = 2; i < 16 * 16 * 3; i += 3)
        r.samples[i] = 255;
    raster_rows(&r, &rows);
    assert_true(jpeg_write(&rows, 95, &b->a, &out));
    rows_close(&rows);
    raster_done(&r);
    str s = arena_join(&b->a, str_sub(out, 0, 2), icc_segments(b, icc));
    return arena_join(&b->a, s, str_from(out, 2));
}

/* Their numbers stay, and what they stand for goes along. */
static void profiles_go_along(void **state)
{
    struct bench *b = *state;
    str icc = swapped_profile(&b->a);
    struct pdf_image im;

    if (!color_differs(icc, CHANNELS_RGB)) {
        print_message("skipped: without Little CMS\n");
        return;
    }
    assert_true(make(b, blue_of(b, icc), 100000, &im));
    assert_true(has(im.dict, "/DCTDecode"));
    assert_false(has(im.dict, "/ColorSpace"));
    assert_false(has(im.bytes, "ICC_PROFILE"));
    assert_true(has(icc, "my screen"));
    assert_false(has(im.icc, "my screen"));
    assert_true(color_equal(im.icc, icc, CHANNELS_RGB));
    assert_true(make(b, blue_of(b, (str){ 0 }), 100000, &im));
    assert_int_equal(im.icc.n, 0);
    assert_true(has(im.dict, "/ColorSpace/DeviceRGB"));
}

static size_t put_be32(char *to, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        to[i] = (char)(v >> (24 - 8 * i));
    return 4;
}

/* PNG, third edition, 11.3.2.3. */
static size_t iccp_chunk(struct bench *b, str icc, char *to)
{
    str packed = zstream_pack(icc, &b->a);
    size_t at = 4;

    memcpy(to + at, "iCCPp\0\0", 7);
    at += 7;
    memcpy(to + at, packed.p, packed.n);
    at += packed.n;
    put_be32(to, (uint32_t)(at - 8));
    return at + put_be32(to + at, zstream_crc((str){ to + 4, at - 4 }));
}

/* PNG with nothing said about its colours but GAMMA, 100000 for 1. */
static str with_gamma(struct bench *b, str png, uint32_t gamma)
{
    char chunk[16];
    struct png_chunk c;
    size_t at = PNG_HEAD;

    assert_true(png_next(png, &at, &c));
    put_be32(chunk, 4);
    memcpy(chunk + 4, "gAMA", 4);
    put_be32(chunk + 8, gamma);
    put_be32(chunk + 12, zstream_crc((str){ chunk + 4, 8 }));
    str out = arena_join(&b->a, str_sub(png, 0, at), (str){ chunk, 16 });
    while (png_next(png, &at, &c))
        if (!str_eq(c.type, S("gAMA")) && !str_eq(c.type, S("sRGB")))
            out = arena_join(&b->a, out, c.whole);
    return out;
}

/* PDF knows no gamma of a picture: what is not as screens are is made so. */
static void gamma_is_undone(void **state)
{
    struct bench *b = *state;
    str png = png_of(b, 40, PNG_FORMAT_RGB, 3);
    uint8_t *rows;
    struct pdf_image im;

    assert_true(make(b, with_gamma(b, png, 45455), 100000, &im));
    assert_true(has(png, arena_cstr(&b->a, str_sub(im.bytes, 0, 4))));
    assert_true(make(b, with_gamma(b, png, 100000), 100000, &im));
    rows = zstream_unpack(im.bytes, 121 * 40);
    assert_non_null(rows);
    assert_in_range(rows[1], 225, 233); /* 200/255 as sRGB has it */
    free(rows);
}

/* A profile of three channels can't tell of one. */
static void grey_with_a_profile_keeps_its_channels(void **state)
{
    struct bench *b = *state;
    str icc = swapped_profile(&b->a);
    png_image im = { .version = PNG_IMAGE_VERSION,
                     .width = 20,
                     .height = 20,
                     .format = PNG_FORMAT_RGBA };
    char chunk[4096], file[8192];
    uint8_t *pixels = arena_alloc(&b->a, 20 * 20 * 4);
    png_alloc_size_t n = sizeof file;
    struct pdf_image out;

    if (!color_differs(icc, CHANNELS_RGB))
        return;
    memset(pixels, 0x80, 20 * 20 * 4);
    assert_true(png_image_write_to_memory(&im, file, &n, 0, pixels, 0, NULL));
    size_t size = iccp_chunk(b, icc, chunk);
    str png = arena_join(&b->a, (str){ file, 33 }, (str){ chunk, size });
    png = arena_join(&b->a, png, (str){ file + 33, n - 33 });
    assert_true(make(b, png, 100000, &out));
    assert_true(out.icc.n > 0);
    assert_true(has(out.dict, "/Colors 3"));
    assert_false(has(out.dict, "/ColorSpace"));
    assert_true(has(out.smask, "/ColorSpace/DeviceGray"));
}

static void large_profiles_are_applied(void **state)
{
    struct bench *b = *state;
    struct pdf_image im;
    struct rows rows;
    struct raster r;
    str icc = profile_with_notice(&b->a, 66000);

    if (!color_differs(icc, CHANNELS_RGB)) {
        print_message("skipped: without Little CMS\n");
        return;
    }
    assert_true(make(b, blue_of(b, icc), 100000, &im));
    assert_int_equal(im.icc.n, 0);
    assert_true(has(im.dict, "/ColorSpace/DeviceRGB"));
    assert_false(has(im.bytes, "ICC_PROFILE"));
    assert_null(
        rows_open(IMAGE_JPEG, im.bytes, &(struct rows_wish){ 0 }, &rows));
    assert_true(raster_read_plain(&rows, &r));
    rows_close(&rows);
    assert_true(r.samples[1] > 200 && r.samples[2] < 60); /* green */
    raster_done(&r);
}

/* Two pixels, red and transparent. */
static const char gif[] = "GIF89a\2\0\1\0\x80\0\0\xFF\0\0\0\0\xFF"
                          "!\xF9\4\1\0\0\1\0,\0\0\0\0\2\0\1\0\0"
                          "\2\2\x44\x0A\0;";

static void other_types_are_decoded(void **state)
{
    struct bench *b = *state;
    struct pdf_image im;
    uint8_t *webp;
    size_t n = WebPEncodeLosslessRGBA(drawing(b, 30, 4), 30, 30, 120, &webp);

    assert_true(make(b, (str){ gif, sizeof gif - 1 }, 100000, &im));
    assert_true(has(im.dict, "/Width 2/Height 1"));
    assert_true(im.smask.n > 0);
    assert_true(make(b, (str){ (const char *)webp, n }, 100000, &im));
    assert_true(has(im.dict, "/Width 30/Height 30"));
    WebPFree(webp);
    assert_true(make(b,
                     S("<svg xmlns='http://www.w3.org/2000/svg' width='10' "
                       "height='10'><rect width='5' height='5' fill='red'/>"
                       "</svg>"),
                     72000, &im));
    assert_true(has(im.dict, "/Width 300/Height 300"));
    assert_true(im.smask.n > 0);
    assert_null(b->dg.first);
}

static void damage_is_reported(void **state)
{
    struct bench *b = *state;
    struct pdf_image im;
    str png = png_of(b, 40, PNG_FORMAT_RGBA, 4);
    char *bad = (char *)arena_dup(&b->a, png).p;

    memset(bad + str_find(png, S("IDAT")) + 12, 0x55, 20);
    assert_false(make(b, (str){ bad, png.n }, 100000, &im));
    assert_non_null(b->dg.first);
    assert_int_equal(b->dg.first->code, DIAG_IMAGE_BROKEN);
    assert_int_equal(b->dg.first->line, 3);
}

/* Whatever a byte is changed to: a picture or a message. */
static void mutations_do_no_harm(void **state)
{
    struct bench *b = *state;
    uint8_t *webp;
    size_t n = WebPEncodeLosslessRGBA(drawing(b, 30, 4), 30, 30, 120, &webp);
    const str files[] = { png_of(b, 24, PNG_FORMAT_RGB, 3),
                          png_of(b, 24, PNG_FORMAT_RGBA, 4),
                          jpeg_of(b, 32, 32),
                          { gif, sizeof gif - 1 },
                          { (const char *)webp, n } };
    uint32_t seed = 1;

    for (size_t f = 0; f < sizeof files / sizeof *files; f++)
        for (int i = 0; i < 200; i++) {
            struct pdf_image im;
            char *p = (char *)arena_dup(&b->a, files[f]).p;
            for (int k = 0; k < 3; k++) {
                seed = seed * 1664525 + 1013904223;
                p[(seed >> 8) % files[f].n] = (char)(seed >> 24);
            }
            /* Half an inch: larger ones are decoded. */
            if (make(b, (str){ p, files[f].n }, i % 2 ? 3000 : 36000, &im))
                assert_true(im.bytes.n > 0 && im.dict.n > 0);
        }
    WebPFree(webp);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, bench_init, bench_done)
    const struct CMUnitTest tests[] = {
        TEST(simple_png_keep_their_data),
        TEST(transparency_becomes_a_mask),
        TEST(decoded_pictures_are_reduced),
        TEST(jpeg_passes_through),
        TEST(turned_photos_stand_upright),
        TEST(other_types_are_decoded),
        TEST(profiles_go_along),
        TEST(damage_is_reported),
        TEST(large_profiles_are_applied),
        TEST(gamma_is_undone),
        TEST(grey_with_a_profile_keeps_its_channels),
        TEST(photos_pass_without_their_exif),
        TEST(mutations_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
