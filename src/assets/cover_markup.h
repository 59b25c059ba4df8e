/* SPDX-License-Identifier: MIT */
/* cover_markup.h - the elements of a cover's SVG whose style matters. Whatever
 * is not understood for certain (entities, CDATA, texts inside of groups) makes
 * the whole of it not understood; whether it is well-formed is librsvg's to
 * say. */
#ifndef ASSETS_COVER_MARKUP_H
#define ASSETS_COVER_MARKUP_H

#include "assets/cover_template.h"

struct cover_attribute {
    str name, value;
};

struct cover_element {
    str name;
    VEC(struct cover_attribute) attrs;
};

struct cover_markup {
    struct cover_element root;   /* svg */
    struct cover_element *texts; /* children of the root, one for each text */
    VEC(struct cover_element) shapes; /* its other children, but for styles */
    bool nested;                      /* some have children too */
    str sheet;                        /* of all style elements */
};

/* False: not understood. */
bool cover_markup_read(str svg, const struct cover_texts *texts,
                       struct arena *a, struct cover_markup *out);

/* Empty: there is none. */
str cover_element_attr(const struct cover_element *e, str name);

#endif
