/* SPDX-License-Identifier: MIT */
/* script.h - a site's settings that are written in a programming language.
 * No code is run: what is taken is text that stands there as it is. */
#ifndef BOOK_SCRIPT_H
#define BOOK_SCRIPT_H

#include "book/value.h"

/* Python: NAME = 'text' on a line of its own, from its first column. */
struct value *python_read(str text, struct arena *a);

/* JavaScript and TypeScript: of the object behind "export default",
 * "module.exports" or "const config" (siteConfig, siteMetadata, SITE) the
 * texts and objects that are entries of their own (title: 'text'), no
 * expressions; and texts that constants stand for (const SITE_TITLE =
 * 'text'). What comes behind something that is not understood is left out. */
struct value *script_read(str text, struct arena *a);

#endif
