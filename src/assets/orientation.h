/* SPDX-License-Identifier: MIT */
/* orientation.h - how a picture is to be turned before it is shown. */
#ifndef ASSETS_ORIENTATION_H
#define ASSETS_ORIENTATION_H

#include "doc/chapter.h"

/* Exif's number (2.32, 4.6.4, tag 274): 1 upright, to 8; from 5 on rows and
 * columns change places. Of a file that image_identify() accepts as TYPE. */
uint8_t picture_orientation(enum image_type type, str bytes);

#endif
