/* SPDX-License-Identifier: MIT */
/* srcset.h - which of the pictures of a srcset suits a book. */
#ifndef CONVERT_SRCSET_H
#define CONVERT_SRCSET_H

#include "base/str.h"

/* Wider ones only cost time: no page shows more. */
#define SRCSET_WIDTH_MAX 2600

/* The address of the widest candidate of SRCSET (HTML, 4.8.4.2.2) up to
 * SRCSET_WIDTH_MAX pixels, else of the narrowest; points into SRCSET. Empty:
 * there is none. */
str srcset_best(str srcset);

#endif
