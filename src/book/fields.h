/* SPDX-License-Identifier: MIT */
/* fields.h - a header's values under all the names they go by. */
#ifndef BOOK_FIELDS_H
#define BOOK_FIELDS_H

#include "base/vec.h"
#include "book/header.h"
#include "book/plain.h"

/* The values of FIELD, best name first, at the top or below "taxonomies",
 * "extra" and "params" (Zola, Hugo): call with *AT = 0 and again until NULL.
 * Empty values are left out. */
const struct value *field_next(const struct value *root, enum field field,
                               size_t *at);
const struct value *field_find(const struct value *root, enum field field);

/* "true", "yes", "on", "1"; "false" and so on. */
bool field_is_true(const struct value *v);
bool field_is_false(const struct value *v);

/* Appends the texts of V: of a list its items, of a text its parts between
 * commas, or, without a comma and with SPACES, between blanks (Jekyll). Each
 * once. */
void field_list(const struct value *v, bool spaces, struct arena *a,
                struct str_vec *out);

#endif
