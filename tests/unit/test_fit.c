/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <webp/encode.h>

#include <jpeglib.h>
#include <png.h>

#include "assets/color.h"
#include "assets/decoders.h"
#include "assets/fit.h"
#include "assets/image.h"
#include "assets/jpeg_write.h"
#include "assets/png_chunks.h"
#include "assets/raster.h"
#include "assets/zstream.h"
#include "icc_profile.h"

/* How many damaged files of each kind; more with an argument. */
static int mutations = 100;

static int arena_setup(void **state)
{
    struct arena *a = calloc(1, sizeof *a);

    arena_init(a);
    *state = a;
    return 0;
}

static int arena_teardown(void **state)
{
    arena_done(*state);
    free(*state);
    return 0;
}

/* A picture of four quarters, red and green above blue and white. */
static const uint8_t quarters[4][3] = {
    { 255, 0, 0 }, { 0, 255, 0 }, { 0, 0, 255 }, { 255, 255, 255 }
};

static void draw_quarters(struct raster *r, uint32_t width, uint32_t height,
                          unsigned channels)
{
    raster_init(r, width, height, channels);
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++) {
            const uint8_t *c =
                quarters[(y >= height / 2) * 2 + (x >= width / 2)];
            uint8_t *to = r->samples + ((size_t)y * width + x) * channels;
            for (unsigned i = 0; i < channels; i++)
                to[i] = i < 3 ? c[channels < 3 ? 1 : i] : 128;
        }
}

static str jpeg_of(struct arena *a, uint32_t width, uint32_t height)
{
    struct raster r;
    struct rows rows;
    str out;

    draw_quarters(&r, width, height, 3);
    raster_rows(&r, &rows);
    assert_true(jpeg_write(&rows, 95, a, &out));
    rows_close(&rows);
    raster_done(&r);
    return out;
}

/* PIECE behind the first N bytes of S. */
static str insert(struct arena *a, str s, size_t n, str piece)
{
    return arena_join(a, arena_join(a, str_sub(s, 0, n), piece),
                      str_from(s, n));
}

static str exif_of(struct arena *a, unsigned orientation)
{
    char exif[] = "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0?\0\0"
                  "\0\0\0\0SECRET";

    exif[25] = (char)orientation;
    return arena_dup(a, (str){ exif, sizeof exif - 1 });
}

static str segment(struct arena *a, unsigned marker, str data)
{
    char head[4] = { (char)0xFF, (char)marker, (char)((data.n + 2) >> 8),
                     (char)(data.n + 2) };

    return arena_join(a, (str){ head, 4 }, data);
}

static void collect_png(png_structp png, png_bytep bytes, size_t n)
{
    buf_put(png_get_io_ptr(png), (str){ (const char *)bytes, n });
}

struct png_kind {
    int color, bits, interlace;
};

/* The quarters; in the palette they are the first four. */
static str png_of(struct arena *a, uint32_t width, uint32_t height,
                  struct png_kind k, str icc)
{
    static const png_color colors[] = {
        { 255, 0, 0 }, { 0, 255, 0 }, { 0, 0, 255 }, { 255, 255, 255 }
    };
    static const png_byte alphas[] = { 255, 255, 255, 0 };
    unsigned channels = (k.color & 3) == 3 ? 1 : (k.color & 2 ? 3 : 1);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL,
                                              NULL);
    png_infop info = png_create_info_struct(png);
    struct raster r;
    struct buf out = { 0 };

    channels += k.color & 4 ? 1 : 0;
    draw_quarters(&r, width, height, channels);
    png_set_write_fn(png, &out, collect_png, NULL);
    png_set_IHDR(png, info, width, height, k.bits, k.color, k.interlace, 0, 0);
    if (k.color == 3) {
        png_set_PLTE(png, info, colors, 4);
        png_set_tRNS(png, info, alphas, 4, NULL);
        for (size_t i = 0; i < (size_t)width * height; i++)
            r.samples[i] = (uint8_t)(i % width / ((width + 3) / 4));
    }
    if (icc.n)
        png_set_iCCP(png, info, "profile", 0, (png_const_bytep)icc.p,
                     (png_uint_32)icc.n);
    png_write_info(png, info);
    int passes = png_set_interlace_handling(png);
    uint8_t *row = arena_alloc(a, (size_t)width * channels * 2);
    for (int pass = 0; pass < passes; pass++)
        for (uint32_t y = 0; y < height; y++) {
            const uint8_t *from = r.samples + (size_t)y * width * channels;
            for (size_t i = 0; i < (size_t)width * channels; i++)
                if (k.bits == 16)
                    row[2 * i] = row[2 * i + 1] = from[i];
                else
                    row[i] = from[i];
            png_write_row(png, row);
        }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    raster_done(&r);
    str s = arena_dup(a, buf_str(&out));
    buf_done(&out);
    return s;
}

static str webp_of(struct arena *a, uint32_t width, uint32_t height)
{
    struct raster r;
    uint8_t *p;

    draw_quarters(&r, width, height, 3);
    size_t n = WebPEncodeLosslessRGB(r.samples, (int)width, (int)height,
                                     (int)width * 3, &p);
    str s = arena_dup(a, (str){ (const char *)p, n });
    WebPFree(p);
    raster_done(&r);
    return s;
}

