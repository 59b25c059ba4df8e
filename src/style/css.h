/* SPDX-License-Identifier: MIT */
/* css.h - tokens to rules and declarations (css-syntax-3, 5), without knowing
 * what any of them means. What is malformed is skipped as the standard says
 * and handed out as CSS_BAD, so that the caller can report it. */
#ifndef STYLE_CSS_H
#define STYLE_CSS_H

#include "style/token.h"

enum css_kind {
    CSS_RULE,        /* prelude: selectors; body */
    CSS_AT_RULE,     /* name, prelude, and a body if has_body */
    CSS_DECLARATION, /* name; prelude: the value without !important */
    CSS_BAD
};

struct css_item {
    enum css_kind kind;
    uint32_t line;
    str name;
    struct tokens prelude, body;
    bool has_body, important;
};

/* The next rule of a style sheet or of an @media block. False at the end. */
bool css_next_rule(struct tokens *rest, struct css_item *out);
/* The next declaration or at-rule of a rule's body. False at the end. */
bool css_next_declaration(struct tokens *rest, struct css_item *out);

#endif
