/* SPDX-License-Identifier: MIT */
/* source_notes.h - notes ("[^label]: text") that cmark would leave out. */
#ifndef CONVERT_SOURCE_NOTES_H
#define CONVERT_SOURCE_NOTES_H

#include "convert/source.h"

/* Remembers which notes the block refers to., which is finished. */
void source_find_references(struct source *s);

/* cmark leaves out notes that nothing refers to and further notes of the same
 * name. They become items of a list, which may follow any line as a note may,
 * and goes on with its second paragraph. */
void source_show_unused_notes(struct source *s);

#endif
