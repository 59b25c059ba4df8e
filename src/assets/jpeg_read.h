/* SPDX-License-Identifier: MIT */
/* jpeg_read.h - what can be asked of a JPEG without its pixels. */
#ifndef ASSETS_JPEG_READ_H
#define ASSETS_JPEG_READ_H

#include "base/str.h"

/* Would decoders make something of it? Cheap, but for progressive files. */
bool jpeg_is_sound(str bytes);

#endif
