/* SPDX-License-Identifier: MIT */
/* content.h - display lists as content streams (ISO 32000-1, 7.8.2).
 *
 * Operators are balanced after content_end(): no text object, saved state or
 * marked content stays open, and nothing is assumed of the state before, so
 * that streams can stand one after the other on a page.
 *
 * Marked content begins with what is drawn first, so that none is empty, and
 * stands inside the text object where that is open: a text object goes on from
 * line to line and from element to element until something else is drawn. */
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
    /* The next marked-content identifier of the element that
     * content_element() began: there is one for each piece of it. */
    uint32_t (*next_mcid)(void *owner);
    void *owner;

    /* what the stream has said so far */
    const char *tag; /* of the element; NULL: an artifact */
    bool pagination; /* of the artifact */
    bool pending;    /* marked content is to begin with what is drawn next */
    bool marked;     /* it is open */
    bool marked_in_text; /* and began in the text object */
    bool in_span, span_is_nested;
    bool in_text;
    enum content_run run;
    size_t run_at; /* where the operands of TJ begin */
    bool run_is_list;
    int32_t adjusted;       /* by the last number in a TJ array */
    int64_t line_x, line_y; /* pt/100 */
    int64_t pen;            /* where the next glyph would stand, pt/1000000 */
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
/* Begins the element's marked content even if nothing is drawn. */
void content_resume(struct content_stream *c);

/* What follows belongs to an element whose TAG is "P", for example; its marked
 * content is numbered by next_mcid(). */
void content_element(struct content_stream *c, const char *tag);
/* The same with a number that is known, even if nothing is drawn. */
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
