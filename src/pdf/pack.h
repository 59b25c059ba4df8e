/* SPDX-License-Identifier: MIT */
/* pack.h - a laid out chapter as what a PDF file needs of it: finished
 * content streams and short lists, no display lists.
 *
 * Pure: any thread may pack any chapter in any order. What depends on the
 * rest of the book (page objects, targets of links, page numbers) stands in
 * the lists and is bound by document.h.
 *
 * Lengths in pt/1000. Coordinates count from the upper left corner of the
 * type area, y downwards, as in page.h; where the type area stands on its
 * page is told to the document. */
#ifndef PDF_PACK_H
#define PDF_PACK_H

#include "pdf/fontuse.h"
#include "pdf/page.h"
#include "pdf/pdfimage.h"

#define MCID_NONE UINT32_MAX

struct packed_link {
    int32_t x, y, w, h;
    str url;
    uint32_t post; /* UINT32_MAX: url */
    str frag;
    uint32_t elem; /* 0: not in the structure */
};

struct packed_anchor {
    str id;
    int32_t x, y;
};

/* The number of a page that is not known yet. */
struct packed_ref {
    int32_t x, y, w, h;
    const struct font *font;
    int32_t size;
    uint32_t color;
    uint32_t post;
    str frag;
    uint32_t mcid; /* MCID_NONE: an artifact */
};

struct packed_page {
    str content;     /* deflated; y grows upwards from the type area's top */
    uint32_t *elems; /* by MCID from first_mcid on: whose it is */
    uint32_t n_elems;
    VEC(struct packed_link) links;
    VEC(struct packed_anchor) anchors;
    VEC(struct packed_ref) refs;
    VEC(uint32_t) images; /* into the packed chapter's; each once */
    bool opens_chapter, blank;
    const struct page_kind *kind; /* as in page.h */
    int32_t fill_y;
};

enum packed_kid_kind { KID_ELEM, KID_MCID, KID_LINK };

/* A kid of a structure element: an element, marked content of a page, or a
 * link (its index on the page). */
struct packed_kid {
    enum packed_kid_kind kind;
    uint32_t page; /* in the chapter */
    uint32_t value;
    uint32_t next; /* into kids; 0: the last */
};

struct packed_elem {
    enum struct_role role;
    bool used; /* elements that hold nothing are left out */
    uint32_t parent;
    str alt, lang;
    uint8_t colspan, rowspan;
    bool header_column;
    uint32_t first, last; /* into kids; 0: none */
};

struct packed_chapter {
    uint32_t post; /* index; UINT32_MAX: not a post (title page, contents) */
    str lang;
    int32_t start_y; /* where it begins on its first page */
    struct packed_page *pages;
    uint32_t n_pages;
    struct packed_elem *elems; /* [0] is unused, [1] the chapter's section */
    uint32_t n_elems;
    VEC(struct packed_kid) kids; /* [0] is unused */
    VEC(struct pdf_image) images;
    const char **unshown; /* by picture of the chapter: why it can't be drawn,
                             or NULL; NULL: all can */
    struct font_uses fonts;
};

struct pack_options {
    uint32_t image_dpi;  /* pictures get no more pixels than this; 0: 300 */
    struct made *kept;   /* where decoded ones are kept; NULL: nowhere */
    uint32_t first_mcid; /* of the first page: document_next_mcid() when the
                            chapter begins on a page that is there already */
};

/* What belongs to one worker. */
struct packer;
struct packer *packer_new(void);
void packer_free(struct packer *pk); /* NULL is fine */

/* Everything new in A; texts of LC are kept, and bytes of its pictures, so LC
 * must live as long. Pictures that can't be drawn are reported. */
struct packed_chapter *pack_chapter(struct packer *pk,
                                    const struct laid_chapter *lc,
                                    const struct pack_options *o,
                                    struct arena *a, struct diag *dg);

#endif
