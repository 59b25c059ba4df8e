/* SPDX-License-Identifier: MIT */
/* canvas.h - a PDF file as numbered objects, written by libharu.
 *
 * The only file that knows hpdf.h is canvas.c. libharu makes the objects that
 * stand in the file; what stands in an object is our text. Its own page, font,
 * image and PDF/A helpers are not used: they fail on bad input or cost too much
 * memory for large books. Nor is its way to save, which keeps everything until
 * the end and gives each object twenty bytes of a table and a frame of its own:
 * streams go to the file at once; dictionaries are gathered into object streams
 * (ISO 32000-1, 7.5.7) that go there as soon as one is full; a cross-reference
 * stream (7.5.8) ends the file. A tagged book has an object for every
 * paragraph, so it is less than half as long for that, and nothing of it waits
 * in memory.
 *
 * One canvas is one thread's. Running out of memory ends the process. */
#ifndef PDF_CANVAS_H
#define PDF_CANVAS_H

#include "base/buf.h"
#include "base/diag.h"
#include "pdf/flate.h"

struct canvas;

/* Writes to PATH, an existing file; FLATE must live as long. What can't be
 * written shows when the file is closed. Never NULL. */
struct canvas *canvas_new(const char *path, struct flate *flate);
void canvas_free(struct canvas *cv); /* NULL is fine */

/* The number of a new object, whose text comes later: so objects can refer to
 * each other ("12 0 R"). One that never gets its text is null. */
uint32_t canvas_reserve(struct canvas *cv);

/* DICT is the inside of a dictionary, without "<<" and ">>". Once. */
void canvas_set(struct canvas *cv, uint32_t object, str dict);
/* The same for dictionaries that are made amid others and are not like them:
 * those that are alike take less room together. */
void canvas_set_apart(struct canvas *cv, uint32_t object, str dict);
uint32_t canvas_add(struct canvas *cv, str dict); /* reserve and set */

enum canvas_filter {
    CANVAS_PLAIN,   /* stored as it is; DICT may name filters */
    CANVAS_DEFLATED /* is deflated already; gets its /Filter */
};
/* A stream object with DICT beside its length and filter. */
uint32_t canvas_stream(struct canvas *cv, str dict, str bytes,
                       enum canvas_filter filter);

/* What stands in the catalog and in the document information dictionary,
 * without the brackets; the catalog has its /Type already. Once each. */
void canvas_catalog(struct canvas *cv, str entries);
void canvas_info(struct canvas *cv, str entries);

/* Ends the file; ID is both halves of its identifier (14.4). Once. False: it
 * is not whole, which is reported about TARGET. */
bool canvas_close(struct canvas *cv, const uint8_t id[16], str target,
                  struct diag *dg);

/* How values are written in object text. */

/* A number in pt from millipoints: "12.34"; never an exponent. */
void canvas_put_mp(struct buf *b, int64_t mp);
/* "0.2 0.4 1 rg" or "0.5 g" and a line feed: 0xRRGGBB to fill with (8.6.8). */
void canvas_put_color(struct buf *b, uint32_t color);
/* A text string: plain ASCII in parentheses, otherwise UTF-16BE with a byte
 * order mark in hexadecimal (ISO 32000-1, 7.9.2.2). */
void canvas_put_text(struct buf *b, str s);
/* A byte string in parentheses, escaped: URIs. */
void canvas_put_bytes(struct buf *b, str s);

/* What the library that is running says of itself. */
str canvas_library_version(struct arena *a);

#endif
