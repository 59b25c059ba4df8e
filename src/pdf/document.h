/* SPDX-License-Identifier: MIT */
/* document.h - the PDF of a whole book: pages in order, what binds them
 * together, and what stands around them.
 *
 * Chapters are added in book order, on one thread. Front matter (title page,
 * contents) is added whenever it is ready and comes first in the file. Every
 * page has a number that never changes, its handle: 0, 1, 2 in the order of
 * adding. Its folio counts from 1 in its own section: i, ii, iii in front
 * matter, 1, 2, 3 in the body; so folios of added pages are known at once. A
 * cover comes before both and is not counted.
 *
 * Lengths in pt/1000; page coordinates count from the upper left corner. All
 * texts are copied. */
#ifndef PDF_DOCUMENT_H
#define PDF_DOCUMENT_H

#include "pdf/pack.h"

struct document;
struct fontset;
struct shaper;

struct document_options {
    int32_t width, height; /* of every page, and */
    int32_t left, top;     /* where the type area begins, unless
                              document_place() says otherwise */
    bool two_sided;        /* opened as facing pages */
    str title, author;     /* author may be empty */
    str language;          /* BCP 47 */
    const char *path;      /* an existing file to write to */
    str identifier;        /* urn:... */
    str creator;           /* "blog2book 0.1.0" */
    int64_t modified;      /* seconds since 1970 UTC; 0: no dates */
    struct fontset *fonts;
    struct shaper *shaper; /* for page numbers; used in finish only */
};

enum document_section { SECTION_COVER, SECTION_FRONT, SECTION_BODY };

struct document *document_new(const struct document_options *o);
void document_free(struct document *doc); /* NULL is fine */

/* When the language turns out only while chapters are added. */
void document_set_language(struct document *doc, str language);

/* What viewers call the pages of the cover; none without. */
void document_name_cover(struct document *doc, str label);

/* Chapters of the body that follow belong to this part (a year). */
void document_begin_part(struct document *doc, str title);

/* Adds a chapter's pages; the handle of the first. PC may go away. */
uint32_t document_add_chapter(struct document *doc,
                              const struct packed_chapter *pc,
                              enum document_section section);
/* The same, but the chapter's first page goes onto the last page of the body,
 * below what is there: see pack_options.first_mcid. */
uint32_t document_continue_chapter(struct document *doc,
                                   const struct packed_chapter *pc);
/* The first MCID that the last page of the body leaves free. */
uint32_t document_next_mcid(const struct document *doc);
/* An empty page; its handle. */
uint32_t document_add_blank(struct document *doc,
                            enum document_section section);

/* The size of a page and where its type area begins: left and right pages,
 * named ones. Before anything is said in page coordinates. */
void document_place(struct document *doc, uint32_t page,
                    const struct page_place *place);

/* How many pages there are, in a section and in all. */
uint32_t document_section_pages(const struct document *doc,
                                enum document_section section);
uint32_t document_page_count(const struct document *doc);

/* "iv", "12": what the page is called in print and in the viewer. */
str document_folio(const struct document *doc, uint32_t page, struct arena *a);

/* The place of an anchor in page coordinates; an unknown or empty FRAG gives
 * the chapter's beginning. False: there is no such post in the document. */
struct document_place {
    uint32_t page;
    int32_t y;
};
bool document_find_anchor(const struct document *doc, uint32_t post, str frag,
                          struct document_place *out);

/* Furniture: items whose origin is X, Y in page coordinates; glyphs, rules
 * and codes, all artifacts. Drawn above the page's own content. */
void document_add_overlay(struct document *doc, uint32_t page,
                          const struct item *items, size_t n, int32_t x,
                          int32_t y);

/* The next entry of the outline; LEVEL 0 is the uppermost, and at most one
 * deeper than the entry before. Entries of front matter are moved to the
 * front. Y is in page coordinates. */
void document_add_outline(struct document *doc, unsigned level, str title,
                          uint32_t page, int32_t y);

/* The fonts used so far, for the colophon: in order of first use. */
const struct font_uses *document_fonts(const struct document *doc);

/* Makes fonts and all that was waiting, and ends the file. Messages are about
 * TARGET. Once. False: already reported. */
bool document_finish(struct document *doc, str target, struct diag *dg);

#endif
