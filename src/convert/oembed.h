/* SPDX-License-Identifier: MIT */
/* oembed.h - what a site says about one of its pages (oembed.com, 2.3.4). */
#ifndef CONVERT_OEMBED_H
#define CONVERT_OEMBED_H

#include "base/arena.h"

struct oembed {
    str title;   /* in one line, of a modest length; may be empty */
    str picture; /* a clean http(s) address; may be empty */
};

/* False: ANSWER is no JSON object. What does not hold is left empty. */
bool oembed_read(str answer, struct arena *a, struct oembed *out);

#endif
