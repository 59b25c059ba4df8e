/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "assets/raster.h"
#include "base/arena.h"

/* libjpeg leaves by longjmp when it meets an error. */
struct failure {
    struct jpeg_error_mgr mgr;
    jmp_buf back;
};

static void fail(j_common_ptr c)
{
    struct failure *f = (struct failure *)(void *)c->err;

    longjmp(f->back, 1);
}

static void be_quiet(j_common_ptr c)
{
}

static void put_rgb(const uint8_t *from, uint32_t width, uint8_t *to)
{
    for (uint32_t x = 0; x < width; x++, from += 3, to += 4) {
        for (int i = 0; i < 3; i++)
            to[i] = from[i];
        to[3] = 255;
    }
}

/* Inks without a profile: what screens do. Adobe stores them inverted. */
static void put_cmyk(const uint8_t *from, uint32_t width, bool inverted,
                     uint8_t *to)
{
    for (uint32_t x = 0; x < width; x++, from += 4, to += 4) {
        unsigned black = inverted ? from[3] : 255u - from[3];
        for (int i = 0; i < 3; i++) {
            unsigned ink = inverted ? from[i] : 255u - from[i];
            to[i] = (uint8_t)(ink * black / 255);
        }
        to[3] = 255;
    }
}

/* ROW has room for one row. False: libjpeg gave up. */
static bool read_rows(struct jpeg_decompress_struct *d, struct raster *out,
                      uint8_t **row)
{
    struct failure *f = (struct failure *)(void *)d->err;

    if (setjmp(f->back))
        return false;
    d->out_color_space = d->num_components == 4 ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(d);
    *row = malloc((size_t)d->output_width * 4);
    if (!*row)
        die("out of memory");
    while (d->output_scanline < d->output_height) {
        uint8_t *to = out->rgba + (size_t)d->output_scanline * out->width * 4;
        JSAMPROW rows[1] = { *row };
        jpeg_read_scanlines(d, rows, 1);
        if (d->num_components == 4)
            put_cmyk(*row, out->width, d->saw_Adobe_marker, to);
        else
            put_rgb(*row, out->width, to);
    }
    return true;
}

static bool read_header(struct jpeg_decompress_struct *d, str bytes)
{
    struct failure *f = (struct failure *)(void *)d->err;

    if (setjmp(f->back))
        return false;
    jpeg_create_decompress(d);
    jpeg_mem_src(d, (const unsigned char *)bytes.p, bytes.n);
    jpeg_read_header(d, TRUE);
    return true;
}

/* Faults that end decoding show in the tables or the first row; of files with
 * several scans libjpeg reads all before that. */
static bool read_first_row(struct jpeg_decompress_struct *d, uint8_t **row)
{
    struct failure *f = (struct failure *)(void *)d->err;

    if (setjmp(f->back))
        return false;
    d->scale_num = 1;
    d->scale_denom = 8;
    d->dct_method = JDCT_IFAST;
    d->do_block_smoothing = FALSE;
    jpeg_start_decompress(d);
    *row = malloc((size_t)d->output_width * 4);
    if (!*row)
        die("out of memory");
    JSAMPROW rows[1] = { *row };
    jpeg_read_scanlines(d, rows, 1);
    return true;
}

static void be_ready(struct jpeg_decompress_struct *d, struct failure *f)
{
    d->err = jpeg_std_error(&f->mgr);
    f->mgr.error_exit = fail;
    f->mgr.output_message = be_quiet;
}

bool raster_jpeg_is_sound(str bytes)
{
    struct failure f;
    struct jpeg_decompress_struct d = { 0 };
    uint8_t *row = NULL;

    be_ready(&d, &f);
    bool sound = read_header(&d, bytes) &&
                 (uint64_t)d.image_width * d.image_height <=
                     RASTER_PIXELS_MAX &&
                 read_first_row(&d, &row);
    jpeg_destroy_decompress(&d);
    free(row);
    return sound;
}

const char *raster_jpeg(str bytes, struct raster *out)
{
    struct failure f;
    struct jpeg_decompress_struct d = { 0 };
    uint8_t *row = NULL;
    const char *wrong = NULL;

    *out = (struct raster){ 0 };
    be_ready(&d, &f);
    if (!read_header(&d, bytes))
        wrong = "damaged JPEG";
    else if (!raster_init(out, d.image_width, d.image_height))
        wrong = "JPEG too large to print";
    else if (!read_rows(&d, out, &row))
        wrong = "damaged JPEG";
    jpeg_destroy_decompress(&d);
    free(row);
    if (wrong)
        raster_done(out);
    return wrong;
}
