/* SPDX-License-Identifier: MIT */
/* volume.h - what is known of the book once every chapter is committed: the
 * little index that navigation, package document and our own pages are made
 * from. */
#ifndef EPUB_VOLUME_H
#define EPUB_VOLUME_H

#include "base/map.h"
#include "book/book.h"
#include "doc/words.h"
#include "epub/stream.h"

struct volume_chapter {
    const struct post *post;
    bool has_math;
};

struct volume_image {
    str name; /* "3f2a9c0d1b7e.jpg" */
    enum image_type type;
    struct entry *drawing; /* SVG, which waits in the spool; NULL: another */
};

struct volume {
    const struct book *book;
    struct arena *arena;
    VEC(struct volume_chapter) chapters; /* in book order */
    VEC(struct volume_image) images;     /* each once, in order of use */
    struct map image_names;
    struct map letters; /* language tag -> uint64_t *, letters written in it */
    struct map tags;    /* tag -> uint64_t *, posts that have it */
    uint32_t pictures, described; /* places where one stands; with a text */
    bool may_move;                /* some picture may be an animation */
    bool has_math;                /* some chapter has a formula */
    bool with_user_css;
    const struct image *cover;          /* NULL: none */
    const struct date *oldest, *newest; /* of all posts; NULL: no dates */

    /* set by volume_settle() */
    str lang_tag; /* of the book */
    enum lang lang;
    bool by_year; /* navigation has a level of years */
};

void volume_init(struct volume *v, const struct book *book, struct arena *a);

/* Counts in what COMMITTED says about the book. */
void volume_add(struct volume *v, const struct chapter *c);

/* Finds language, years and levels; to be called once, at the end. */
void volume_settle(struct volume *v);

/* Does the chapter I start another year than the one before it? */
bool volume_starts_year(const struct volume *v, size_t i);
/* "2018", or "Undated" in the book's language. */
str volume_year_label(const struct volume *v, size_t i, struct arena *a);

/* Is there a page that shows the cover? Kindle has its own, and would show the
 * picture twice (Kindle Publishing Guidelines, 4.2). */
bool volume_has_cover_page(const struct volume *v);

/* The title of POST for lists: never blank. */
str volume_title(const struct volume *v, const struct post *post);

/* The book's title: never blank. */
str volume_book_title(const struct volume *v);

/* "2004–2026" or "2018"; empty without dates. */
str volume_years(const struct volume *v, struct arena *a);
/* "970 posts" in the book's language. */
str volume_count(const struct volume *v, struct arena *a);

#endif
