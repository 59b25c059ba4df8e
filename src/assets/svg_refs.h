/* SPDX-License-Identifier: MIT */
/* svg_refs.h - what in a drawing names another part of it. One that names
 * nothing, or what can't be used in its place, is left out: readers paint
 * then what they like, and EPUBCheck objects (RSC-012, RSC-014). */
#ifndef ASSETS_SVG_REFS_H
#define ASSETS_SVG_REFS_H

#include "base/map.h"
#include "base/vec.h"

enum svg_use {
    SVG_USE_ANY,  /* whatever bears the name */
    SVG_USE_DRAW, /* the href of a use element */
    SVG_USE_PAINT /* fill and stroke */
};

struct svg_ref {
    str id;
    enum svg_use use;
};

struct svg_refs {
    struct map ids;             /* name -> local name of the element, a str */
    const struct map *all;      /* what `ids` came to when the drawing was read
                                   before; NULL: it was not */
    VEC(struct svg_ref) wanted; /* while `all` is NULL */
};

void svg_refs_init(struct svg_refs *refs, const struct map *all,
                   struct arena *a);

/* The element LOCAL has this name. False: another one has it already. */
bool svg_refs_define(struct svg_refs *refs, str id, str local);

/* The attribute NAME of an element LOCAL, as svg_attr_stays() left it; VALUE
 * may become a part of itself. False: it is to be left out. Without `all`
 * every name is believed. */
bool svg_refs_check(struct svg_refs *refs, str local, str name, str *value);

/* Was one believed that should not have been? */
bool svg_refs_disappoint(const struct svg_refs *refs);

#endif
