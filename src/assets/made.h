/* SPDX-License-Identifier: MIT */
/* made.h - what took long to make (a cover, a picture reduced, decoded for
 * print) kept in the cache for the next run.
 *
 * Its key names all that it depends on: the program, what was made, its
 * settings, the digest of what it was made from. So what is recalled is what
 * would be made, byte by byte. Whatever fails here is silent: nothing is lost
 * but the time to make the thing again. All functions but open and close may be
 * called by several threads. */
#ifndef ASSETS_MADE_H
#define ASSETS_MADE_H

#include "base/arena.h"
#include "base/buf.h"

#define MADE_PARTS_MAX 16
/* Pictures of fewer bytes are made as fast as they are recalled. */
#define MADE_PICTURE_LEAST (64u << 10)

struct made;
struct cache;

/* In CACHE, which is borrowed; NULL: nothing is kept. Touches no file yet. */
struct made *made_open(struct cache *cache);
void made_close(struct made *m);

/* A key in A, for made_recall() and made_keep(): WHAT ("cover", "fit") tells
 * one kind of thing from the others, PARTS are what it depends on. M may be
 * NULL, here and below: nothing is kept then. */
str made_key(const struct made *m, const char *what, const str *parts, size_t n,
             struct arena *a);

/* What a drawing with text depends on: which fonts this computer has, as far
 * as a look at their folders can tell. A text in A. */
str made_fonts(struct arena *a);

/* The parts that were kept, N of them, at most MADE_PARTS_MAX; they live in A.
 * False: nothing is kept of that key. */
bool made_recall(struct made *m, str key, struct arena *a, str *parts,
                 size_t n);
void made_keep(struct made *m, str key, const str *parts, size_t n);
/* The same where a line of text is all that is to be kept of the file with the
 * SHA-256 OF: a first part of N, the others empty. When that file is in the
 * cache, the line is kept beside its name and is recalled without reading a
 * file. */
void made_keep_line(struct made *m, str key, const uint8_t *of, str line,
                    size_t n);

#endif
