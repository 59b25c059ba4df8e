/* SPDX-License-Identifier: MIT */
/* reader.h - text in YAML, TOML, JSON or plain "Key: value" lines to a tree of
 * values. One language a file; none of them reports, since the caller may
 * repair the text and try again. */
#ifndef BOOK_READER_H
#define BOOK_READER_H

#include "book/value.h"

/* Deeper or bigger input (aliases counted as often as they are used) is
 * refused, so that no consumer needs a bound of its own. */
#define READ_DEPTH_MAX  64
#define READ_VALUES_MAX 10000

struct read_error {
    unsigned line; /* in the file */
    str why;       /* "did not find expected ',' or ']'" */
};

/* TEXT starts at LINE of its file. The tree is in A and may point into A
 * only. NULL: *ERR says why. Text without any value gives VALUE_NULL. */
struct value *yaml_read(str text, unsigned line, struct arena *a,
                        struct read_error *err);
struct value *toml_read(str text, unsigned line, struct arena *a,
                        struct read_error *err);
struct value *json_read(str text, unsigned line, struct arena *a,
                        struct read_error *err);

/* Pelican and MultiMarkdown: "Key: value", an indented line continues the
 * value. Never fails. */
struct value *lines_read(str text, unsigned line, struct arena *a);

/* What the library that is running says of itself. */
str yaml_library_version(struct arena *a);
str json_library_version(struct arena *a); /* empty: too old to say */

#endif