static str cmyk_of(struct arena *a)
{
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr e;
    unsigned char *bytes = NULL;
    unsigned long n = 0;
    /* Red: no cyan, all magenta and yellow; Adobe stores it inverted. */
    static const uint8_t red[] = { 255, 0, 0, 255 };
    uint8_t row[16 * 4];
    JSAMPROW rows[1] = { row };

    for (size_t i = 0; i < sizeof row; i++)
        row[i] = red[i % 4];
    c.err = jpeg_std_error(&e);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &bytes, &n);
    c.image_width = c.image_height = 16;
    c.input_components = 4;
    c.in_color_space = JCS_CMYK;
    jpeg_set_defaults(&c);
    jpeg_start_compress(&c, TRUE);
    while (c.next_scanline < 16)
        jpeg_write_scanlines(&c, rows, 1);
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    str s = arena_dup(a, (str){ (const char *)bytes, n });
    free(bytes);
    return s;
}

/* 2 x 2, stored from the bottom: blue and white, then red and green. */
#define BMP_HEAD(at)                                                           \
    "BM\x46\0\0\0\0\0\0\0" at "\0\0\0\x28\0\0\0\2\0\0\0\2\0\0\0\1\0"
static const char bmp[] = BMP_HEAD(
    "\x36") "\x18\0\0\0\0\0\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
            "\xFF\0\0\xFF\xFF\xFF\0\0\0\0\xFF\0\xFF\0\0\0";
/* The same by run lengths, with a palette: a run, literals, the end. */
static const char bmp_runs[] = BMP_HEAD(
    "\x46") "\x08\0\1\0\0\0\x10\0\0\0\0\0\0\0\0\0\0\0\x04\0\0\0\0\0\0\0"
            "\0\0\xFF\0\0\xFF\0\0\xFF\0\0\0\xFF\xFF\xFF\0"
            "\1\2\1\3\0\0\1\0\1\1\0\1";
/* 2 x 2 of RGB in one strip. */
static const char tiff[] =
    "II*\0\x14\0\0\0\xFF\0\0\0\xFF\0\0\0\xFF\xFF\xFF\xFF\x08\0"
    "\0\1\3\0\1\0\0\0\2\0\0\0\1\1\3\0\1\0\0\0\2\0\0\0"
    "\2\1\3\0\1\0\0\0\x08\0\0\0\6\1\3\0\1\0\0\0\2\0\0\0"
    "\x11\1\4\0\1\0\0\0\x08\0\0\0\x15\1\3\0\1\0\0\0\3\0\0\0"
    "\x16\1\3\0\1\0\0\0\2\0\0\0\x17\1\4\0\1\0\0\0\x0C\0\0\0\0\0\0\0";
/* 14 x 10, from red above to blue below. */
static const char avif[] =
    "\x00\x00\x00\x1c\x66\x74\x79\x70\x61\x76\x69\x66\x00\x00\x00\x00\x61\x76"
    "\x69\x66\x6d\x69\x66\x31\x6d\x69\x61\x66\x00\x00\x00\xf2\x6d\x65\x74\x61"
    "\x00\x00\x00\x00\x00\x00\x00\x28\x68\x64\x6c\x72\x00\x00\x00\x00\x00\x00"
    "\x00\x00\x70\x69\x63\x74\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x6c\x69\x62\x61\x76\x69\x66\x00\x00\x00\x00\x0e\x70\x69\x74\x6d\x00\x00"
    "\x00\x00\x00\x01\x00\x00\x00\x1e\x69\x6c\x6f\x63\x00\x00\x00\x00\x44\x00"
    "\x00\x01\x00\x01\x00\x00\x00\x01\x00\x00\x01\x16\x00\x00\x00\x33\x00\x00"
    "\x00\x28\x69\x69\x6e\x66\x00\x00\x00\x00\x00\x01\x00\x00\x00\x1a\x69\x6e"
    "\x66\x65\x02\x00\x00\x00\x00\x01\x00\x00\x61\x76\x30\x31\x43\x6f\x6c\x6f"
    "\x72\x00\x00\x00\x00\x6a\x69\x70\x72\x70\x00\x00\x00\x4b\x69\x70\x63\x6f"
    "\x00\x00\x00\x14\x69\x73\x70\x65\x00\x00\x00\x00\x00\x00\x00\x0e\x00\x00"
    "\x00\x0a\x00\x00\x00\x10\x70\x69\x78\x69\x00\x00\x00\x00\x03\x0c\x0c\x0c"
    "\x00\x00\x00\x0c\x61\x76\x31\x43\x81\x40\x60\x00\x00\x00\x00\x13\x63\x6f"
    "\x6c\x72\x6e\x63\x6c\x78\x00\x01\x00\x0d\x00\x06\x80\x00\x00\x00\x17\x69"
    "\x70\x6d\x61\x00\x00\x00\x00\x00\x00\x00\x01\x00\x01\x04\x01\x02\x83\x04"
    "\x00\x00\x00\x3b\x6d\x64\x61\x74\x12\x00\x0a\x09\x58\x0c\xf6\x58\xd0\x10"
    "\xd0\x68\x80\x32\x24\x16\x40\x09\x24\x92\x45\x00\xb0\x1a\x23\x8b\xca\x8f"
    "\x02\x91\x46\xd0\x1a\x4b\x39\x70\xf6\x26\x06\x5a\xdf\x01\x90\xbd\x6d\x31"
    "\xa5\xad\xfe\x70\x99";
/* 1 x 1, with a comment and another program's data. */
static const char gif[] = "GIF89a\1\0\1\0\x80\0\0\xFF\0\0\0\0\xFF"
                          "!\xFE\6SECRET\0"
                          "!\xFF\x0BXMP DataXMP\6SECRET\0"
                          "!\xFF\x0BNETSCAPE2.0\3\1\0\0\0"
                          ",\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;SECRET";

