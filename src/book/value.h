/* SPDX-License-Identifier: MIT */
/* value.h - settings and front matter as read, whatever their language (YAML,
 * TOML, JSON): a tree of texts, lists and maps with line numbers. */
#ifndef BOOK_VALUE_H
#define BOOK_VALUE_H

#include "base/diag.h"

enum value_kind { VALUE_NULL, VALUE_TEXT, VALUE_LIST, VALUE_MAP };

struct value {
    enum value_kind kind;
    unsigned line; /* in the file */
    bool quoted;   /* VALUE_TEXT: a quoted string, so "true" is a word */
    str key;       /* when an entry of a map */
    str text;
    struct value *first, *next; /* items of a list or map, in order */
};

/* The last entry KEY of a map (the last wins), or NULL. ASCII case matters
 * not, nor does '-' against '_'. */
const struct value *value_find(const struct value *map, str key);

#endif
