/* SPDX-License-Identifier: MIT */
/* document_parts.h - what the files of the document share. */
#ifndef PDF_DOCUMENT_PARTS_H
#define PDF_DOCUMENT_PARTS_H

#include "base/map.h"
#include "pdf/canvas.h"
#include "pdf/document.h"

#define SECTION_COUNT 3

struct object_vec {
    uint32_t *v;
    size_t n, cap;
};

struct doc_page {
    uint32_t object;
    enum document_section section;
    uint32_t folio; /* from 1 */
    struct page_place place;
    uint32_t key; /* in the parent tree */
    struct object_vec contents, annots;
    struct object_vec elems; /* objects, by MCID */
    str images;              /* "/Iab12 7 0 R/Icd34 9 0 R" */
    VEC(struct packed_ref) refs;
    str overlay; /* content in page coordinates */
};

struct doc_anchor {
    uint32_t page;
    int32_t y; /* in the type area */
};

/* What the structure tree refers to an annotation by. */
struct doc_link_id {
    uint32_t object;
    uint32_t key; /* in the parent tree; UINT32_MAX: none */
};

struct doc_link {
    struct doc_link_id id;
    uint32_t page;
    int32_t x, y, w, h;
    uint32_t post; /* UINT32_MAX: `target` is an address, else an id */
    str target;
};

struct doc_link_vec {
    struct doc_link *v;
    size_t n, cap;
};

/* An entry of the parent tree (ISO 32000-1, 14.7.4.4). */
struct doc_key {
    bool is_page;
    uint32_t value; /* a page's handle, or the object of a link's element */
};

struct doc_part {
    uint32_t object;
    str title;
    struct object_vec kids;
};

struct doc_entry {
    unsigned level;
    str title;
    uint32_t page;
    int32_t y;
};

struct document {
    struct arena arena;
    struct document_options o;
    struct canvas *canvas;
    struct flate *flate;
    struct font_uses fonts;
    VEC(struct doc_page) pages;
    uint32_t n_section[SECTION_COUNT];
    str cover_label;
    uint32_t last_body; /* handle; UINT32_MAX: none yet */
    uint32_t font_dict; /* object: the fonts of all pages */
    struct map images;  /* resource name to uint32_t, the object */
    struct map colors;  /* colour profile to uint32_t, the object */
    struct map anchors; /* "7#intro" to struct doc_anchor */
    struct map posts;   /* "7" to struct doc_anchor */
    /* Links inside the book wait for their targets until the end; others only
     * until their pages have a place: document_place() comes later. */
    struct doc_link_vec links, fresh_links;
    struct arena fresh; /* of fresh_links */
    VEC(struct doc_key) keys;
    uint32_t tree_root, tree_document; /* objects */
    struct object_vec front_kids, body_kids;
    VEC(struct doc_part) parts;
    VEC(struct doc_entry) outline;
    struct buf digest; /* what the file identifier is made of */
};

/* Objects of the structure tree. */
void doc_tree_begin(struct document *doc);
void doc_tree_add(struct document *doc, const struct packed_chapter *pc,
                  const uint32_t *pages, const struct doc_link_id *links,
                  enum document_section section);
void doc_tree_finish(struct document *doc);

/* Each returns its object, or 0 where there is nothing. */
uint32_t doc_outline_make(struct document *doc);
uint32_t doc_pages_make(struct document *doc);
/* Writes the annotations that wait in LINKS. */
void doc_links_make(struct document *doc, struct doc_link_vec *links);
/* Streams for page numbers and furniture. */
void doc_late_make(struct document *doc);
bool doc_fonts_make(struct document *doc, struct diag *dg);
/* ID gets the file's identifier. */
void doc_meta_make(struct document *doc, uint32_t pages, uint32_t outline,
                   uint8_t id[16]);

/* "12 0 R", with a blank in front where B ends in a digit or letter. */
void put_ref(struct buf *b, uint32_t object);
void put_refs(struct buf *b, const struct object_vec *objects);
/* "[12 0 R/XYZ null 500 null]" */
void put_dest(struct document *doc, struct buf *b, uint32_t page, int32_t y);

#endif
