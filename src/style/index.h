/* SPDX-License-Identifier: MIT */
/* index.h - the style rules, found by id, class or type of their subject. */
#ifndef STYLE_INDEX_H
#define STYLE_INDEX_H

#include "style/decl.h"
#include "style/selector.h"

/* A selector with its declarations. A rule with a list makes several. */
struct style_rule {
    struct selector selector;
    const struct decls *decls;
    bool is_base; /* of the built-in sheet: everything else wins */
};

struct ranks {
    uint32_t *v;
    size_t n, cap;
};

struct rule_index {
    struct arena *arena;
    struct style_rule *v; /* in order of weight, the weakest first, */
    size_t n, cap;        /* once index_finish() has sorted them */
    struct ranks by_tag[TAG_COUNT], others;
    struct map by_class, by_id; /* to struct ranks */
};

void index_init(struct rule_index *ix, struct arena *a);
/* In the order of the sheets. */
void index_add(struct rule_index *ix, struct style_rule r);
void index_finish(struct rule_index *ix);

/* The rules that apply to N, weakest first; OUT's memory is A's and is used
 * again. LANG is the chapter's language. */
void index_match(const struct rule_index *ix, const struct node *n, str lang,
                 struct arena *a, struct ranks *out);

#endif
