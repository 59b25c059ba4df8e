/* SPDX-License-Identifier: MIT */
/* rows.h - a picture's pixels, one row after another, whatever the file. What
 * is between decoder and encoder (reducing, turning, colours) is a reader of
 * rows that reads another one, so that hardly anything needs the whole
 * picture in memory. */
#ifndef ASSETS_ROWS_H
#define ASSETS_ROWS_H

#include "base/str.h"
#include "doc/chapter.h"

/* A picture with more pixels is not decoded: files of a few bytes can claim
 * to be of any size. */
#define ROWS_PIXELS_MAX (100u * 1000 * 1000)
/* The same for kinds that must be decoded as a whole. */
#define ROWS_WHOLE_MAX (40u * 1000 * 1000)

enum { CHANNELS_GREY = 1, CHANNELS_GREY_ALPHA, CHANNELS_RGB, CHANNELS_RGBA };

/* 8 bits a sample; colours are not multiplied by alpha. */
struct rows {
    uint32_t width, height;
    unsigned channels;
    const struct rows_kind *kind;
    void *state;
    bool words; /* drawing.h only: four channels, and a pixel is a native word
                   whose lower bytes are 0xRRGGBB; no alpha */
};

struct rows_kind {
    /* The next row, into TO. False: the picture is damaged. */
    bool (*read)(struct rows *r, uint8_t *to);
    void (*close)(struct rows *r);
    /* rows_take(); NULL: rows come one by one. */
    uint8_t *(*take)(struct rows *r);
};

/* How many pixels are enough; 0: all. A decoder that can deliver fewer for
 * less work does, but never fewer than these. An SVG is drawn in exactly this
 * size. */
struct rows_wish {
    uint32_t width, height;
};

/* Starts to decode BYTES, which must live until the end; of an animation, its
 * first frame. NULL, or what is wrong; then OUT is empty. */
const char *rows_open(enum image_type type, str bytes,
                      const struct rows_wish *wish, struct rows *out);

/* To be called HEIGHT times at most; TO has room for a row. */
static inline bool rows_read(struct rows *r, uint8_t *to)
{
    return r->kind->read(r, to);
}

/* All rows in the decoder's own memory, from which none was read yet: it is
 * malloc()'s and the caller's, and has room for HEIGHT bytes more. NULL: there
 * is none such, the rows are to be read. */
static inline uint8_t *rows_take(struct rows *r)
{
    return r->kind->take ? r->kind->take(r) : NULL;
}

void rows_close(struct rows *r); /* an empty one is fine */

static inline size_t rows_size(const struct rows *r)
{
    return (size_t)r->width * r->channels;
}

static inline bool rows_have_alpha(const struct rows *r)
{
    return r->channels == CHANNELS_GREY_ALPHA || r->channels == CHANNELS_RGBA;
}

/* R with fewer pixels, each the mean of those it covers; larger sizes than
 * R's are clamped. R is closed with it. */
void rows_reduce(struct rows *r, uint32_t width, uint32_t height);

/* R as it is to be seen, by Exif's number of its orientation; holds all of it.
 * R is closed with it. */
void rows_turn(struct rows *r, uint8_t orientation);

#endif
