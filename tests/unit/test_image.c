/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "assets/image.h"

/* The smallest pictures of each type that are whole: 3 x 2 pixels, made by
 * hand; only headers and ends are looked at. */
#define JPEG                                                                   \
    "\xFF\xD8\xFF\xE0\x00\x04JF\xFF\xC0\x00\x0B\x08\x00\x02\x00\x03\x01\x01"   \
    "\x11\x00\xFF\xDA\x00\x02xx\xFF\xD9"
#define PNG_HEAD                                                               \
    "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0cccc"
#define PNG PNG_HEAD "\0\0\0\x01IDATxcccc\0\0\0\0IENDcccc"
#define GIF                                                                    \
    "GIF89a\x03\0\x02\0\x80\0\0rgbrgb\x21\xF9\x04\0\0\0\0\0\x2C\0\0\0\0\x03\0" \
    "\x02\0\0\x02\x02xx\0\x3B"
#define WEBP_VP8                                                               \
    "RIFF\x16\0\0\0WEBPVP8 \x0A\0\0\0\x10\x02\0\x9D\x01\x2A\x03\0\x02\0"
#define WEBP_VP8L "RIFF\x16\0\0\0WEBPVP8L\x0A\0\0\0\x2F\x02\x40\0\0\0\0\0\0\0"
#define WEBP_VP8X "RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x02\0\0\x01\0\0"

#define SVG(inside)                                                            \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width='3' height='2px'>" inside \
    "</svg>"

static const struct {
    str bytes;
    enum image_type type;
    bool ok;
    uint32_t width, height;
} images[] = {
    { STR_INIT(JPEG), IMAGE_JPEG, true, 3, 2 },
    { STR_INIT(JPEG "camera"), IMAGE_JPEG, true, 3, 2 },
    { STR_INIT(PNG), IMAGE_PNG, true, 3, 2 },
    { STR_INIT(GIF), IMAGE_GIF, true, 3, 2 },
    { STR_INIT(WEBP_VP8), IMAGE_WEBP, true, 3, 2 },
    { STR_INIT(WEBP_VP8L), IMAGE_WEBP, true, 3, 2 },
    { STR_INIT(WEBP_VP8X), IMAGE_WEBP, true, 3, 2 },
    { STR_INIT(SVG("<path d='M0 0'/>")), IMAGE_SVG, true, 3, 2 },
    { STR_INIT("\xEF\xBB\xBF<?xml version='1.0'?><!-- < & -->"
               "<!DOCTYPE svg PUBLIC 'a' 'b'>" SVG("<g>&amp;&#65;</g>")),
      IMAGE_SVG, true, 3, 2 },
    { STR_INIT("<svg viewBox='-1 -1.5 30.4 20' width='100%'/>"), IMAGE_SVG,
      true, 30, 20 },
    { STR_INIT("<svg/>"), IMAGE_SVG, true, 0, 0 },
    { STR_INIT(SVG("<style>.a{fill:url(#b)}</style><use href='#c'/>")),
      IMAGE_SVG, true, 3, 2 },
    { STR_INIT(SVG("<a href='https://example.org/'><g/></a>")), IMAGE_SVG, true,
      3, 2 },
    /* Such parts are left out later. */
    { STR_INIT(SVG("<script/><x:script/><g onload='x()'/>")), IMAGE_SVG, true,
      3, 2 },
    { STR_INIT(SVG("<style>@import 'a.css';</style>&nbsp;")), IMAGE_SVG, true,
      3, 2 },
    { STR_INIT("<!DOCTYPE svg [<!-- don't > -->\n<!ENTITY a 'a]>'>]>"
               "<svg width='9'>&a;</svg>"),
      IMAGE_SVG, true, 9, 0 },
    { STR_INIT("<?xml-stylesheet href='a'?><svg width='9'/>"), IMAGE_SVG, true,
      9, 0 },
    { STR_INIT(SVG("<g>")), IMAGE_SVG, false, 0, 0 },
    { STR_INIT(SVG("<g></h>")), IMAGE_SVG, false, 0, 0 },
    { STR_INIT(SVG("<g a=b/>")), IMAGE_SVG, false, 0, 0 },
    { STR_INIT(SVG("") "<svg/>"), IMAGE_SVG, false, 0, 0 },
    { STR_INIT(SVG("") "x"), IMAGE_SVG, false, 0, 0 },
    { STR_INIT("<svg"), IMAGE_SVG, false, 0, 0 },
    { STR_INIT("<svg>\xFF</svg>"), IMAGE_SVG, false, 0, 0 },
    { STR_INIT("<html><svg/></html>"), IMAGE_SVG, false, 0, 0 },
    { STR_INIT(PNG_HEAD "\0\0\0\0IENDcccc"), IMAGE_PNG, false, 0, 0 },
    { STR_INIT(PNG_HEAD "\xFF\xFF\xFF\xFFIDATxcccc"), IMAGE_PNG, false, 0, 0 },
    { STR_INIT("RIFF\xFF\xFF\0\0WEBPVP8 "), IMAGE_WEBP, false, 0, 0 },
    { STR_INIT("AVI?\xFF\xFF\0\0WEBPVP8 "), IMAGE_WEBP, false, 0, 0 },
    { STR_INIT("%PDF-1.4"), IMAGE_UNKNOWN, false, 0, 0 },
    { STR_INIT("<!DOCTYPE html><p>Not found"), IMAGE_UNKNOWN, false, 0, 0 },
    { STR_INIT("\xFF\xD8"), IMAGE_UNKNOWN, false, 0, 0 },
    { STR_INIT(""), IMAGE_UNKNOWN, false, 0, 0 },
};

