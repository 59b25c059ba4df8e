/* SPDX-License-Identifier: MIT */
/* notes.h - footnotes become notes that pop up (EPUB 3 Structural Semantics,
 * "noteref" and "footnote"). */
#ifndef CONVERT_NOTES_H
#define CONVERT_NOTES_H

#include "book/post.h"
#include "convert/idset.h"
#include "doc/chapter.h"

/* Turns each sup.footnote-ref below BODY into a noteref and moves each note
 * of section.footnotes, as an aside, behind the block that first refers to
 * it. True: there is one at least. */
bool notes_place(struct node *body, const struct post *post,
                 const struct idset *ids, struct arena *a);

#endif
