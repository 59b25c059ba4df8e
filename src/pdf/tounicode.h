/* SPDX-License-Identifier: MIT */
/* tounicode.h - the CMap that says what the glyphs of a font mean (ISO
 * 32000-1, 9.10.3). */
#ifndef PDF_TOUNICODE_H
#define PDF_TOUNICODE_H

#include "base/arena.h"

struct tounicode_entry {
    uint32_t code;
    str text; /* empty: no text of its own, as a part of a cluster */
};

/* CODE_BYTES is 1 or 2; the entries ascend by code. */
str tounicode_make(const struct tounicode_entry *entries, size_t n,
                   unsigned code_bytes, struct arena *a);

#endif
