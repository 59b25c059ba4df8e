/* SPDX-License-Identifier: MIT */
/* shortcode_tag.h - one tag of a site generator: its name, its arguments, and
 * what shortcode.def says about it. */
#ifndef CONVERT_SHORTCODE_TAG_H
#define CONVERT_SHORTCODE_TAG_H

#include "base/buf.h"

enum shortcode_action {
    SHORTCODE_UNKNOWN,
    SHORTCODE_REPLACE,
    SHORTCODE_CODE,
    SHORTCODE_VERBATIM,
    SHORTCODE_COMMENT,
    SHORTCODE_LOGIC
};

#define SHORTCODE_ARGS 16   /* further ones are not looked at */
#define SHORTCODE_MAX  1024 /* bytes of a tag */

struct shortcode_arg {
    str name; /* empty: none */
    str value;
    bool quoted;
};

struct shortcode_tag {
    str whole;    /* as written, with its braces */
    str name;     /* without "end" or '/' */
    bool hugo;    /* {{< >}} or {{% %}}, otherwise {% %} */
    bool literal; /* in slashes and stars: Hugo shows it without these */
    bool closing;
    bool single; /* "/>}}": nothing closes it */
    enum shortcode_action action;
    size_t index; /* in the table; only with an ACTION */
    struct shortcode_arg args[SHORTCODE_ARGS];
    size_t n_args;
};

size_t shortcode_count(void); /* of the table */

/* Reads the tag that S starts with ("{%", "{{<", "{{%", or "{{ name(a=b) }}"
 * with a name of the table); false: it is none.
 * It may go over line ends, but not over a blank line. */
bool shortcode_read(str s, struct shortcode_tag *tag);

/* Does what replaces TAG begin an element that its other half ends? */
bool shortcode_is_paired(const struct shortcode_tag *tag);

/* Adds the arguments that S holds, with or without names, to TAG's. */
void shortcode_read_args(struct shortcode_tag *tag, str s);

/* Finds TAG's name in the table. */
void shortcode_look_up(struct shortcode_tag *tag);

/* What the opening and the closing half of TAG become, as templates. */
str shortcode_opening(const struct shortcode_tag *tag);
str shortcode_closing(const struct shortcode_tag *tag);

/* The language of a CODE tag; may be empty. */
str shortcode_language(const struct shortcode_tag *tag);

/* Where in S the tag stands that closes TAG, and how long it is; STR_NONE if
 * there is none. */
size_t shortcode_find_end(const struct shortcode_tag *tag, str s, size_t *n);

#endif
