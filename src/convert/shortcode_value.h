/* SPDX-License-Identifier: MIT */
/* shortcode_value.h - what a value looks like, in a tag or a link. */
#ifndef CONVERT_SHORTCODE_VALUE_H
#define CONVERT_SHORTCODE_VALUE_H

#include "base/str.h"

/* "http://..." or "https://..." */
bool value_is_address(str s);

/* A picture's file name or address, by its ending. */
bool value_is_picture(str s);

#endif
