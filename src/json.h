/* SPDX-License-Identifier: MIT */
/* json.h - JSON text (RFC 8259), written from left to right.
 *
 * Members stand in the order of the calls; the layout depends on nothing but
 * them, so the same calls give the same bytes. Text that is not UTF-8 gets
 * U+FFFD; control characters, also those of C1, are escaped, so that a log on
 * a terminal is safe. KEY is NULL for the items of an array. Errors of TO are
 * the caller's to ask for. */
#ifndef JSON_H
#define JSON_H

#include <stdio.h>

#include "base/str.h"

struct json {
    FILE *to;
    unsigned depth; /* of brackets that are open */
    unsigned lines; /* brackets up to this depth have an item a line */
    bool has_item;  /* the innermost bracket has something in it */
};

/* BRACKET is '{' or '['. */
void json_open(struct json *j, const char *key, char bracket);
void json_close(struct json *j, char bracket); /* '}' or ']' */

void json_text(struct json *j, const char *key, str value);
void json_number(struct json *j, const char *key, uint64_t value);
void json_thousandths(struct json *j, const char *key, double value);
/* VALUE is JSON already. */
void json_raw(struct json *j, const char *key, str value);

#endif
