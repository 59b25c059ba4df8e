/* SPDX-License-Identifier: MIT */
/* jsonshape.h - is a text JSON (RFC 8259) as this program writes it? For text
 * of a process that may be somebody else's by now: takes no memory, and no
 * more stack than the shapes are deep. */
#ifndef JSONSHAPE_H
#define JSONSHAPE_H

#include "base/str.h"

/* A member of the outermost object that is known: its bytes, not decoded. */
struct json_known {
    const char *key;
    str value;
};

/* Is TEXT one value of the SHAPE, of report_shape.def, with nothing around it?
 * Strict: valid UTF-8, no control character (also of C1) that is not escaped,
 * no member twice or unknown or missing, no number that is negative or long.
 * The members of KNOWN, as many as N, have just these values. */
bool json_has_shape(str text, const char *shape, const struct json_known *known,
                    size_t n);

#endif
