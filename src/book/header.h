/* SPDX-License-Identifier: MIT */
/* header.h - where front matter begins and ends, and what it is written in.
 *
 *     ---         YAML; ends at the next line "---" ("..." if there is none)
 *     +++         TOML, to the next "+++"
 *     {           JSON, to its closing brace
 *     ---json     JSON (Eleventy), to the next "---"; "---toml", "---yaml"
 *     ;;;         JSON without its braces (Hexo), to the next ";;;"
 *     title: x    a known key on the first line: to "---", then it is YAML
 *                 (Hexo), or to a blank line, then it is lines (Pelican)
 *     title:: x   lines (Logseq)
 *     .. title: x lines (Nikola), also in a comment
 *
 * Blank lines may stand before it. A first "---" that nothing closes is a
 * header all the same when a known key follows it at once; it then ends at
 * the first blank line. */
#ifndef BOOK_HEADER_H
#define BOOK_HEADER_H

#include "base/str.h"

enum header_kind {
    HEADER_NONE,
    HEADER_YAML,
    HEADER_TOML,
    HEADER_JSON,
    HEADER_LINES
};

struct header {
    enum header_kind kind;
    str text;           /* without its fences */
    unsigned line;      /* of the text, in the file, from 1 */
    size_t body;        /* offset of what follows */
    unsigned body_line; /* its line */
    bool unclosed;
    str title; /* a heading that is the title (notion.h); empty: none */
};

/* A header that is longer is none. */
#define HEADER_MAX (1u << 20)

/* TEXT is the beginning of a file, or all of it with WHOLE. False: the end of
 * the header isn't in TEXT, read more. */
bool header_find(str text, bool whole, struct header *h);

/* The fields that keys.def knows. */
enum field {
    FIELD_NONE,
    FIELD_TITLE,
    FIELD_DATE,
    FIELD_UPDATED,
    FIELD_AUTHOR,
    FIELD_TRANSLATOR,
    FIELD_LANGUAGE,
    FIELD_TAGS,
    FIELD_TAG,
    FIELD_CATEGORIES,
    FIELD_CATEGORY,
    FIELD_IMAGE,
    FIELD_IMAGE_ALT,
    FIELD_DESCRIPTION,
    FIELD_SLUG,
    FIELD_PERMALINK,
    FIELD_ALIASES,
    FIELD_DRAFT,
    FIELD_STATUS,
    FIELD_SHOWN,
    FIELD_OTHER
};

struct known_key {
    enum field field;
    str name;
};

/* All of keys.def; *N gets their number. */
const struct known_key *known_keys(size_t *n);

/* The field of the known key at the start of LINE ("title: x"), or
 * FIELD_NONE; *VALUE gets the offset behind the colon, which may be the wide
 * one that Chinese keyboards have. */
enum field known_key_of_line(str line, size_t *value);

#endif
