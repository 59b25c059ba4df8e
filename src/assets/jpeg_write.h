/* SPDX-License-Identifier: MIT */
/* jpeg_write.h - a photograph as a JPEG. */
#ifndef ASSETS_JPEG_WRITE_H
#define ASSETS_JPEG_WRITE_H

#include "assets/rows.h"
#include "base/arena.h"

/* What is still to be read of FROM, grey, RGB or words, into *OUT, in A;
 * QUALITY from 1 to 100. False: damaged, or larger than a JPEG can be. */
bool jpeg_write(struct rows *from, unsigned quality, struct arena *a, str *out);

#endif
