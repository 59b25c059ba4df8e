/* SPDX-License-Identifier: MIT */
/* sheet.h - inside a struct sheet; style.h is what others see. */
#ifndef STYLE_SHEET_H
#define STYLE_SHEET_H

#include "style/index.h"

struct media {
    struct tokens query;
    const struct media *outer; /* NULL: none */
    bool on;                   /* set by sheet_finish() */
};

/* A rule as sheet_add() leaves it. */
struct raw_rule {
    enum { RAW_STYLE, RAW_PAGE, RAW_OTHER, RAW_BAD } kind;
    bool is_base;
    str text; /* RAW_OTHER, RAW_BAD: what a message shows */
    uint32_t line;
    struct tokens prelude, body;
    struct media *media; /* NULL: always */
    struct css_source *source;
};

/* An @page rule with one of its selectors. */
struct page_rule {
    str name;
    bool left, right, first, blank;
    uint32_t specificity;
    const struct decls *decls;
    const struct decls *boxes; /* BOX_COUNT of them */
    str path;
    unsigned line;
};

struct sheet {
    struct arena *arena;
    struct {
        struct raw_rule *v;
        size_t n, cap;
    } raw;
    struct {
        struct media **v;
        size_t n, cap;
    } media;
    struct {
        struct page_rule *v;
        size_t n, cap;
    } pages; /* weakest first */
    struct map vars;
    struct rule_index rules;
    struct style initial;
    int32_t width, height;
    bool size_given;
};

/* The built-in sheet (base.c): what HTML says about its elements. */
extern const str base_sheet;

/* page.c: compiles an @page rule into SH's pages; the size it asks for. */
void page_rule_read(struct sheet *sh, const struct raw_rule *raw);
bool page_rule_size(struct sheet *sh, const struct raw_rule *raw,
                    struct page_size *out);
void page_rules_finish(struct sheet *sh);

#endif