#define BYTES(array) ((str){ array, sizeof array - 1 })

static bool fit(struct arena *a, str bytes, const struct fit_limits *limits,
                struct fit *out)
{
    static const struct fit_limits none;
    struct image im = { .bytes = bytes, .path = S("p") };
    const char *why;

    /* What reads too far leaves the block. */
    char *copy = malloc(bytes.n);
    memcpy(copy, bytes.p, bytes.n);
    im.bytes.p = copy;
    bool ok = image_identify(im.bytes, &im.type, &im.width, &im.height, &why);
    if (ok) {
        fit_picture(&im, limits ? limits : &none, a, out);
        ok = !out->wrong;
        out->bytes = ok ? arena_dup(a, out->bytes) : (str){ 0 };
    }
    free(copy);
    return ok;
}

static void assert_color(const struct raster *r, uint32_t x, uint32_t y,
                         const uint8_t want[3])
{
    const uint8_t *c = r->samples + ((size_t)y * r->width + x) * r->channels;

    for (int i = 0; i < 3; i++)
        if (abs(c[i] - want[i]) > 24)
            fail_msg("%u,%u is %u %u %u, not %u %u %u", x, y, c[0], c[1], c[2],
                     want[0], want[1], want[2]);
}

static void decode(const struct fit *f, struct raster *r)
{
    struct rows rows;
    enum image_type type;
    uint32_t w, h;
    const char *why;

    assert_true(image_identify(f->bytes, &type, &w, &h, &why));
    assert_int_equal(type, f->type);
    assert_int_equal(w, f->width);
    assert_int_equal(h, f->height);
    assert_null(rows_open(type, f->bytes, &(struct rows_wish){ 0 }, &rows));
    assert_true(raster_read_plain(&rows, r));
    rows_close(&rows);
}

/* WANT: which of the quarters stand where. */
static void assert_quarters(const struct fit *f, const char *want)
{
    struct raster r;

    decode(f, &r);
    for (uint32_t i = 0; i < 4; i++)
        assert_color(&r, r.width * (1 + i % 2 * 2) / 4,
                     r.height * (1 + i / 2 * 2) / 4, quarters[want[i] - 'a']);
    raster_done(&r);
}

static bool says(str s, const char *part)
{
    return str_find(s, str_of(part)) != STR_NONE;
}

/* A directory entry of TIFF, little end first. */
static void put_entry(struct buf *b, unsigned tag, unsigned type, uint32_t n,
                      uint32_t value)
{
    const unsigned char e[12] = { (unsigned char)tag,
                                  (unsigned char)(tag >> 8),
                                  (unsigned char)type,
                                  0,
                                  (unsigned char)n,
                                  (unsigned char)(n >> 8),
                                  (unsigned char)(n >> 16),
                                  (unsigned char)(n >> 24),
                                  (unsigned char)value,
                                  (unsigned char)(value >> 8),
                                  (unsigned char)(value >> 16),
                                  (unsigned char)(value >> 24) };

    buf_put(b, (str){ (const char *)e, sizeof e });
}

/* The quarters, 48 x 32, in one strip behind ICC. */
static str tiff_of(struct arena *a, unsigned orientation, str icc)
{
    struct raster r;
    struct buf b = { 0 };
    uint32_t head = 8 + 2 + 11 * 12 + 4, pixels = head + (uint32_t)icc.n;

    draw_quarters(&r, 48, 32, 3);
    buf_put(&b, (str){ "II*\0\x08\0\0\0\x0B\0", 10 });
    put_entry(&b, 256, 3, 1, 48);
    put_entry(&b, 257, 3, 1, 32);
    put_entry(&b, 258, 3, 1, 8);
    put_entry(&b, 259, 3, 1, 1);
    put_entry(&b, 262, 3, 1, 2);
    put_entry(&b, 273, 4, 1, pixels);
    put_entry(&b, 274, 3, 1, orientation);
    put_entry(&b, 277, 3, 1, 3);
    put_entry(&b, 278, 3, 1, 32);
    put_entry(&b, 279, 4, 1, 48 * 32 * 3);
    put_entry(&b, 34675, 7, (uint32_t)icc.n, head);
    buf_put(&b, (str){ "\0\0\0\0", 4 });
    buf_put(&b, icc);
    buf_put(&b, (str){ (const char *)r.samples, 48 * 32 * 3 });
    raster_done(&r);
    str s = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return s;
}

static str png_chunk_of(struct arena *a, const char *type, str data)
{
    str body = arena_join(a, str_of(type), data);
    uint32_t crc = zstream_crc(body), n = (uint32_t)data.n;
    char head[4] = { (char)(n >> 24), (char)(n >> 16), (char)(n >> 8),
                     (char)n };
    char end[4] = { (char)(crc >> 24), (char)(crc >> 16), (char)(crc >> 8),
                    (char)crc };

    return arena_join(a, arena_join(a, (str){ head, 4 }, body),
                      (str){ end, 4 });
}

static const char *const turned[] = { "abcd", "badc", "dcba", "cdab",
                                      "acbd", "cadb", "dbca", "bdac" };

static void photos_are_turned_upright(void **state)
{
    struct arena *a = *state;
    str jpeg = jpeg_of(a, 48, 32);

    for (unsigned o = 1; o <= 8; o++) {
        struct fit f;
        str photo = insert(a, jpeg, 2, segment(a, 0xE1, exif_of(a, o)));
        assert_true(fit(a, photo, NULL, &f));
        assert_int_equal(f.type, IMAGE_JPEG);
        assert_int_equal(f.width, o < 5 ? 48 : 32);
        assert_quarters(&f, turned[o - 1]);
        assert_int_equal(says(f.did, "turned upright"), o > 1);
        assert_false(says(f.bytes, "SECRET"));
        /* Turned and reduced at once. */
        assert_true(fit(a, photo, &(struct fit_limits){ 16, 16 }, &f));
        assert_int_equal(f.width, o < 5 ? 16 : 11);
        assert_quarters(&f, turned[o - 1]);
    }
}

