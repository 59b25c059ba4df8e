/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "assets/jpeg_write.h"

/* Where printed photographs no longer show that they were compressed. */
#define QUALITY 90

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

struct target {
    unsigned char *bytes;
    unsigned long size;
    uint8_t *row;
};

static void put_rows(struct jpeg_compress_struct *c, const struct raster *r,
                     uint8_t *row)
{
    while (c->next_scanline < c->image_height) {
        const uint8_t *from = r->rgba + (size_t)c->next_scanline * r->width * 4;
        for (uint32_t x = 0; x < r->width; x++)
            for (int i = 0; i < 3; i++)
                row[x * 3 + (uint32_t)i] = from[x * 4 + (uint32_t)i];
        JSAMPROW rows[1] = { row };
        jpeg_write_scanlines(c, rows, 1);
    }
}

static bool write_all(struct jpeg_compress_struct *c, const struct raster *r,
                      struct target *t)
{
    struct failure *f = (struct failure *)(void *)c->err;

    if (setjmp(f->back))
        return false;
    jpeg_create_compress(c);
    jpeg_mem_dest(c, &t->bytes, &t->size);
    c->image_width = r->width;
    c->image_height = r->height;
    c->input_components = 3;
    c->in_color_space = JCS_RGB;
    jpeg_set_defaults(c);
    jpeg_set_quality(c, QUALITY, TRUE);
    c->optimize_coding = TRUE;
    jpeg_start_compress(c, TRUE);
    put_rows(c, r, t->row);
    jpeg_finish_compress(c);
    return true;
}

bool jpeg_file_write(const struct raster *r, struct arena *a, str *out)
{
    struct failure f;
    struct jpeg_compress_struct c = { 0 };
    struct target t = { .row = malloc((size_t)r->width * 3) };

    if (!t.row)
        die("out of memory");
    c.err = jpeg_std_error(&f.mgr);
    f.mgr.error_exit = fail;
    bool ok = write_all(&c, r, &t);
    jpeg_destroy_compress(&c);
    if (ok)
        *out = arena_dup(a, (str){ (const char *)t.bytes, t.size });
    free(t.bytes);
    free(t.row);
    return ok;
}
