/* SPDX-License-Identifier: MIT */
/* canvas.h - a PDF file as numbered objects, written by libharu.
 *
 * The only file that knows hpdf.h is canvas.c. libharu keeps the objects, the
 * cross-reference table and the trailer, and writes the file; what stands in
 * an object is our text. Its own page, font, image and PDF/A helpers are not
 * used: they fail on bad input or cost too much memory for large books.
 *
 * One canvas is one thread's. Running out of memory ends the process. */
#ifndef PDF_CANVAS_H
#define PDF_CANVAS_H

#include "base/buf.h"
#include "base/diag.h"

struct canvas;

/* BESIDE: a path in the folder where room is needed anyway; objects wait there
 * in a file without a name. Never NULL. */
struct canvas *canvas_new(str beside);
void canvas_free(struct canvas *cv);

/* The number of a new object, whose text comes later: so objects can refer to
 * each other ("12 0 R"). Every object needs its text before canvas_save(). */
uint32_t canvas_reserve(struct canvas *cv);

/* DICT is the inside of a dictionary, without "<<" and ">>"; copied. */
void canvas_set(struct canvas *cv, uint32_t object, str dict);
uint32_t canvas_add(struct canvas *cv, str dict); /* reserve and set */

enum canvas_filter {
    CANVAS_PLAIN,   /* stored as it is */
    CANVAS_DEFLATE, /* to be deflated */
    CANVAS_DEFLATED /* is deflated already; gets its /Filter */
};
/* A stream object with DICT beside its length and filter; BYTES are copied. */
uint32_t canvas_stream(struct canvas *cv, str dict, str bytes,
                       enum canvas_filter filter);

/* What stands in the catalog and in the document information dictionary,
 * without the brackets; the catalog has its /Type already. Once each. */
void canvas_catalog(struct canvas *cv, str entries);
void canvas_info(struct canvas *cv, str entries);
/* Both halves of the file identifier (ISO 32000-1, 14.4). */
void canvas_file_id(struct canvas *cv, const uint8_t id[16]);

/* Writes everything to PATH, an existing file. False: reported about TARGET.
 * libharu does not see a full disk, so the file is read back at its end. */
bool canvas_save(struct canvas *cv, const char *path, str target,
                 struct diag *dg);

/* How values are written in object text. */
/* A number in pt from millipoints: "12.34"; never an exponent. */
void canvas_put_mp(struct buf *b, int64_t mp);
/* A text string: plain ASCII in parentheses, otherwise UTF-16BE with a byte
 * order mark in hexadecimal (ISO 32000-1, 7.9.2.2). */
void canvas_put_text(struct buf *b, str s);
/* A byte string in parentheses, escaped: URIs. */
void canvas_put_bytes(struct buf *b, str s);

#endif