static void other_types_are_turned_upright(void **state)
{
    struct arena *a = *state;
    struct png_kind rgb = { 2, 8, 0 };

    for (unsigned o = 1; o <= 8; o++) {
        str exif = str_from(exif_of(a, o), 6);
        /* Behind the signature and IHDR. */
        const str files[] = { insert(a, png_of(a, 48, 32, rgb, S("")), 33,
                                     png_chunk_of(a, "eXIf", exif)),
                              tiff_of(a, o, S("")) };
        for (size_t i = 0; i < (raster_tiff_missing ? 1 : 2); i++) {
            struct fit f;
            assert_true(fit(a, files[i], NULL, &f));
            assert_int_equal(f.width, o < 5 ? 48 : 32);
            assert_int_equal(f.height, o < 5 ? 32 : 48);
            assert_quarters(&f, turned[o - 1]);
            assert_int_equal(says(f.did, "turned upright"), o > 1);
            assert_true(fit(a, files[i], &(struct fit_limits){ 16, 16 }, &f));
            assert_int_equal(f.width, o < 5 ? 16 : 11);
            assert_quarters(&f, turned[o - 1]);
        }
    }
}

static void add_to_number(char *p, uint32_t n)
{
    for (int i = 3; i >= 0; i--) {
        n += (unsigned char)p[i];
        p[i] = (char)n;
        n >>= 8;
    }
}

/* avif[] with one property more. */
static str avif_with(struct arena *a, const char *type, str data)
{
    static const char *const around[] = { "meta", "iprp", "ipco" };
    uint32_t size = 8 + (uint32_t)data.n;
    char head[8] = { 0, 0, 0, 0, type[0], type[1], type[2], type[3] };
    char *p = arena_alloc(a, sizeof avif - 1);
    str s = { memcpy(p, avif, sizeof avif - 1), sizeof avif - 1 };

    add_to_number(head, size);
    for (size_t i = 0; i < 3; i++)
        add_to_number(p + str_find(s, str_of(around[i])) - 4, size);
    /* The one extent's offset (ISO/IEC 14496-12, 8.11.3). */
    add_to_number(p + str_find(s, S("iloc")) + 18, size);
    /* What is the first property now, the picture must have (8.11.14): else
     * libavif 1.1 refuses to turn it. */
    p[str_find(s, S("ipma")) + 15] |= type[0] == 'i' ? (char)0x80 : 0;
    return insert(a, s, str_find(s, S("ipco")) + 4,
                  arena_join(a, (str){ head, 8 }, data));
}

static void avif_is_turned_upright(void **state)
{
    /* Quarters against the clock; where red is then. */
    static const struct {
        str type, data;
        uint32_t width, x, y;
    } turns[] = {
        { STR_INIT("irot"), { "\0", 1 }, 14, 7, 0 },
        { STR_INIT("irot"), { "\1", 1 }, 10, 0, 7 },
        { STR_INIT("irot"), { "\2", 1 }, 14, 7, 9 },
        { STR_INIT("irot"), { "\3", 1 }, 10, 9, 7 },
        { STR_INIT("imir"), { "\0", 1 }, 14, 7, 9 },
        { STR_INIT("imir"), { "\1", 1 }, 14, 7, 0 },
    };
    struct arena *a = *state;
    struct fit f;
    struct raster r;

    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        str file = avif_with(a, turns[i].type.p, turns[i].data);
        bool ok = fit(a, file, NULL, &f);
        assert_int_equal(ok, !raster_avif_missing);
        if (!ok)
            return;
        assert_int_equal(f.width, turns[i].width);
        assert_int_equal(f.height, 24 - turns[i].width);
        decode(&f, &r);
        uint8_t *red = r.samples +
                       3 * (turns[i].y * (size_t)r.width + turns[i].x);
        if (red[0] < 195 || red[2] > 60)
            fail_msg("turn %zu: %u %u %u", i, red[0], red[1], red[2]);
        raster_done(&r);
    }
}

static void metadata_of_jpeg_go(void **state)
{
    struct arena *a = *state;
    struct fit f;
    str jpeg = jpeg_of(a, 32, 32), s = jpeg;

    assert_true(fit(a, jpeg, NULL, &f));
    assert_true(f.is_same);
    s = insert(a, s, 2, segment(a, 0xE1, exif_of(a, 1)));
    s = insert(a, s, 2, segment(a, 0xE1, S("http://ns.adobe.com/SECRET")));
    s = insert(a, s, 2, segment(a, 0xED, S("Photoshop 3.0 SECRET")));
    s = insert(a, s, 2, segment(a, 0xFE, S("SECRET")));
    /* A second picture behind the first, as some phones write. */
    s = arena_join(a, s, insert(a, jpeg, 2, segment(a, 0xFE, S("SECRET"))));
    assert_true(fit(a, s, NULL, &f));
    assert_true(str_eq(f.bytes, jpeg));
    assert_int_equal(f.did.n, 0);
}

