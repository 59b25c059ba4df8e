/* SPDX-License-Identifier: MIT */
/* Pictures that print takes as they were kept: what is recalled is what was
 * made, and nothing is looked at again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "assets/cache.h"
#include "assets/made.h"
#include "assets/zstream.h"
#include "base/file.h"
#include "base/hash.h"
#include "check.h"
#include "pdf/pdfimage.h"
#include "tempdir.h"

#define SIDE 100
#define ROW  (1 + SIDE)

struct world {
    struct arena a;
    struct diag dg;
    str dir;
    struct cache *cache;
    struct made *made;
    struct flate *flate;
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);

    arena_init(&w->a);
    diag_init(&w->dg, &w->a);
    w->dir = tempdir_new(&w->a);
    w->cache = cache_open(w->dir);
    w->made = made_open(w->cache);
    w->flate = flate_new();
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    str command = arena_printf(&w->a, "rm -rf '%s'", w->dir.p);

    flate_free(w->flate);
    made_close(w->made);
    cache_close(w->cache);
    int failed = system(command.p);
    arena_done(&w->a);
    free(w);
    return failed;
}

static void put_big32(struct buf *b, uint32_t v)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_putc(b, (char)(v >> shift));
}

static void put_chunk(struct buf *png, const char *type, str data)
{
    put_big32(png, (uint32_t)data.n);
    size_t start = png->n;
    buf_puts(png, type);
    buf_put(png, data);
    put_big32(png, zstream_crc(str_from(buf_str(png), start)));
}

/* A grey PNG of SIDE x SIDE of ROWS, its stream in N pieces. */
static str png_of(struct world *w, str stream, size_t n)
{
    struct buf png = { 0 };
    char header[13] = { 0, 0, 0, SIDE, 0, 0, 0, SIDE, 8, 0, 0, 0, 0 };

    buf_puts(&png, "\x89PNG\r\n\x1a\n");
    put_chunk(&png, "IHDR", (str){ header, sizeof header });
    for (size_t i = 0; i < n; i++) {
        size_t from = stream.n * i / n, to = stream.n * (i + 1) / n;
        put_chunk(&png, "IDAT", str_sub(stream, from, to - from));
    }
    put_chunk(&png, "IEND", (str){ 0 });
    str out = arena_dup(&w->a, buf_str(&png));
    buf_done(&png);
    return out;
}

/* Rows of noise, or of one grey. */
static str rows_of(struct world *w, bool noise)
{
    char *rows = arena_alloc(&w->a, ROW * SIDE);
    uint32_t seed = 7;

    for (size_t i = 0; noise && i < ROW * SIDE; i++) {
        seed = seed * 1664525 + 1013904223;
        rows[i] = i % ROW ? (char)(seed >> 24) : 0;
    }
    return (str){ rows, ROW * SIDE };
}

/* RFC 1950 and 1951: one stored block. */
static str store(struct world *w, str bytes)
{
    struct buf b = { 0 };
    char n = (char)bytes.n, m = (char)(bytes.n >> 8);
    char head[] = { 0x78, 0x01, 1, n, m, (char)~n, (char)~m };

    buf_put(&b, (str){ head, sizeof head });
    buf_put(&b, bytes);
    put_big32(&b, zstream_adler(bytes));
    str out = arena_dup(&w->a, buf_str(&b));
    buf_done(&b);
    return out;
}

static bool make(struct world *w, str bytes, str digest, struct pdf_image *out)
{
    struct image im = { .type = IMAGE_PNG,
                        .bytes = bytes,
                        .name = S("3f2a9c.png"),
                        .path = S("a.png"),
                        .width = SIDE,
                        .height = SIDE,
                        .digest = digest };
    struct pdf_image_options o = { .w = 100000,
                                   .h = 100000,
                                   .dpi = 300,
                                   .from = S("post.md"),
                                   .flate = w->flate,
                                   .kept = w->made };

    *out = (struct pdf_image){ 0 };
    return pdf_image_make(out, &im, &o, &w->a, &w->dg);
}

static str digest_of(struct world *w, str bytes)
{
    uint8_t digest[SHA256_SIZE];

    hash_sha256(bytes, digest);
    return arena_dup(&w->a, (str){ (char *)digest, SHA256_SIZE });
}

/* Bytes of all that is kept. */
static size_t kept_bytes(struct world *w)
{
    str pack = { 0 };

    file_read(arena_printf(&w->a, "%s/packs/1", w->dir.p), 1u << 20, &w->a,
              &pack);
    return pack.n;
}

/* Makes PNG and recalls it with pixels that can't be unpacked any more: what
 * comes then is not looked at. Returns what the first call gave. */
static struct pdf_image twice(struct world *w, str png)
{
    struct pdf_image first, second;
    str digest = digest_of(w, png);
    char *bad = (char *)arena_dup(&w->a, png).p;

    assert_true(make(w, png, digest, &first));
    memset(bad + str_find(png, S("IDAT")) + 4, 0xFF, 8);
    assert_false(make(w, (str){ bad, png.n }, S(""), &second));
    assert_true(make(w, (str){ bad, png.n }, digest, &second));
    assert_true(str_eq(first.name, second.name));
    assert_true(str_eq(first.dict, second.dict));
    assert_int_equal(first.bytes.n, second.bytes.n);
    assert_true(make(w, png, digest, &second));
    assert_true(str_eq(first.bytes, second.bytes));
    return first;
}

static void passed_pixels_are_not_kept_again(void **state)
{
    struct world *w = *state;
    str stream = zstream_pack(rows_of(w, true), &w->a);

    for (size_t n = 1; n < 4; n++) {
        struct pdf_image im = twice(w, png_of(w, stream, n));
        assert_true(str_eq(im.bytes, stream));
        assert_true(kept_bytes(w) >= 1 && kept_bytes(w) <= 500 * n);
    }
}

static void pixels_packed_again_are_kept(void **state)
{
    struct world *w = *state;
    str stream = store(w, rows_of(w, false));
    struct pdf_image im = twice(w, png_of(w, stream, 1));

    assert_true(im.bytes.n >= 1 && im.bytes.n <= stream.n / 4);
}

/* To pack them again would win no more than a few bytes. */
static void noise_stays_as_it_was_packed(void **state)
{
    struct world *w = *state;
    str rows = rows_of(w, true);
    /* An empty block in front, so that there is something to win. */
    str stream = store(w, rows), head = str_sub(stream, 0, 2);
    str longer = arena_join(&w->a, head, (str){ "\0\0\0\xFF\xFF", 5 });
    longer = arena_join(&w->a, longer, str_from(stream, 2));
    struct pdf_image im;

    assert_true(make(w, png_of(w, longer, 1), S(""), &im));
    assert_true(str_eq(im.bytes, longer));
}

static void small_ones_are_made_anew(void **state)
{
    struct world *w = *state;
    str png = png_of(w, zstream_pack(rows_of(w, false), &w->a), 1);
    struct pdf_image im;

    assert_true(make(w, png, digest_of(w, png), &im));
    assert_int_equal(kept_bytes(w), 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(passed_pixels_are_not_kept_again),
        TEST(pixels_packed_again_are_kept),
        TEST(noise_stays_as_it_was_packed),
        TEST(small_ones_are_made_anew),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
