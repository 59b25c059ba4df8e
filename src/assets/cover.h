/* SPDX-License-Identifier: MIT */
/* cover.h - the cover of a book: the one that the settings name, else the
 * blog's own (cover_find.h), else one that is drawn from styles/cover.svg
 * (cover_template.h). `cover: none` asks for none. E-readers get a JPEG, print
 * a drawing where it is one.
 *
 * It is made by a thread of its own while posts are converted; what is drawn
 * is kept in the cache. */
#ifndef ASSETS_COVER_H
#define ASSETS_COVER_H

#include "assets/cover_template.h"
#include "assets/made.h"
#include "base/diag.h"
#include "book/settings.h"
#include "doc/chapter.h"

struct cover_request {
    const struct settings *settings;
    struct made *made; /* where a drawn one is kept; NULL: nowhere */
    str folder;        /* the blog's */
    bool wants_jpeg;   /* else it is made only where print needs it */
    struct cover_values values;
};

struct cover;

/* Begins. REQUEST's texts must live until cover_free(). NULL: none is
 * wanted. */
struct cover *cover_start(const struct cover_request *request);
/* Waits for it; to be called once before cover_image(). What there is to say is
 * put into DG, whose paths live as long as C. NULL is fine. */
void cover_wait(struct cover *c, struct diag *dg);
/* NULL: the book has none, or no JPEG was wanted. C may be NULL. */
const struct image *cover_image(const struct cover *c);
/* The same for print: the JPEG, or an SVG with its areas, the first its
 * ground. */
const struct image *cover_print(const struct cover *c);
/* The colour along its left and right edges, 0xRRGGBB, for what is around it on
 * a page of another shape. */
uint32_t cover_edge(const struct image *cover);
void cover_free(struct cover *c); /* NULL is fine */

#endif