static void metadata_of_png_go(void **state)
{
    static const char *const types[] = { "tEXt", "iTXt", "zTXt", "tIME",
                                         "prVt" };
    struct arena *a = *state;
    struct fit f;
    str png = png_of(a, 20, 12, (struct png_kind){ 2, 8, 0 }, S("")), s = png;

    assert_true(fit(a, png, NULL, &f));
    assert_true(f.is_same);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        s = insert(a, s, 33, png_chunk_of(a, types[i], S("SECRET")));
    s = arena_join(a, s, S("SECRET"));
    assert_true(fit(a, s, NULL, &f));
    assert_true(str_eq(f.bytes, png));
    /* One that says how it was held. */
    s = insert(a, png, 33, png_chunk_of(a, "eXIf", str_from(exif_of(a, 6), 6)));
    assert_true(fit(a, s, NULL, &f));
    assert_int_equal(f.type, IMAGE_PNG);
    assert_int_equal(f.width, 12);
    assert_quarters(&f, "cadb");
}

static void metadata_of_gif_and_webp_go(void **state)
{
    struct arena *a = *state;
    struct fit f;
    str webp = webp_of(a, 24, 16);
    char head[30] = "RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\x0C\0\0\0"
                    "\x17\0\0\x0F\0";
    str s = arena_join(a, (str){ head, 30 }, str_from(webp, 12));

    s = arena_join(a, s, (str){ "EXIF\6\0\0\0SECRETXMP \6\0\0\0SECRET", 28 });
    ((char *)s.p)[4] = (char)(s.n - 8);
    ((char *)s.p)[5] = (char)((s.n - 8) >> 8);
    assert_true(fit(a, s, NULL, &f));
    assert_false(says(f.bytes, "SECRET"));
    assert_int_equal(f.bytes.p[20], 0); /* no flags */
    assert_int_equal((unsigned char)f.bytes.p[4], f.bytes.n - 8);
    assert_quarters(&f, "abcd");
    assert_true(fit(a, BYTES(gif), NULL, &f));
    assert_int_equal(f.type, IMAGE_GIF);
    assert_false(says(f.bytes, "SECRET"));
    assert_true(says(f.bytes, "NETSCAPE2.0"));
}

static void large_ones_are_reduced(void **state)
{
    static const struct png_kind kinds[] = {
        { 2, 8, 0 }, { 2, 16, 0 }, { 6, 8, 0 }, { 6, 16, 1 }, { 2, 8, 1 },
        { 0, 8, 0 }, { 4, 8, 0 },  { 3, 8, 0 }, { 3, 8, 1 },
    };
    struct arena *a = *state;
    struct fit f;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct raster r;
        str png = png_of(a, 80, 40, kinds[i], S(""));
        assert_true(fit(a, png, &(struct fit_limits){ 20, 20 }, &f));
        assert_int_equal(f.type, IMAGE_PNG);
        assert_int_equal(f.width, 20);
        assert_int_equal(f.height, 10);
        assert_true(says(f.did, "from 80x40 to 20x10"));
        decode(&f, &r);
        const uint8_t *last = r.samples + (size_t)r.width * r.channels * 9 +
                              (size_t)(r.width - 1) * r.channels;
        if (kinds[i].color == 3) {
            assert_int_equal(r.channels, CHANNELS_RGBA);
            assert_int_equal(last[3], 0);
        } else if (kinds[i].color & 4) {
            assert_int_equal(last[r.channels - 1],
                             kinds[i].color == 4 ? 255 : 128);
        } else {
            assert_int_equal(r.channels, kinds[i].color ? 3 : 1);
        }
        if (kinds[i].color == 2)
            assert_quarters(&f, "abcd");
        raster_done(&r);
    }
    assert_true(fit(a, jpeg_of(a, 4000, 32), NULL, &f));
    assert_int_equal(f.width, 1600);
    assert_int_equal(f.height, 13);
    assert_int_equal(f.type, IMAGE_JPEG);
}

static void noise_becomes_jpeg(void **state)
{
    struct arena *a = *state;
    struct raster r;
    png_image im = { .version = PNG_IMAGE_VERSION,
                     .width = 300,
                     .height = 300,
                     .format = PNG_FORMAT_RGB };
    png_alloc_size_t n = 0;
    struct fit f;
    uint32_t seed = 7;

    raster_init(&r, 300, 300, 3);
    for (size_t i = 0; i < 300 * 300 * 3; i++)
        r.samples[i] = (uint8_t)((seed = seed * 1664525 + 1013904223) >> 24);
    assert_true(
        png_image_write_to_memory(&im, NULL, &n, 0, r.samples, 0, NULL));
    char *to = arena_bytes(a, n);
    assert_true(png_image_write_to_memory(&im, to, &n, 0, r.samples, 0, NULL));
    raster_done(&r);
    assert_true(fit(a, (str){ to, n }, NULL, &f));
    assert_true(f.is_same);
    assert_true(fit(a, (str){ to, n }, &(struct fit_limits){ 200, 200 }, &f));
    assert_int_equal(f.type, IMAGE_JPEG);
}

static void inks_become_colors(void **state)
{
    static const uint8_t red[] = { 255, 0, 0 };
    struct arena *a = *state;
    struct raster r;
    struct fit f;

    assert_true(fit(a, cmyk_of(a), NULL, &f));
    assert_int_equal(f.type, IMAGE_JPEG);
    decode(&f, &r);
    assert_int_equal(r.channels, CHANNELS_RGB);
    assert_color(&r, 8, 8, red);
    raster_done(&r);
}

