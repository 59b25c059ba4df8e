/* SPDX-License-Identifier: MIT */
/* source_scan.h - reads Markdown line by line and knows what each line is.
 *
 * It follows the containers (block quotes, list items, notes) and the leaves
 * that hold no Markdown (fenced and indented code, raw HTML) of CommonMark
 * 0.29, chapters 4 and 5, so that the other passes leave code alone. Linear;
 * needs no memory. */
#ifndef CONVERT_SOURCE_SCAN_H
#define CONVERT_SOURCE_SCAN_H

#include "base/str.h"

/* Containers nested deeper than this lose their markers. */
#define SCAN_MAX_NEST 100

enum line_kind {
    LINE_BLANK,
    LINE_TEXT,    /* of a paragraph, a table, or an HTML block with a blank
                     line as its end */
    LINE_HEADING, /* "# ..." */
    LINE_RULE,    /* a thematic break or a setext underline */
    LINE_FENCE,   /* opens or closes fenced code */
    LINE_CODE,    /* inside fenced or indented code */
    LINE_RAW      /* of <pre>, <script>, <style>, <textarea>, a comment, ... */
};

struct scan_line {
    enum line_kind kind;
    str whole;      /* without its LF */
    str prefix;     /* containers and indentation, as far as they count */
    str nest;       /* of PREFIX the containers */
    str content;    /* the rest; excess markers stand between the two */
    bool continues; /* a TEXT line that goes on with the paragraph before */
    bool item;      /* the first line of a list item */
    bool guard;     /* CONTENT must not start a block: too deep, or the
                       second note of a line */
    bool ends;      /* a LF follows */
    size_t offset;  /* of the line in the text */
    str note;       /* the label of a note that PREFIX defines: "[^a]:" */
};

struct scan_container {
    bool quote;
    unsigned width; /* of an item: columns its lines are indented by */
};

struct scan {
    str text;
    size_t at;
    unsigned line; /* number of the line last returned, from 1 */
    struct scan_container nest[SCAN_MAX_NEST];
    unsigned n_nest;
    bool in_paragraph;
    char fence; /* '`' or '~' while inside fenced code, otherwise 0 */
    size_t fence_length;
    const char *raw_end; /* what ends the raw HTML being read; NULL: none */
    bool too_deep;       /* markers were dropped; set once, never cleared */
};

void scan_init(struct scan *sc, str text);
/* The next line; false at the end. */
bool scan_next(struct scan *sc, struct scan_line *line);

/* The label of the note that S begins to define, "[^label]:", or an empty str;
 * it points into S. */
str scan_note_label(str s);

/* Bytes of the list marker that S starts with, after which blanks or the end
 * come; 0: none. Not all of them end a paragraph. */
size_t scan_marker_length(str s, bool in_paragraph);

/* Is LINE nothing but blanks and '>'? */
bool scan_is_blank(str line);

#endif