static bool identify(str bytes, enum image_type *type, uint32_t *w, uint32_t *h)
{
    const char *why;
    /* A copy that ends where the bytes end, for the sanitizer. */
    char *copy = malloc(bytes.n ? bytes.n : 1);
    bool ok;

    memcpy(copy, bytes.p, bytes.n);
    ok = image_identify((str){ copy, bytes.n }, type, w, h, &why);
    free(copy);
    assert_int_equal(ok, why == NULL);
    return ok;
}

static void test_identify(void **state)
{
    for (size_t i = 0; i < sizeof images / sizeof *images; i++) {
        enum image_type type;
        uint32_t w, h;

        if (identify(images[i].bytes, &type, &w, &h) != images[i].ok)
            fail_msg("picture %zu", i);
        assert_int_equal(type, images[i].type);
        if (!images[i].ok)
            continue;
        assert_int_equal(w, images[i].width);
        assert_int_equal(h, images[i].height);
    }
}

/* Every beginning of a whole picture but the whole is no picture. (A JPEG's
 * comment for the camera may go, and white space behind an SVG.) */
static void test_truncated(void **state)
{
    for (size_t i = 0; i < sizeof images / sizeof *images; i++) {
        enum image_type type;
        uint32_t w, h;

        if (i == 1 || !images[i].ok)
            continue;
        for (size_t n = 0; n < images[i].bytes.n; n++)
            if (identify(str_sub(images[i].bytes, 0, n), &type, &w, &h))
                fail_msg("picture %zu, first %zu bytes", i, n);
    }
}

/* Any byte changed to anything: no fault, and never a size of 0 x N. */
static void test_mutated(void **state)
{
    for (size_t i = 0; i < sizeof images / sizeof *images; i++) {
        str s = images[i].bytes;
        char *copy = malloc(s.n + 1);

        for (size_t at = 0; at < s.n; at++)
            for (int c = 0; c < 256; c += 3) {
                enum image_type type;
                uint32_t w, h;

                memcpy(copy, s.p, s.n);
                copy[at] = (char)c;
                if (identify((str){ copy, s.n }, &type, &w, &h) &&
                    type != IMAGE_SVG)
                    assert_true(w > 0 && h > 0);
            }
        free(copy);
    }
}

static void test_names(void **state)
{
    assert_string_equal(image_media_type(IMAGE_JPEG), "image/jpeg");
    assert_string_equal(image_extension(IMAGE_JPEG), "jpg");
    assert_string_equal(image_media_type(IMAGE_SVG), "image/svg+xml");
    assert_string_equal(image_extension(IMAGE_WEBP), "webp");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identify),
        cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_mutated),
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
