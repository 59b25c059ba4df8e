/* SPDX-License-Identifier: MIT */
/* shortcode_ruby.h - readings above characters, as DenDen Markdown and
 * markdown-it-ruby have them. */
#ifndef CONVERT_SHORTCODE_RUBY_H
#define CONVERT_SHORTCODE_RUBY_H

#include "base/buf.h"

/* "{base|reading}" or, one reading a character, "{base|r|r|r}" at AT in LINE:
 * HTML's ruby to OUT. The base has a Han character, the readings are letters
 * of a script that says how it sounds. Bytes used, or 0. */
size_t shortcode_ruby(str line, size_t at, struct buf *out);

#endif
