/* SPDX-License-Identifier: MIT */
#include "assets/jpeg_write.h"

#include <stdlib.h>
#include <string.h>

#include "assets/jpeg_trap.h"
#include "base/buf.h"

#define PIECE (64u << 10)

/* libjpeg-turbo takes native words as they are. */
#ifndef JCS_EXTENSIONS
#define SPACE_OF_WORDS JCS_RGB
#elif __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define SPACE_OF_WORDS JCS_EXT_BGRX
#else
#define SPACE_OF_WORDS JCS_EXT_XRGB
#endif

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

static J_COLOR_SPACE space_of(const struct rows *from)
{
    return from->words                       ? SPACE_OF_WORDS
           : from->channels == CHANNELS_GREY ? JCS_GRAYSCALE
                                             : JCS_RGB;
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
    c->in_color_space = space_of(from);
    c->input_components = c->in_color_space == JCS_RGB ? CHANNELS_RGB
                                                       : (int)from->channels;
    jpeg_set_defaults(c); /* colours at half the resolution */
    jpeg_set_quality(c, (int)quality, TRUE);
    c->write_JFIF_header = TRUE;
    jpeg_start_compress(c, TRUE);
    return true;
}

/* Words as RGB, in the same place. */
static void narrow(uint8_t *row, uint32_t width)
{
    for (uint32_t x = 0; x < width; x++) {
        uint32_t word;
        memcpy(&word, row + 4 * (size_t)x, sizeof word);
        row[3 * (size_t)x] = (uint8_t)(word >> 16);
        row[3 * (size_t)x + 1] = (uint8_t)(word >> 8);
        row[3 * (size_t)x + 2] = (uint8_t)word;
    }
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
    for (uint32_t y = 0; y < from->height; y++) {
        if (!rows_read(from, w->row))
            return false;
        if (from->words && w->c.in_color_space == JCS_RGB)
            narrow(w->row, from->width);
        if (!put_row(w))
            return false;
    }
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
