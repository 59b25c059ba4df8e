/* SPDX-License-Identifier: MIT */
/* fontplaces.h - where fonts and what is known about them are. */
#ifndef PDF_FONTPLACES_H
#define PDF_FONTPLACES_H

#include "base/vec.h"

/* Adds fontconfig's files, folders of fonts and caches to TO, in A. */
void fontplaces_add(struct str_vec *to, struct arena *a);

#endif
