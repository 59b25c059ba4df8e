/* SPDX-License-Identifier: MIT */
/* clean_line.h - lines of text: what clean_sink.c and clean_line.c share. */
#ifndef CONVERT_CLEAN_LINE_H
#define CONVERT_CLEAN_LINE_H

#include "convert/clean_sink.h"

/* Ends the current line, if any: white space at its end goes. */
void line_end(struct sink *s);
/* Where the content of a new line goes. */
struct node *sink_line_home(struct sink *s);
struct attr *line_copy_attrs(const struct attr *from, struct arena *a);

#endif
