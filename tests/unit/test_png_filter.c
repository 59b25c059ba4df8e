/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "assets/png_filter.h"
#include "assets/png_split.h"
#include "assets/png_unfilter.h"

#define WIDTH  7
#define HEIGHT 11
#define MOST   (WIDTH * HEIGHT * 4)

/* The predictor of PNG's clause 9.2: of the samples to the left, above, and
 * above that to the left. */
static int predicted(unsigned filter, int a, int b, int c)
{
    int p = a + b - c;

    switch (filter) {
    case 1:
        return a;
    case 2:
        return b;
    case 3:
        return (a + b) / 2;
    case 4:
        return abs(p - a) <= abs(p - b) && abs(p - a) <= abs(p - c) ? a
               : abs(p - b) <= abs(p - c)                           ? b
                                                                    : c;
    default:
        return 0;
    }
}

static int prediction(const uint8_t *samples, unsigned filter, size_t y,
                      size_t i, unsigned channels)
{
    const uint8_t *at = samples + WIDTH * channels * y + i;
    bool left = i >= channels;

    return predicted(filter, left ? at[-(int)channels] : 0,
                     y ? at[-(int)(WIDTH * channels)] : 0,
                     left && y ? at[-(int)((WIDTH + 1) * channels)] : 0);
}

/* Every row by a filter: FIRST for the top one, the next in turn. */
static struct png_rows filtered(const uint8_t *samples, unsigned channels,
                                unsigned first)
{
    struct png_rows r = { NULL, WIDTH, HEIGHT, channels };
    size_t n = WIDTH * channels;
    uint8_t *to = r.bytes = malloc(png_rows_size(&r));

    assert_non_null(to);
    for (size_t y = 0; y < HEIGHT; y++) {
        unsigned filter = (first + (unsigned)y * first) % PNG_FILTERS;
        *to++ = (uint8_t)filter;
        for (size_t i = 0; i < n; i++)
            *to++ = (uint8_t)(samples[n * y + i] -
                              prediction(samples, filter, y, i, channels));
    }
    return r;
}

static void assert_rows(const struct png_rows *r, const uint8_t *expected)
{
    size_t n = r->width * r->channels;
    uint8_t samples[MOST];

    for (size_t y = 0; y < HEIGHT; y++) {
        const uint8_t *row = r->bytes + (n + 1) * y;
        for (size_t i = 0; i < n; i++)
            samples[n * y + i] = (uint8_t)(row[1 + i] +
                                           prediction(samples, row[0], y, i,
                                                      r->channels));
    }
    assert_memory_equal(samples, expected, n * HEIGHT);
}

/* Channels FROM to TO of SAMPLES. */
static const uint8_t *part(const uint8_t *samples, unsigned channels,
                           unsigned from, unsigned to, uint8_t *out)
{
    uint8_t *at = out;

    for (size_t i = 0; i < WIDTH * HEIGHT; i++)
        for (unsigned c = from; c < to; c++)
            *at++ = samples[i * channels + c];
    return out;
}

static void fill(uint8_t *samples, unsigned channels, bool grey, bool opaque)
{
    uint32_t seed = 7;

    for (size_t i = 0; i < WIDTH * HEIGHT * channels; i++) {
        seed = seed * 1103515245u + 12345u;
        samples[i] = (uint8_t)(seed >> 16);
        if (opaque && i % channels == channels - 1)
            samples[i] = 255;
        else if (grey && i % channels > 0)
            samples[i] = samples[i - 1];
    }
}

static void undo(struct png_rows *r)
{
    static const uint8_t zeros[WIDTH * 4] = { 0 };
    const uint8_t *above = zeros;
    size_t n = r->width * r->channels;

    for (size_t y = 0; y < r->height; y++) {
        uint8_t *row = r->bytes + (n + 1) * y;
        png_unfilter(*row, row + 1, above, n, r->channels);
        above = row + 1;
        assert_true(*row < PNG_FILTERS);
    }
}

static void assert_samples(const struct png_rows *r, const uint8_t *expected)
{
    size_t n = r->width * r->channels;

    for (size_t y = 0; y < r->height; y++)
        assert_memory_equal(r->bytes + (n + 1) * y + 1, expected + n * y, n);
}

