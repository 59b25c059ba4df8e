/* SPDX-License-Identifier: MIT */
/* book.h - a PDF being made: what the files that make the book's own pages,
 * running heads and outline know of it. */
#ifndef PDF_BOOK_H
#define PDF_BOOK_H

#include "book/book.h"
#include "doc/words.h"
#include "pdf/document.h"
#include "pdf/layout.h"

/* A value that string-set gave to a name. */
struct book_string {
    str name, value;
    uint32_t page; /* of the chapter: 0 is its first */
    bool at_top;   /* nothing stands above it on that page */
};

/* What is kept of a chapter once its pages are in the document. */
struct book_chapter {
    const struct post *post;           /* NULL: the book's own pages */
    str page_name;                     /* for @page; empty: ordinary */
    const struct book_string *strings; /* in the order of the text */
    uint32_t n_strings;
    uint32_t page; /* handle of its first page; UINT32_MAX: it has none */
};

/* What is kept of a page, by its handle. */
struct book_page {
    uint32_t chapter; /* the one at its top, index into chapters */
    uint32_t opened;  /* the first one that begins on it; or UINT32_MAX */
    uint32_t last;    /* the one at its foot */
    enum page_side side;
    bool first, blank;
    const struct page_kind *kind; /* NULL: an ordinary one */
};

struct pdf_book {
    struct arena arena;
    const struct book *book;
    str path;
    struct outfile *file;
    struct kit *kit, *own_kit; /* own_kit NULL: it was lent */
    struct sheets *sheets;
    const struct sheet *sheet;
    struct fontset *fonts;
    struct map post_by_name;
    struct layout_book layout;
    struct layout_worker *workers; /* the last one is for commits */
    struct packer **packers;       /* likewise */
    unsigned n_workers;
    struct page_style *page[3]; /* of ordinary pages, by enum page_side */
    struct document *doc;

    VEC(struct book_chapter) chapters; /* in order of adding */
    VEC(struct book_page) pages;
    int32_t fill_y;  /* how far the last page is filled */
    bool by_year;    /* contents and outline have a level of years */
    bool with_parts; /* years have a page of their own */
    bool has_part;   /* a part was begun: */
    int part_year;

    struct map letters; /* language tag to uint64_t, letters in it */
    uint64_t n_words, n_letters;
    uint32_t n_posts, n_pictures;
    const struct date *oldest, *newest;

    /* known once all chapters are in */
    str lang_tag;
    enum lang lang;
};

/* The worker of commits and of what follows them. */
static inline const struct layout_worker *book_worker(const struct pdf_book *b)
{
    return &b->workers[b->n_workers];
}

static inline struct packer *book_packer(const struct pdf_book *b)
{
    return b->packers[b->n_workers];
}

/* Sets lang_tag and lang: the setting, or the language most letters are of. */
void book_settle_language(struct pdf_book *b);

/* The year as a title: "2018", or "Undated". */
str book_year(const struct pdf_book *b, int year, struct arena *a);
/* A title that shows. */
str book_title(const struct pdf_book *b);
str book_post_title(const struct pdf_book *b, const struct post *post);
/* "2004–2026"; empty without dates. */
str book_years(const struct pdf_book *b, struct arena *a);
/* W with a number for its %d or a text for its %s. */
str book_number(enum word w, enum lang lang, uint64_t n, struct arena *a);
str book_text(enum word w, enum lang lang, str text, struct arena *a);

/* Nodes of the book's own pages. */
struct node *book_node(struct node *parent, enum tag tag, str class_name,
                       struct arena *a);
struct node *book_line(struct node *parent, enum tag tag, str class_name,
                       str text, struct arena *a);
/* A chapter of such nodes, in the book's language. */
struct chapter *book_chapter_new(const struct pdf_book *b, struct node *root,
                                 struct arena *a);

enum book_start { BOOK_NEXT_PAGE, BOOK_RECTO, BOOK_VERSO };

/* Adds pages to the document, after a blank one where START asks for it; the
 * handle of the first; UINT32_MAX when the sheets leave nothing to show. INFO,
 * but for its page, is kept. */
uint32_t book_add_pages(struct pdf_book *b, const struct packed_chapter *pc,
                        enum document_section section, enum book_start start,
                        struct book_chapter info);
/* The same, the first page onto the last one that is there. */
uint32_t book_continue_pages(struct pdf_book *b,
                             const struct packed_chapter *pc,
                             struct book_chapter info);
void book_add_blank(struct pdf_book *b, enum document_section section);

/* Lays out, cuts into pages and adds a chapter of the book's own nodes.
 * FILL, or NULL, adds rows below them. The handle of its first page. */
typedef void book_fill(struct pdf_book *b, struct layout *ly, struct galley *g,
                       void *context);
uint32_t book_add_own(struct pdf_book *b, struct node *root, book_fill *fill,
                      void *context, enum document_section section,
                      enum book_start start, struct diag *dg);

#endif
