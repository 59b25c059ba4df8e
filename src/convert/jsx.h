/* SPDX-License-Identifier: MIT */
/* jsx.h - the tags of MDX: "<Tabs groupId="os">", "</Tabs>", and HTML whose
 * attributes are expressions. */
#ifndef CONVERT_JSX_H
#define CONVERT_JSX_H

#include "base/map.h"
#include "convert/shortcode_tag.h"

struct jsx {
    struct map imports; /* "import cover from './cover.png'": str by name */
    struct arena *scratch;
};

/* For one post, with what lives as long as SCRATCH. */
void jsx_init(struct jsx *jsx, struct arena *scratch);

/* Remembers what a line imports. */
void jsx_import(struct jsx *jsx, str line);

/* Does TEXT, of a file whose name doesn't tell, import a component and use it,
 * or have a comment, a heading's id or a path between braces? */
bool jsx_may_be_in(str text);

/* Bytes of the statement, "import ..." or "export ...", that TEXT begins with:
 * whole lines, at least one. */
size_t jsx_statement_length(str text);

/* Reads the tag that S begins with; it may go over lines. TAG gets the name of
 * a component in lower case, and of the attributes those that are texts or
 * paths: "a", {'a'}, {require('./a.png')}, what was imported. Length, or 0. */
size_t jsx_read(const struct jsx *jsx, str s, struct shortcode_tag *tag);

/* Is S, which jsx_read() took, a component and not HTML? */
bool jsx_is_component(str s);

/* Is NAME, in lower case, one that is known in all posts? ALONE: it has a line
 * of its own; in a sentence some are what the sentence is about. */
bool jsx_is_known(str name, bool alone);

/* HTML with those attributes only. */
void jsx_put_html(const struct shortcode_tag *tag, struct buf *out);

/* Length of "{/" "* comment *" "/}" or of "{'text'}" at the start of S, whose
 * TEXT is what is to be read; 0: neither. */
size_t jsx_brace(str s, str *text);

#endif
