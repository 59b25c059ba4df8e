/* SPDX-License-Identifier: MIT */
/* fontplan.h - fonts.yaml: the families to try for a language and a role. */
#ifndef PDF_FONTPLAN_H
#define PDF_FONTPLAN_H

#include "pdf/font.h"

struct font_plan {
    struct str_vec text[LANG_COUNT][FONT_ROLE_COUNT]; /* LANG_OTHER: und */
    struct str_vec emoji, symbols;
};

/* False: already reported. The texts of PLAN are in A. */
bool font_plan_read(struct font_plan *plan, str yaml, str path, struct arena *a,
                    struct diag *dg);

/* A family's name for comparing: without spaces, '-' and '_', ASCII letters in
 * lower case. */
str font_family_key(str name, struct arena *a);

#endif
