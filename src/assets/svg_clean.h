/* SPDX-License-Identifier: MIT */
/* svg_clean.h - an SVG of which only the drawing is left: no scripts, no
 * handlers of events, nothing that is elsewhere, no entities but XML's five,
 * no names of other vocabularies, no comments. What is written is well-formed
 * (XML 1.0, Namespaces in XML 1.0), whatever was read. */
#ifndef ASSETS_SVG_CLEAN_H
#define ASSETS_SVG_CLEAN_H

#include "base/buf.h"

struct svg_size {
    uint32_t width, height; /* pixels; 0: not said, or in other units */
    uint32_t box_width, box_height;
};

/* Appends the clean SVG to OUT. NULL, or why SVG can't be read. */
const char *svg_clean(str svg, struct buf *out, struct svg_size *size);

/* The parts of the above. */

/* Reads a width, height or viewBox of the outermost element. */
void svg_size_read(struct svg_size *size, str name, str value);

/* Does an element of this local name belong to drawings? */
bool svg_element_stays(str local);
/* NAME as it is written ("xlink:href"), of an element LOCAL; VALUE may be cut
 * down into SCRATCH. */
bool svg_attr_stays(str name, str *value, struct buf *scratch);

/* Is VALUE a name that an element may have? */
bool svg_is_id(str value);

/* Appends CSS without what it would fetch. What names a part of the drawing
 * is written as url(#name). */
void svg_css_clean(str css, struct buf *out);

/* Appends TEXT without what XML can't have in it, which would hide names from
 * svg_css_clean(). */
void svg_put_plain(str text, struct buf *out);
/* The same with its references resolved; unknown ones are left out. */
void svg_decode(str text, struct buf *out);
/* The reverse, also right for values of attributes. */
void svg_encode(str text, struct buf *out);

#endif
