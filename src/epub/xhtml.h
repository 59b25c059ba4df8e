/* SPDX-License-Identifier: MIT */
/* xhtml.h - a chapter as an XHTML content document (EPUB 3.3, 6.1). */
#ifndef EPUB_XHTML_H
#define EPUB_XHTML_H

#include "book/book.h"
#include "doc/chapter.h"

/* What was seen on the way, for the accessibility metadata. */
struct xhtml_seen {
    uint32_t pictures, described; /* img elements; those with a text */
};

/* The language to write into the chapter's document. */
str xhtml_language(const struct book *book, const struct chapter *c);

/* Appends the whole document to OUT. LANG is its language. WITH_USER_CSS
 * links styles/user.css too. Never fails; recursion-free. */
void xhtml_chapter(struct buf *out, const struct chapter *c, str lang,
                   bool with_user_css, struct xhtml_seen *seen);

/* The start of any of our documents up to and with <body...>; HREF_BASE is
 * "" or "../", the way to the folder of the package document. */
struct xhtml_page {
    str title, lang;
    const char *href_base;
    const char *body_attrs; /* ready-made, starting with a space, or "" */
    bool with_user_css;
};
void xhtml_begin(struct buf *out, const struct xhtml_page *page);
void xhtml_end(struct buf *out);

#endif
