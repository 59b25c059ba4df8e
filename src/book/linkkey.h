/* SPDX-License-Identifier: MIT */
/* linkkey.h - the forms in which addresses and posts are compared. */
#ifndef BOOK_LINKKEY_H
#define BOOK_LINKKEY_H

#include "book/post.h"

/* An address taken apart. */
struct address {
    bool other_scheme; /* "mailto:", or a title such as "Rust: a review" */
    bool absolute;     /* with a host */
    str host;          /* lower case, without "www." and the port */
    str path;          /* as written, without query; with its first '/' */
};

struct address address_parse(str href, struct arena *a);

/* Percent-decoded, NFC, case folded. */
str linkkey_fold(str s, struct arena *a);

/* A path without slashes at the ends, ".html", a post's extension, "index"
 * or "readme": "/A/index.html", "A/README.md", "a.md" and "a.ko.md" give
 * "a". */
str linkkey_path(str path, struct arena *a);

/* "2018/8/29/slug" of a path that ends in a date and a slug ("2018/08/29/x/",
 * ".../2018/08/29/x.html"); empty if it doesn't. */
str linkkey_dated(str path, struct arena *a);
str linkkey_date_slug(const struct date *d, str folded_slug, struct arena *a);

/* The last part of a path, folded; empty when the path means a list of posts
 * (".../tag/rust/"). */
str linkkey_slug(str path, struct arena *a);

/* S with "%EA", and bytes that should have been written so, as "-ea": what
 * some generators make of them in the names of folders. */
str linkkey_hyphened(str s, struct arena *a);

/* "//host/path" or "path" of a permalink or alias; empty for a pattern with
 * ":title". */
str linkkey_permalink(str text, struct arena *a);

#endif
