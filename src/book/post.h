/* SPDX-License-Identifier: MIT */
/* post.h - one post, as its header describes it. About 0.6 KB a post is kept
 * in memory, and the bodies of the first posts (collect.c); those of others
 * stay in their files. */
#ifndef BOOK_POST_H
#define BOOK_POST_H

#include "base/diag.h"
#include "base/vec.h"

/* A date as the author wrote it: the calendar day is never shifted by a time
 * zone. */
struct date {
    int16_t year;           /* 0: no date */
    uint8_t month, day;     /* from 1 */
    int32_t second;         /* of the day, 0 to 86,399; -1: no time given */
    int16_t offset_minutes; /* from UTC; only meaningful with has_offset */
    bool has_offset;
};

struct post {
    str path;  /* the file, as it is opened and shown in messages */
    str rel;   /* below the blog's folder, '/' separated */
    str root;  /* the folder that was named on the command line; files
                  outside of it and of `site` are never read */
    str site;  /* the root of the site that `root` is in, above it, whose
                  pictures the post may show; empty: there is none */
    str title; /* plain text; never empty */
    struct date date;
    struct date updated; /* year 0: none */
    str author;          /* may be empty */
    str translator;      /* may be empty */
    struct str_vec tags;
    str language; /* BCP 47, as given; may be empty */
    str description;
    str image; /* featured image: path or URL; may be empty */
    str image_alt;
    unsigned image_line;
    str slug;      /* from the header, else the folder's or file's name */
    str permalink; /* path or URL from the header; may be empty */
    struct str_vec aliases;
    bool draft;

    str name;       /* ASCII, unique in the book: "2018-08-29-slug" */
    uint32_t index; /* place in the book, from 0 */

    bool title_in_body;   /* the title was taken from the first heading, which
                             is not to be repeated */
    str body;             /* p NULL: it is to be read from the file */
    uint32_t body_offset; /* bytes, in the file as read by utf8_clean() */
    uint32_t body_line;   /* line of the body's first line, from 1 */
    struct diag diag;     /* what reading the header had to say */
};

#endif
