/* SPDX-License-Identifier: MIT */
/* png_pixels.h - can the pixels of a PNG be unpacked? Its checksums say only
 * that nothing happened to the file since somebody wrote it. */
#ifndef ASSETS_PNG_PIXELS_H
#define ASSETS_PNG_PIXELS_H

#include "assets/png_chunks.h"

/* Are the data of PNG a zlib stream of as many bytes as its header says, with a
 * possible filter before each row (third edition, 8.2, 9.2 and 10)? Of a
 * picture of more than 24 MB unpacked nothing is looked at. */
bool png_pixels_are_sound(str png);

#endif
