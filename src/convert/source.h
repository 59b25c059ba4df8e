/* SPDX-License-Identifier: MIT */
/* source.h - Markdown as bloggers write it becomes Markdown that cmark reads
 * as they meant it.
 *
 * - A tag at the start of a line does not hide the Markdown behind it: when
 *   its block, up to the blank line, holds "**", "](", "[^" or a backtick, a
 *   sentinel in front makes it a paragraph with inline HTML.
 * - "#Title" in CJK letters at the start of a paragraph is a heading, unless
 *   a second "#word" in the line says that these are hashtags. "##Title" and
 *   "##Title##" are headings in any letters, outside of containers also below
 *   a paragraph's line; "##" may be one '#' where another blank than
 *   CommonMark's is behind it: book/heading.h.
 * - Word's tags go, and tags without blanks between their attributes get them:
 *   source_tags.h.
 * - Links and pictures that an export escaped, or whose address has blanks,
 *   are repaired: source_repair.h.
 * - kramdown's attribute lists ("{: .class}", "{:toc}") and "[TOC]" go; the id
 *   in that of a heading becomes an anchor in it.
 * - A list marker alone between blank lines is text.
 * - A note that nothing refers to, or a second one of that name, is an item
 *   of a list: cmark would leave it out.
 * - Emphasis is lenient and knows CJK: source_emphasis.h.
 * - A table's header is as wide as its widest row.
 * - Tables too big to be parsed become preformatted text, and containers are
 *   nested no deeper than SCAN_MAX_NEST.
 *
 * Line N of the result stems from line N of the input. */
#ifndef CONVERT_SOURCE_H
#define CONVERT_SOURCE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/vec.h"
#include "convert/source_emphasis.h"
#include "convert/source_scan.h"

/* Limits of what is given to cmark. */
#define SOURCE_TABLE_COLUMNS 500
#define SOURCE_TABLE_CELLS   200000
#define SOURCE_BLOCK_MAX     (16u << 20)
/* A block longer than this must not hold more of "*_[]<`~&" than that. */
#define SOURCE_BLOCK_LONG     (1u << 20)
#define SOURCE_BLOCK_SPECIALS 20000
/* Lines of text, and in a post of more than SOURCE_BIG bytes specials too, that
 * are parsed; those behind them are plain text. */
#define SOURCE_COST 200000
#define SOURCE_BIG  (4u << 20)
/* Beyond so many '@' in a block, mail addresses in it are no links. */
#define SOURCE_BLOCK_MAILS 1000
/* Strong text that begins in one block ends at most so many lines below. */
#define SOURCE_STRONG_LINES 12

/* Bytes of the label of a note, at most. */
#define SOURCE_LABEL_MAX 1000

/* A note "[^label]: text". */
struct source_note {
    str label; /* folded */
    size_t at; /* of its '[' in the result */
};

/* A table behind other lines of its block. */
struct source_table {
    unsigned block, line;
};

/* Buffers, reused from post to post. */
struct source {
    struct buf out;   /* the result */
    struct buf block; /* running text of the block being read */
    struct buf work;
    struct scan scan;
    struct stars stars;
    struct str_vec held;       /* texts that cmark must not see */
    struct source_line *lines; /* of the block being read */
    size_t n_lines, cap_lines;
    size_t cost;    /* so far: see SOURCE_COST */
    bool has_notes; /* there may be some */
    VEC(struct source_note) notes;
    struct map references; /* folded labels that are referred to */
    VEC(struct source_table) tables;
    size_t n_cells;                 /* of all tables so far */
    bool escaped;                   /* this post: see repair_is_escaped() */
    size_t next_markup, next_blank; /* found so far, see source.c */
    size_t heading_at;              /* behind the '#'s of the heading above */
    size_t heading_end;  /* the end of `out` then; otherwise no end of it */
    size_t open_at;      /* a "**" in `out` that waits for its other half */
    unsigned open_line;  /* 0: there is none */
    unsigned first_line; /* of the block */
    unsigned deep_line, table_line, paragraph_line; /* 0: nothing to report */
    struct arena scratch;
};

void source_init(struct source *s);
void source_done(struct source *s);

/* The result is valid until the next call. What was capped stands in
 * S->deep_line, table_line and paragraph_line: where it happened first. */
str source_prepare(struct source *s, str text);

/* The line of the header of the table in the block that begins in LINE. */
unsigned source_table_line(const struct source *s, unsigned line);

#endif
