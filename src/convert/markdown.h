/* SPDX-License-Identifier: MIT */
/* markdown.h - Markdown to HTML, by cmark-gfm. The only file that knows
 * cmark is markdown.c. */
#ifndef CONVERT_MARKDOWN_H
#define CONVERT_MARKDOWN_H

#include "base/buf.h"
#include "base/diag.h"
#include "book/post.h"
#include "convert/dialect_abbr.h"

/* Registers cmark's extensions; once, before threads. */
void markdown_init(void);

/* Buffers that are reused from post to post; one a worker. */
struct markdown;
struct markdown *markdown_new(void);
void markdown_free(struct markdown *md);

/* HTML of BODY, the clean UTF-8 text of POST behind its header. The result is
 * valid until the next call with the same MD. It still is tag soup, and holds
 * the marks by which html5_parse() finds source lines. */
str markdown_to_html(struct markdown *md, str body, const struct post *post,
                     struct arena *a, struct diag *dg);

/* The abbreviations that the last text defined. */
const struct abbrs *markdown_abbrs(const struct markdown *md);

/* What the library that is running says of itself. */
str markdown_library_version(struct arena *a);

#endif
