/* SPDX-License-Identifier: MIT */
/* html5_open.h - which elements are open, as far as a scan of tags can tell. */
#ifndef CONVERT_HTML5_OPEN_H
#define CONVERT_HTML5_OPEN_H

#include "convert/html5_behaviour.h"
#include "convert/html5_caps.h"

struct html5_open {
    unsigned n, n_formatting;
    size_t n_elements; /* seen, with those that the parser repeats */
    struct {
        uint32_t name; /* a hash */
        enum html5_behaviour is;
    } v[CAPS_DEPTH];
    unsigned names[256]; /* how many are open, by hash */
};

/* The start tag of NAME. Anything but HTML5_OPEN_FINE: it would be too much,
 * and is not counted; MANY: of elements, DEEP: open ones, of at most DEPTH. */
enum html5_open_verdict { HTML5_OPEN_FINE, HTML5_OPEN_MANY, HTML5_OPEN_DEEP };
enum html5_open_verdict html5_open_start(struct html5_open *o, str name,
                                         enum html5_behaviour is,
                                         unsigned depth);

/* Its end tag. */
void html5_open_end(struct html5_open *o, str name, enum html5_behaviour is);

bool html5_open_has(const struct html5_open *o, enum html5_behaviour is);

#endif