static void profiles_are_converted(void **state)
{
    struct arena *a = *state;
    str icc = swapped_profile(a);
    struct fit f;

    if (!color_differs(icc, CHANNELS_RGB)) {
        print_message("skipped: without Little CMS\n");
        return;
    }
    str jpeg = insert(
        a, jpeg_of(a, 32, 32), 2,
        segment(a, 0xE2, arena_join(a, (str){ "ICC_PROFILE\0\1\1", 14 }, icc)));
    assert_true(fit(a, jpeg, NULL, &f));
    assert_int_equal(f.type, IMAGE_JPEG);
    assert_true(says(f.did, "sRGB"));
    assert_false(says(f.bytes, "ICC_PROFILE"));
    assert_quarters(&f, "acbd");
    assert_true(
        fit(a, png_of(a, 32, 32, (struct png_kind){ 2, 8, 0 }, icc), NULL, &f));
    assert_int_equal(f.type, IMAGE_PNG);
    assert_false(says(f.bytes, "iCCP"));
    assert_quarters(&f, "acbd");
    if (!raster_tiff_missing) {
        assert_true(fit(a, tiff_of(a, 1, icc), NULL, &f));
        assert_true(says(f.did, "sRGB"));
        assert_quarters(&f, "acbd");
        assert_true(fit(a, tiff_of(a, 6, icc), NULL, &f));
        assert_quarters(&f, "badc");
    }
}

static void profiles_of_avif_are_converted(void **state)
{
    struct arena *a = *state;
    str icc = swapped_profile(a);
    struct raster r;
    struct fit f;

    if (!color_differs(icc, CHANNELS_RGB) || raster_avif_missing) {
        print_message("skipped: without Little CMS or libavif\n");
        return;
    }
    str file = avif_with(a, "colr", arena_join(a, S("prof"), icc));
    assert_true(fit(a, file, NULL, &f));
    assert_true(says(f.did, "sRGB"));
    decode(&f, &r);
    const uint8_t *below = r.samples + 3 * (9 * (size_t)r.width + 7);
    assert_true(below[1] > 200 && below[2] < 60);
    raster_done(&r);
}

static void other_types_are_converted(void **state)
{
    struct arena *a = *state;
    const str files[] = { BYTES(bmp), BYTES(bmp_runs), BYTES(tiff) };
    struct fit f;
    struct raster r;

    for (size_t i = 0; i < 3; i++) {
        if (i == 2 && raster_tiff_missing) {
            assert_false(fit(a, files[i], NULL, &f));
            continue;
        }
        assert_true(fit(a, files[i], NULL, &f));
        assert_int_equal(f.type, IMAGE_PNG);
        decode(&f, &r);
        for (uint32_t k = 0; k < 4; k++)
            assert_color(&r, k % 2, k / 2, quarters[k]);
        raster_done(&r);
    }
    assert_int_equal(fit(a, BYTES(avif), NULL, &f), !raster_avif_missing);
    if (raster_avif_missing)
        return;
    assert_int_equal(f.type, IMAGE_JPEG);
    assert_int_equal(f.width, 14);
    decode(&f, &r);
    assert_true(r.samples[0] > 200 && r.samples[2] < 60);
    raster_done(&r);
}

static void kindle_gets_no_webp(void **state)
{
    struct arena *a = *state;
    struct fit f;
    str webp = webp_of(a, 24, 16);

    assert_true(fit(a, webp, NULL, &f));
    assert_true(f.is_same);
    assert_true(fit(a, webp, &(struct fit_limits){ .no_webp = true }, &f));
    assert_int_equal(f.type, IMAGE_PNG);
    assert_quarters(&f, "abcd");
}

static void bombs_are_refused(void **state)
{
    struct arena *a = *state;
    struct fit f;
    str png = png_of(a, 20, 12, (struct png_kind){ 2, 8, 0 }, S(""));
    char *p = (char *)arena_dup(a, png).p;

    memcpy(p + 16, "\0\1\0\0\0\1\0\0", 8);
    assert_false(fit(a, (str){ p, png.n }, NULL, &f));
}

/* A sound PNG but for one byte of its header. */
static str header_with(struct arena *a, size_t at, char value)
{
    str png = png_of(a, 20, 12, (struct png_kind){ 2, 8, 0 }, S(""));
    str head = arena_dup(a, str_sub(png, 16, 13));

    ((char *)head.p)[at - 16] = value;
    return arena_join(
        a, arena_join(a, str_sub(png, 0, 8), png_chunk_of(a, "IHDR", head)),
        str_from(png, 33));
}

/* What decoders mend is made anew, and what they don't is refused. */
static void blocks_of_odd_lengths_go(void **state)
{
    struct arena *a = *state;
    struct fit f;
    const str good = { "!\xF9\4\0\0\0\0\0", 8 };
    const str odd = { "!\xF9\4\0\0\0\0\1x\0", 10 };
    str webp = webp_of(a, 24, 16);

    assert_true(fit(a, insert(a, BYTES(gif), 19, good), NULL, &f));
    assert_int_equal(f.type, IMAGE_GIF);
    assert_true(fit(a, insert(a, BYTES(gif), 19, odd), NULL, &f));
    assert_int_equal(f.type, IMAGE_PNG);
    /* A chunk that says that it is longer than the file. */
    char head[30] = "RIFF\0\0\0\0WEBPVP8XVP8 \0\0\0\0"
                    "\x17\0\0\x0F\0";
    str long_one = arena_join(a, (str){ head, 30 }, str_from(webp, 12));
    ((char *)long_one.p)[4] = (char)(long_one.n - 8);
    ((char *)long_one.p)[5] = (char)((long_one.n - 8) >> 8);
    assert_false(fit(a, long_one, NULL, &f));
}

