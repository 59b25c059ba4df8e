/* SPDX-License-Identifier: MIT */
/* cover_find.h - the cover that a blog has of its own. */
#ifndef ASSETS_COVER_FIND_H
#define ASSETS_COVER_FIND_H

#include "base/arena.h"

/* cover.jpg, .jpeg, .png, .webp or .svg, in this order, in capitals or not, in
 * FOLDER or in its images, static or assets. Empty: there is none, or only one
 * that a link leads out of FOLDER to. */
str cover_find(str folder, struct arena *a);

#endif
