/* SPDX-License-Identifier: MIT */
/* chapter.h - a post made ready for a book: what every output starts from.
 *
 * The tree (see docs in src/README.md for a picture):
 *
 *   section.chapter
 *     header.chapter-head
 *       p.date > time[datetime]        absent without a date
 *       h1                             the title
 *       p.byline                       only where the author differs from the
 *                                      book's or the book has none
 *     div.body                         the post itself; its headings start
 *                                      at h2 and have no gaps
 *     footer.chapter-foot
 *       ul.tags > li
 *       p.source > a[href]             only when the post's address is known
 *
 * A note is <a epub:type="noteref" role="doc-noteref" post= frag=> in the text
 * and <aside epub:type="footnote" role="doc-footnote" id=> behind the block
 * that holds the reference.
 *
 * A card is <figure class="embed" aria-label= data-kind= data-src=
 * data-thumbnail=> with p.embed-title > a[href] and p.embed-host, in front of
 * them p.embed-picture > img when there is one, and, for a tweet, the
 * blockquote. The label is the kind in words. Code that was fetched is
 * <div class="embed-code" data-src=> with p.code-name and pre for each file,
 * and p.code-source > a[href].
 *
 * A picture that is not in the book is <span class="missing-image" title=
 * data-src= data-why=>: its title is what the author called it, its text where
 * it is (a link when it is remote) or its file, data-why what is wrong with it;
 * it is "in-line" too when it is not all of a block. What shows only when a
 * writer decodes a picture gets its place there: place.h.
 * One from an archive is in <span class="archived" data-archived=>, which says
 * whose copy it is and of what day.
 *
 * Words of the program's own that would stand between the author's sentences
 * (the card's kind, a picture's description) are attributes, which the style
 * sheets show: so the text of a chapter is the text of its post.
 */
#ifndef DOC_CHAPTER_H
#define DOC_CHAPTER_H

#include "base/budget.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/vec.h"
#include "doc/node.h"

struct post;

/* Languages that the program knows by name; text of others is LANG_OTHER and
 * keeps its tag. */
enum lang {
    LANG_OTHER,
    LANG_KO,
    LANG_JA,
    LANG_ZH_HANS,
    LANG_ZH_HANT,
    LANG_EN,
    LANG_COUNT
};

/* The enum of a BCP 47 tag: "ko-KR" is LANG_KO, "zh-TW" LANG_ZH_HANT. */
enum lang lang_of_tag(str tag);
/* "ko", "ja", "zh-Hans", "zh-Hant", "en"; LANG_OTHER: "und". */
str lang_tag(enum lang lang);

/* Is text of the language TAG written from right to left? Its pages turn that
 * way, too. */
bool lang_runs_from_right(str tag);

struct heading {
    str id;
    str text;  /* plain */
    int level; /* 2 to 6; the chapter's title is not listed */
};

enum image_type {
    IMAGE_UNKNOWN,
    IMAGE_JPEG,
    IMAGE_PNG,
    IMAGE_GIF,
    IMAGE_WEBP,
    IMAGE_SVG,
    /* These three never stand in an EPUB. */
    IMAGE_AVIF,
    IMAGE_BMP,
    IMAGE_TIFF
};

struct cover_areas; /* assets/cover_areas.h */

/* A picture of the blog; ATTR_ASSET of an img is its index in `images`. */
struct image {
    enum image_type type; /* by its bytes */
    str bytes;            /* whole file, in the chapter's arena */
    str name;             /* "3f2a9c0d1b7e.jpg": the hash of the bytes */
    str digest;           /* their SHA-256, SHA256_SIZE bytes; or empty */
    bool has_crc;         /* CRC is the bytes' CRC-32 */
    uint32_t crc;
    str path;               /* for messages */
    uint32_t line;          /* of its first use */
    uint32_t width, height; /* pixels; 0: unknown (SVG without a size) */
    const struct cover_areas *areas; /* what a drawn cover is; or NULL */
};

struct chapter {
    const struct post *post;
    enum lang lang;
    str lang_tag;      /* of the text: "ko", "en-US", "fr", "und" */
    struct node *root; /* section.chapter */
    uint32_t n_nodes;  /* node ids are below this */
    VEC(struct heading) headings;
    VEC(struct image) images;
    uint32_t n_letters; /* letters of running text, for the book's language */
    uint32_t n_words;
    bool has_links, has_math /* MathML */, has_code, has_tables, has_notes;
    uint32_t n_images_described; /* img with a non-empty alt */
    struct budget *budget;       /* NULL: none */
};

/* Has too much been spent on C? What is made of it then goes nowhere, so
 * whoever asks may stop. */
bool chapter_is_spent(const struct chapter *c);

/* Gives every node its dense id in document order and sets n_nodes. */
void chapter_number(struct chapter *c);

/* The tree as indented text, one node a line, for --dump=tree and tests:
 *   section.chapter
 *     p @12 "text" */
void chapter_dump(const struct chapter *c, struct buf *out);

#endif