static void what_it_unpacks_to_is_counted(void **state)
{
    static const struct png_kind kinds[] = { { 2, 8, 0 },  { 2, 8, 1 },
                                             { 0, 16, 1 }, { 3, 8, 1 },
                                             { 6, 8, 1 },  { 4, 16, 0 } };
    static const uint32_t sides[] = { 1, 2, 3, 5, 8, 9, 40 };
    struct arena *a = *state;

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t i = 0; i < 7 * 7; i++) {
            struct fit f;
            str png = png_of(a, sides[i / 7], sides[i % 7], kinds[k], S(""));
            assert_true(fit(a, png, NULL, &f));
            assert_true(f.is_same);
        }
}

/* A PNG of 20 x 12, with right checksums, of this stream. */
static str png_with(struct arena *a, str stream)
{
    str png = png_of(a, 20, 12, (struct png_kind){ 2, 8, 0 }, S(""));
    str s = arena_join(a, str_sub(png, 0, 33), png_chunk_of(a, "IDAT", stream));

    return arena_join(a, s, png_chunk_of(a, "IEND", S("")));
}

static void pixels_that_do_not_unpack_are_refused(void **state)
{
    enum { ROW = 1 + 3 * 20, ALL = 12 * ROW };
    struct arena *a = *state;
    str rows = { arena_alloc(a, ALL + ROW), ALL };
    str packed = zstream_pack(rows, a), odd = arena_dup(a, packed);
    struct fit f;

    assert_true(fit(a, png_with(a, packed), NULL, &f));
    assert_true(f.is_same);
    /* Not deflate; cut off; a row too few; a filter that there is not. */
    memset((char *)odd.p + 2, 0xFF, 4);
    assert_false(fit(a, png_with(a, odd), NULL, &f));
    assert_false(fit(a, png_with(a, str_sub(packed, 0, 9)), NULL, &f));
    str few = zstream_pack(str_sub(rows, 0, ALL - ROW), a);
    assert_false(fit(a, png_with(a, few), NULL, &f));
    ((char *)rows.p)[3 * ROW] = 5;
    assert_false(fit(a, png_with(a, zstream_pack(rows, a)), NULL, &f));
    /* Readers may or may not mind a row too many. */
    ((char *)rows.p)[3 * ROW] = 0;
    rows.n += ROW;
    assert_true(fit(a, png_with(a, zstream_pack(rows, a)), NULL, &f));
    assert_false(f.is_same);
    assert_int_equal(f.height, 12);
}

static void damage_is_mended_or_refused(void **state)
{
    struct arena *a = *state;
    struct fit f;
    str png = png_of(a, 20, 12, (struct png_kind){ 2, 8, 0 }, S(""));
    str jpeg = jpeg_of(a, 32, 32), text = png_chunk_of(a, "tEXt", S("a"));

    /* A wrong checksum where it doesn't matter, and where it does. */
    ((char *)text.p)[text.n - 1] ^= 1;
    assert_true(fit(a, insert(a, png, 33, text), NULL, &f));
    assert_false(f.is_same);
    assert_quarters(&f, "abcd");
    ((char *)png.p)[32] ^= 1;
    assert_false(fit(a, png, NULL, &f));
    /* Methods of compression and filtering that there are not. */
    for (size_t at = 26; at < 28; at++) {
        str odd = header_with(a, at, 1);
        assert_false(fit(a, odd, NULL, &f));
    }
    /* Tables that are none: 17 code lengths that overflow. */
    size_t tables = str_find(jpeg, S("\xFF\xC4"));
    memset((char *)jpeg.p + tables + 5, 0xFF, 16);
    assert_false(fit(a, jpeg, NULL, &f));
}

#define ROOT                                                                   \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                             \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" "                               \
    "xmlns:xlink=\"http://www.w3.org/1999/xlink\""

static const struct {
    const char *in, *want; /* inside of svg */
} drawings[] = {
    { "<g/>", "<g/>" },
    { "<g onclick='x()' fill=red/>", NULL },
    { "<g onclick='x()' fill='red'/>", "<g fill=\"red\"/>" },
    { "<script>a &lt; b</script><g/>", "<g/>" },
    { "<x:script/><foreignObject><p>x</p></foreignObject><g/>", "<g/>" },
    { "<image href='http://e.org/a.png' width='3'/>", "<image width=\"3\"/>" },
    { "<image xlink:href='data:image/png;base64,AA'/>",
      "<image xlink:href=\"data:image/png;base64,AA\"/>" },
    { "<image href='data:image/svg+xml,x'/>", "<image/>" },
    { "<use href='#a'/><a href='javascript:x'>t</a>", "<use/><a>t</a>" },
    { "<use href=' #a'/><a id='a' href='#a'>t</a>",
      "<use href=\"#a\"/><a id=\"a\">t</a>" },
    { "<g fill='url(#a)' stroke='url(#a) red'/><path clip-path='url(#a)'/>",
      "<g fill=\"none\" stroke=\"red\"/><path clip-path=\"url(#a)\"/>" },
    { "<g fill='url( \"#a\" )'/><pattern id='a'/>",
      "<g fill=\"url(#a)\"/><pattern id=\"a\"/>" },
    /* Not what is wanted there. */
    { "<g fill='url(#a)'/><g id='a'/><use href='#b'/><clipPath id='b'/>",
      "<g fill=\"none\"/><g id=\"a\"/><use/><clipPath id=\"b\"/>" },
    { "<g fill='url(#a)'/><script><pattern id='a'/></script>",
      "<g fill=\"none\"/>" },
    { "<g fill='url(#a' a='url(#b'/>", "<g fill=\"none\" a=\"none\"/>" },
    { "<g style='fill:u\1rl(http://e.org)' a='\1\xEF\xBF\xBE'/>",
      "<g style=\"fill:none\"/>" },
    { "<style><![CDATA[a{b:ur\1l(http://e.org)}]]></style>",
      "<style>a{b:none}</style>" },
    { "<g style='fill:url(//e.org/a);stroke:url(#b)'/>",
      "<g style=\"fill:none;stroke:url(#b)\"/>" },
    { "<g style='fill:u&#114;l(http://e.org)'/>", "<g style=\"fill:none\"/>" },
    { "<g fill='u\\72l(http://e.org)'/>", "<g/>" },
    { "<style>@import 'a.css';a{b:c}</style>", "<style>a{b:c}</style>" },
    { "<style><![CDATA[a>b{c:u]]>rl(http://e.org)}</style>",
      "<style>a&gt;b{c:none}</style>" },
    { "<set attributeName='href' to='javascript:x'/>", "" },
    { "<text>&a;&lt;&#65;&#0;&nbsp;</text>", "<text>&lt;A</text>" },
    { "<!-- x --><?php x ?><g id='a'/><g id='a'/><g id='1 a'/>",
      "<g id=\"a\"/><g/><g/>" },
    { "<sodipodi:namedview a='b'><g/></sodipodi:namedview>", "" },
    { "<g a='1' a='2' i:b='3'/>", "<g a=\"1\"/>" },
    { "<metadata>SECRET</metadata><desc>d</desc>", "<desc>d</desc>" },
    { "<g", NULL },
    { "<g></h>", NULL },
};

