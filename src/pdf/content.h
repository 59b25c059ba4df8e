/* SPDX-License-Identifier: MIT */
/* content.h - display lists as content streams (ISO 32000-1, 7.8.2).
 *
 * Operators are balanced after content_end(): no text object, saved state or
 * marked content stays open, and nothing is assumed of the state before, so
 * that streams can stand one after the other on a page. */
#ifndef PDF_CONTENT_H
#define PDF_CONTENT_H

#include "pdf/fontuse.h"
#include "pdf/page.h"

enum content_run { RUN_NONE, RUN_ARRAY, RUN_STRING };

/* Zeroed but for its first six fields it is an empty stream; `out` may be
 * used again after content_begin(). */
struct content_stream {
    struct buf out;         /* the stream; buf_done() is the owner's */
    struct arena *arena;    /* scratch */
    struct font_uses *uses; /* gets the glyphs */
    int32_t dx, dy;         /* a point x, y of an item is dx + x, dy - y */
    /* The next marked-content identifier of the element that content_tag()
     * began; for text that needs marked content of its own. */
    uint32_t (*next_mcid)(void *owner);
    void *owner;

    /* what the stream has said so far */
    const char *tag;  /* of the element; NULL: an artifact */
    bool marked;      /* marked content is open */
    bool interrupted; /* the element's was closed and goes on */
    bool in_text;
    enum content_run run;
    int64_t line_x, line_y; /* pt/100 */
    int32_t rise;
    bool has_color;
    uint32_t color;
    const struct font *font;
    uint32_t part; /* of a colour font */
    int32_t size;
};

/* Forgets the stream's text and state. */
void content_begin(struct content_stream *c);
void content_end(struct content_stream *c);

/* Starts marked content, ending the one before: TAG is "P", for example. */
void content_tag(struct content_stream *c, const char *tag, uint32_t mcid);
/* PAGINATION: running heads and folios (14.8.2.2). */
void content_artifact(struct content_stream *c, bool pagination);

void content_glyphs(struct content_stream *c, const struct item *it);
/* The same inside an artifact, left out of text that is copied. */
void content_ours(struct content_stream *c, const struct item *it);
void content_rule(struct content_stream *c, const struct item *it);
void content_qr(struct content_stream *c, const struct item *it);
/* The image resource NAME in the rectangle of IT; ORIENTATION as in EXIF. */
void content_image(struct content_stream *c, const struct item *it, str name,
                   unsigned orientation);

#endif
