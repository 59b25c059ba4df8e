/* SPDX-License-Identifier: MIT */
/* fontstore.h - the fonts that may be used with some font folders, found once
 * for all books that name these. A face is opened by whichever book needs it
 * first; nothing of a book is in here. Any thread may ask. */
#ifndef PDF_FONTSTORE_H
#define PDF_FONTSTORE_H

#include "base/shelf.h"
#include "pdf/font.h"

struct font_index; /* fontchain.h */
struct fontstore;

/* A shelf of stores. */
struct shelf *fontstores_new(void);
/* The store of these folders as they are now; to be given back. */
struct fontstore *fontstores_take(struct shelf *stores,
                                  const struct str_vec *dirs);

/* What finding the fonts had to say. */
const struct diag *fontstore_said(const struct fontstore *st);
/* NULL: fonts.yaml can't be read. */
const struct font_index *fontstore_index(const struct fontstore *st);

/* Font I of the index's list, opened now if it was not. NULL: it can't be
 * used, and fontstore_why() says why. */
const struct font *fontstore_load(struct fontstore *st, uint32_t i);
/* The same; NULL too where nothing opened it yet. */
const struct font *fontstore_opened(const struct fontstore *st, uint32_t i);
const char *fontstore_why(const struct fontstore *st, uint32_t i);

#endif
