/* SPDX-License-Identifier: MIT */
/* structure.h - the structure tree of a chapter as layout builds it (ISO
 * 32000-1, 14.7). Elements are numbered in document order. */
#ifndef PDF_STRUCTURE_H
#define PDF_STRUCTURE_H

#include "pdf/para.h"

/* A new element below PARENT (0: none); its index. */
uint32_t structure_add(struct layout *ly, uint32_t parent,
                       enum struct_role role);
/* A picture; without ALT it is an ornament: 0. */
uint32_t structure_figure(struct layout *ly, uint32_t parent, str alt);
/* A formula; ALT is its source, or its letters. */
uint32_t structure_formula(struct layout *ly, uint32_t parent, str alt);
struct struct_elem *structure_at(struct layout *ly, uint32_t elem);
/* The standard name: "H1", "LBody". */
const char *structure_name(enum struct_role role);

/* The index of the post with this name; UINT32_MAX: not in the book. */
uint32_t layout_post_index(const struct layout *ly, str name);
/* The aside that the link N refers to as a note, or NULL. */
const struct node *layout_note(const struct layout *ly, const struct node *n);

#endif
