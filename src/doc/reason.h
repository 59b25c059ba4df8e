/* SPDX-License-Identifier: MIT */
/* reason.h - why a picture can't be shown, in the language of its chapter.
 * Diagnostics stay English. */
#ifndef DOC_REASON_H
#define DOC_REASON_H

#include "doc/chapter.h"

/* WHY, English, as it stands in reasons.def; what doesn't is given back. */
str reason_text(str why, enum lang lang, struct arena *a);

#endif
