/* SPDX-License-Identifier: MIT */
/* formula_address.h - formulas that bloggers had drawn by a site, whose source
 * stands in the picture's address. */
#ifndef CONVERT_FORMULA_ADDRESS_H
#define CONVERT_FORMULA_ADDRESS_H

#include "base/arena.h"

/* The TeX in the address URL of a picture, in A; empty: it is none of a site
 * in formula_address.def. *DISPLAY: it was to stand alone. */
str formula_of_address(str url, struct arena *a, bool *display);

/* Does URL only open a formula in a site's editor? */
bool formula_is_editor(str url);

#endif
