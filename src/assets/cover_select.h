/* SPDX-License-Identifier: MIT */
/* cover_select.h - selectors of a cover's style sheet: type, .class, #id and
 * :lang() of one element. style/selector.h knows more of them, but the
 * elements of a chapter. */
#ifndef ASSETS_COVER_SELECT_H
#define ASSETS_COVER_SELECT_H

#include "assets/cover_markup.h"
#include "style/token.h"

/* COVER_ODD: not understood, or one that would mean something else when a text
 * becomes a path. */
enum cover_match { COVER_MATCHES_NOT, COVER_MATCHES, COVER_ODD };

/* Does one selector, without commas, match E, whose language is LANG? Its
 * specificity (selectors-4, 17) is ids, classes and types, 8 bits each. */
enum cover_match cover_select(struct tokens selector,
                              const struct cover_element *e, str lang,
                              uint32_t *specificity);

#endif
