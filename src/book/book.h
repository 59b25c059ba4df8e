/* SPDX-License-Identifier: MIT */
/* book.h - the whole book: settings, posts in order, the index of links.
 * Built on the main thread by collect; const once workers start. */
#ifndef BOOK_BOOK_H
#define BOOK_BOOK_H

#include "base/map.h"
#include "book/post.h"
#include "book/settings.h"

struct cover;
struct filenames;
struct kit;
struct library;
struct linkindex;
struct made;

struct book {
    struct arena *arena;
    const struct settings *settings;
    struct post **posts; /* in book order */
    uint32_t n_posts;
    struct linkindex *links;
    const struct filenames *pictures; /* of the folders */
    struct library *library; /* of pictures on the web; NULL: not asked */
    struct cover *cover;     /* assets/cover.h; NULL: none */
    struct kit *kit;   /* pdf/kit.h, of many books; NULL: a printed book makes
                          its own */
    struct made *made; /* assets/made.h; NULL: nothing is kept */

    str title;    /* setting, else the folder's name */
    str author;   /* setting, else the one author all posts share, else "" */
    str language; /* setting, or empty: to be found from the text */
    str language_else; /* of a text that doesn't tell; or empty */
    str description;   /* what the site says of itself, or empty */
    str base_url; /* "https://example.org/blog" without a final slash, or "" */
    str identifier;        /* urn:uuid: or the user's */
    int64_t modified;      /* seconds since 1970 UTC: the newest post, or
                              SOURCE_DATE_EPOCH; 0 when there is neither */
    uint32_t n_considered; /* posts found before filters */
    uint32_t n_pages;      /* of a site, which are no posts: site.h */
};

/* Reads headers, filters, orders (date, then time, then path), names the
 * posts, builds the link index. NULL: already reported (DG holds at least one
 * error). Reports about one post go to that post's own list. */
struct book *book_collect(const struct settings *set, struct arena *a,
                          struct diag *dg);

#endif
