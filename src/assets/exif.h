/* SPDX-License-Identifier: MIT */
/* exif.h - how a camera was held. */
#ifndef ASSETS_EXIF_H
#define ASSETS_EXIF_H

#include "base/str.h"

/* What stands before the data in JPEG, and at times elsewhere. */
#define EXIF_MARK ((str){ "Exif\0\0", 6 })

/* The orientation (Exif 2.32, 4.6.4, tag 274) that EXIF tells, a TIFF file with
 * or without the mark: 1 to 8; 1 without one. */
uint8_t exif_orientation(str exif);

/* A number from the first directory of TIFF (TIFF 6.0, section 2). False: it
 * isn't there. */
bool tiff_value(str tiff, uint32_t tag, uint32_t *value);

/* Bytes of type UNDEFINED that the same directory names, more than four; empty:
 * none, or not whole. */
str tiff_data(str tiff, uint32_t tag);

#endif
