/* SPDX-License-Identifier: MIT */
/* shortcode_text.h - what else programs know inside a line. Each function looks
 * at AT in LINE, writes what it means, and returns how many bytes it has used:
 * 0 if there is nothing of its kind. */
#ifndef CONVERT_SHORTCODE_TEXT_H
#define CONVERT_SHORTCODE_TEXT_H

#include "base/arena.h"
#include "base/buf.h"

/* "$x_1$", "$$x$$", "\(x^2\)", "\\(x\\)": a tag with the formula where tex.h
 * knows it; else it stays, but is no Markdown. Prices and shell variables are
 * left alone. *UNKNOWN gets the name of a command that kept it from being a
 * formula, a part of LINE, or an empty str. */
size_t shortcode_math(str line, size_t at, struct buf *out, str *unknown);
/* S without the backslashes before any of CHARS. */
str shortcode_unescape(str s, const char *chars, struct arena *a);
/* "[tex: x^2]", Hatena's; a formula that is not known stays. */
size_t shortcode_tex(str line, size_t at, struct buf *out);
/* "![alt](a.png =300x200)", "![alt|300](a.png)": the picture, no size. */
size_t shortcode_sized(str line, size_t at, struct buf *out);
/* "%%comment%%" of Obsidian goes. */
size_t shortcode_hidden(str line, size_t at, struct buf *out);
/* "@[kind](what)" of Zenn: KIND and WHAT; writes nothing. */
size_t shortcode_named(str line, size_t at, str *kind, str *what);
/* "^[note]": TEXT is what the brackets hold; writes nothing. */
size_t shortcode_note(str line, size_t at, str *text);

#endif