static void drawings_are_cleaned(void **state)
{
    struct arena *a = *state;

    for (size_t i = 0; i < sizeof drawings / sizeof *drawings; i++) {
        str in = arena_printf(a,
                              "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg "
                              "xmlns='&a;' width='3'>%s</svg>",
                              drawings[i].in);
        struct fit f;
        bool ok = fit(a, in, NULL, &f);
        if (!drawings[i].want) {
            assert_false(ok);
            continue;
        }
        assert_true(ok);
        assert_int_equal(f.type, IMAGE_SVG);
        assert_string_equal(
            arena_cstr(a, f.bytes),
            arena_cstr(a, arena_printf(a, ROOT " width=\"3\">%s</svg>",
                                       drawings[i].want)));
    }
    struct fit f;
    assert_true(fit(a,
                    S("<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:g/>"
                      "<g/></s:svg>"),
                    NULL, &f));
    assert_string_equal(arena_cstr(a, f.bytes), ROOT "><g/></svg>");
    /* What is clean stays as it is. */
    struct fit again;
    assert_true(fit(a, f.bytes, NULL, &again));
    assert_true(again.is_same);
}

/* Whatever is changed in a file: a picture, or a word why there is none. */
static void mutations_do_no_harm(void **state)
{
    struct arena *a = *state;
    const str files[] = {
        jpeg_of(a, 40, 24),
        cmyk_of(a),
        png_of(a, 40, 24, (struct png_kind){ 2, 8, 0 }, swapped_profile(a)),
        png_of(a, 40, 24, (struct png_kind){ 3, 8, 1 }, S("")),
        png_of(a, 40, 24, (struct png_kind){ 6, 16, 0 }, S("")),
        webp_of(a, 40, 24),
        BYTES(gif),
        BYTES(bmp),
        BYTES(bmp_runs),
        BYTES(tiff),
        BYTES(avif),
        S("<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]><svg "
          "width='9'><style>@import 'x';a{b:url(#c)}</style><g id='c' "
          "style='a:b'>&amp;<![CDATA[x]]></g></svg>")
    };
    const struct fit_limits limits[] = {
        { 0 }, { .width = 8, .height = 8, .no_webp = true }
    };
    uint32_t seed = 1;

    for (size_t f = 0; f < sizeof files / sizeof *files; f++)
        for (int i = 0; i < mutations; i++) {
            struct arena scratch;
            struct fit out;
            arena_init(&scratch);
            str s = arena_dup(&scratch, files[f]);
            for (int k = 0; k < 1 + i % 4; k++) {
                seed = seed * 1664525 + 1013904223;
                ((char *)s.p)[(seed >> 8) % s.n] = (char)(seed >> 24);
            }
            if (i % 5 == 4)
                s.n = (seed >> 8) % s.n + 1;
            if (fit(&scratch, s, &limits[i % 2], &out))
                assert_true(out.bytes.n > 0);
            arena_done(&scratch);
        }
}

int main(int argc, char **argv)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, arena_setup, arena_teardown)
    const struct CMUnitTest tests[] = {
        TEST(photos_are_turned_upright),
        TEST(other_types_are_turned_upright),
        TEST(avif_is_turned_upright),
        TEST(profiles_of_avif_are_converted),
        TEST(metadata_of_jpeg_go),
        TEST(metadata_of_png_go),
        TEST(metadata_of_gif_and_webp_go),
        TEST(large_ones_are_reduced),
        TEST(noise_becomes_jpeg),
        TEST(inks_become_colors),
        TEST(profiles_are_converted),
        TEST(other_types_are_converted),
        TEST(kindle_gets_no_webp),
        TEST(bombs_are_refused),
        TEST(drawings_are_cleaned),
        TEST(damage_is_mended_or_refused),
        TEST(what_it_unpacks_to_is_counted),
        TEST(pixels_that_do_not_unpack_are_refused),
        TEST(blocks_of_odd_lengths_go),
        TEST(mutations_do_no_harm),
    };

    if (argc > 1)
        mutations = atoi(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
