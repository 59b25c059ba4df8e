/* SPDX-License-Identifier: MIT */
/* picture_data.h - pictures written into the post itself (RFC 2397). */
#ifndef CONVERT_PICTURE_DATA_H
#define CONVERT_PICTURE_DATA_H

#include "base/arena.h"

/* The bytes that URL, "data:TYPE;base64,...", stands for. False: it is none,
 * or damaged. */
bool picture_data(str url, struct arena *a, str *bytes);

#endif
