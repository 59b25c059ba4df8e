/* SPDX-License-Identifier: MIT */
#include "assets/jpeg_write.h"

#include <stdlib.h>

#include "assets/jpeg_trap.h"
#include "base/buf.h"

#define PIECE (64u << 10)

struct writing {
    struct jpeg_compress_struct c;
    struct jpeg_trap trap;
    struct jpeg_destination_mgr to;
    struct buf out;
    uint8_t *row;
};

static void begin(j_compress_ptr c)
{
    struct writing *w = c->client_data;

    w->to.next_output_byte = (JOCTET *)buf_reserve(&w->out, PIECE);
    w->to.free_in_buffer = PIECE;
}

/* libjpeg's buffer is full to the last byte. */
static boolean go_on(j_compress_ptr c)
{
    struct writing *w = c->client_data;

    w->out.n += PIECE;
    begin(c);
    return TRUE;
}

static void end(j_compress_ptr c)
{
    struct writing *w = c->client_data;

    w->out.n += PIECE - w->to.free_in_buffer;
}

static bool start(struct writing *w, const struct rows *from, unsigned quality)
{
    struct jpeg_compress_struct *c = &w->c;

    if (setjmp(w->trap.back))
        return false;
    jpeg_create_compress(c);
    c->dest = &w->to;
    c->client_data = w;
    c->image_width = from->width;
    c->image_height = from->height;
    c->input_components = (int)from->channels;
    c->in_color_space = from->channels == CHANNELS_GREY ? JCS_GRAYSCALE
                                                        : JCS_RGB;
    jpeg_set_defaults(c); /* colours at half the resolution */
    jpeg_set_quality(c, (int)quality, TRUE);
    c->write_JFIF_header = TRUE;
    jpeg_start_compress(c, TRUE);
    return true;
}

static bool put_row(struct writing *w)
{
    JSAMPROW rows[1] = { w->row };

    if (setjmp(w->trap.back))
        return false;
    jpeg_write_scanlines(&w->c, rows, 1);
    return true;
}

static bool finish(struct writing *w)
{
    if (setjmp(w->trap.back))
        return false;
    jpeg_finish_compress(&w->c);
    return true;
}

static bool write_all(struct writing *w, struct rows *from, unsigned quality)
{
    if (!start(w, from, quality))
        return false;
    for (uint32_t y = 0; y < from->height; y++)
        if (!rows_read(from, w->row) || !put_row(w))
            return false;
    return finish(w);
}

bool jpeg_write(struct rows *from, unsigned quality, struct arena *a, str *out)
{
    struct writing w = { .to = { .init_destination = begin,
                                 .empty_output_buffer = go_on,
                                 .term_destination = end },
                         .row = malloc(rows_size(from)) };

    if (!w.row)
        die("out of memory");
    w.c.err = jpeg_trap_set(&w.trap);
    bool ok = write_all(&w, from, quality);
    jpeg_destroy_compress(&w.c);
    if (ok)
        *out = arena_dup(a, buf_str(&w.out));
    buf_done(&w.out);
    free(w.row);
    return ok;
}
