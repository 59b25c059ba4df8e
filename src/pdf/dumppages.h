/* SPDX-License-Identifier: MIT */
/* dumppages.h - --dump=style and --dump=pages: what the printed book is made
 * of, as text on standard output, in book order. They are output formats whose
 * path is not used. */
#ifndef PDF_DUMPPAGES_H
#define PDF_DUMPPAGES_H

#include "doc/format.h"

/* Kinds of pages, then every element of a chapter with its styles. */
extern const struct format style_dump_format;
/* The display lists of a chapter's pages: see pages_dump(). */
extern const struct format pages_dump_format;

#endif
