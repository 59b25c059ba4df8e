/* SPDX-License-Identifier: MIT */
/* compute.h - from declared values to a computed style. */
#ifndef STYLE_COMPUTE_H
#define STYLE_COMPUTE_H

#include "style/decl.h"

/* The initial value of every property (props.def); texts in A. */
void compute_initial(struct style *initial, struct arena *a);

struct cascade {
    const struct style *initial, *parent;
    const struct style *root; /* NULL: this is the root */
    /* The winning declaration of each property; NULL: none. */
    const struct decl *winner[PROP_COUNT];
};

/* Lets the declarations of D take part: the later ones win, !important ones
 * over all others. Call for normal ones first. */
void cascade_add(struct cascade *c, const struct decls *d, bool important);

/* The style that C comes to. */
void compute_style(const struct cascade *c, struct style *out);

#endif