static void filters_are_undone(void **state)
{
    uint8_t samples[MOST];

    for (unsigned channels = 1; channels <= 4; channels++)
        for (unsigned first = 0; first < PNG_FILTERS; first++) {
            fill(samples, channels, false, false);
            struct png_rows r = filtered(samples, channels, first);
            undo(&r);
            assert_samples(&r, samples);
            free(r.bytes);
        }
}

/* Whatever filters it chooses. */
static void ours_are_undone(void **state)
{
    uint8_t samples[MOST];

    for (unsigned channels = 1; channels <= 4; channels++)
        for (unsigned smooth = 0; smooth < 2; smooth++) {
            fill(samples, channels, smooth, false);
            struct raster from = { WIDTH, HEIGHT, channels, samples };
            struct png_rows r = { NULL, WIDTH, HEIGHT, channels };
            r.bytes = malloc(png_rows_size(&r));
            assert_non_null(r.bytes);
            png_filter(&from, r.bytes);
            undo(&r);
            assert_samples(&r, samples);
            free(r.bytes);
        }
}

static void colors_and_alpha_come_apart(void **state)
{
    static const unsigned kinds[] = { CHANNELS_GREY_ALPHA, CHANNELS_RGBA };
    uint8_t samples[MOST], expected[MOST];
    struct png_rows r, alpha;

    for (unsigned k = 0; k < 2; k++)
        for (unsigned first = 0; first < PNG_FILTERS; first++) {
            fill(samples, kinds[k], false, false);
            r = filtered(samples, kinds[k], first);
            assert_true(png_split_alpha(&r, &alpha));
            assert_int_equal(r.channels, kinds[k] - 1);
            assert_int_equal(alpha.channels, 1);
            assert_rows(&r, part(samples, kinds[k], 0, kinds[k] - 1, expected));
            assert_rows(&alpha, part(samples, kinds[k], kinds[k] - 1, kinds[k],
                                     expected));
            free(r.bytes);
            free(alpha.bytes);
        }
}

static void opaque_pictures_have_no_alpha(void **state)
{
    uint8_t samples[MOST], expected[MOST];
    struct png_rows r, alpha;

    for (unsigned first = 0; first < PNG_FILTERS; first++) {
        fill(samples, CHANNELS_RGBA, false, true);
        r = filtered(samples, CHANNELS_RGBA, first);
        assert_false(png_split_alpha(&r, &alpha));
        assert_null(alpha.bytes);
        assert_rows(&r, part(samples, CHANNELS_RGBA, 0, 3, expected));
        free(r.bytes);
    }
}

/* Wherever it stands. */
static void one_clear_pixel_is_found(void **state)
{
    uint8_t samples[MOST];
    struct png_rows r, alpha;

    for (unsigned first = 0; first < PNG_FILTERS; first++)
        for (size_t i = 0; i < WIDTH * HEIGHT; i++) {
            fill(samples, CHANNELS_GREY_ALPHA, false, true);
            samples[i * 2 + 1] = (uint8_t)i;
            r = filtered(samples, CHANNELS_GREY_ALPHA, first);
            assert_true(png_split_alpha(&r, &alpha));
            free(r.bytes);
            free(alpha.bytes);
        }
}

static void grey_takes_one_channel(void **state)
{
    uint8_t samples[MOST], expected[MOST];

    for (unsigned first = 0; first < PNG_FILTERS; first++) {
        fill(samples, CHANNELS_RGB, true, false);
        struct png_rows r = filtered(samples, CHANNELS_RGB, first);
        png_drop_grey(&r);
        assert_int_equal(r.channels, 1);
        assert_rows(&r, part(samples, CHANNELS_RGB, 0, 1, expected));
        free(r.bytes);
        samples[MOST / 4 * 3 - 1] ^= 1;
        r = filtered(samples, CHANNELS_RGB, first);
        png_drop_grey(&r);
        assert_int_equal(r.channels, 3);
        assert_rows(&r, samples);
        free(r.bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filters_are_undone),
        cmocka_unit_test(ours_are_undone),
        cmocka_unit_test(colors_and_alpha_come_apart),
        cmocka_unit_test(opaque_pictures_have_no_alpha),
        cmocka_unit_test(one_clear_pixel_is_found),
        cmocka_unit_test(grey_takes_one_channel),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
