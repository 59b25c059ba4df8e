/* SPDX-License-Identifier: MIT */
/* formula_parts.h - what the files of formula.h share: formula.c lays rows out,
 * formula_text.c letters, formula_sign.c operators and brackets,
 * formula_build.c scripts, fractions and roots, formula_table.c tables. */
#ifndef PDF_FORMULA_PARTS_H
#define PDF_FORMULA_PARTS_H

#include "pdf/formula.h"
#include "pdf/galley.h"

/* TeX's styles; the last two are smaller. */
enum formula_level { LEVEL_DISPLAY, LEVEL_TEXT, LEVEL_SCRIPT, LEVEL_SMALL };
#define LEVELS 4

/* TeX's classes of atoms, of which each keeps its distance from others. */
enum formula_class {
    CLASS_ORD,
    CLASS_BIG, /* sums, "lim" */
    CLASS_BINARY,
    CLASS_RELATION,
    CLASS_OPEN,
    CLASS_CLOSE,
    CLASS_PUNCT,
    CLASS_INNER, /* between brackets that grow */
    CLASS_SPACE
};

enum formula_face {
    FACE_UPRIGHT,
    FACE_ITALIC,
    FACE_BOLD,
    FACE_BOLD_ITALIC,
    FACES
};

/* Origin: the left end of the baseline; y grows downwards. */
struct box_of_math {
    int32_t w, up, down;
    int32_t lean; /* how far the ink of the last letter reaches beyond W */
    struct item_vec items;
};

/* Those of the letters of a formula. They stay as long as the layout, which
 * knows fonts by them. */
struct formula_styles {
    const struct style *base;
    int32_t size;
    struct style *of[LEVELS][FACES]; /* made when needed */
};

struct formula_maker {
    struct layout *ly;  /* its arena is scratch memory meanwhile */
    struct arena *kept; /* the chapter's */
    const struct style *style;
    uint32_t struct_elem;
    int32_t size; /* of type, in LEVEL_DISPLAY and LEVEL_TEXT */
    int32_t axis; /* where the bars of fractions stand, thousandths of it */
    struct formula_styles *styles;
    unsigned depth;
};

/* Lengths are sums of what anybody typed. */
static inline int32_t formula_cap(int32_t mp)
{
    return mp > WIDTH_MOST ? WIDTH_MOST : mp < -WIDTH_MOST ? -WIDTH_MOST : mp;
}

/* THOUSANDTHS of the type size at LEVEL. */
int32_t formula_em(const struct formula_maker *m, enum formula_level level,
                   int32_t thousandths);
int32_t formula_axis(const struct formula_maker *m, enum formula_level level);
int32_t formula_rule_size(const struct formula_maker *m,
                          enum formula_level level);
enum formula_level formula_smaller(enum formula_level level);

/* Puts FROM, which is not used any more, into TO at X, its baseline DY lower;
 * TO grows upwards and downwards, not in width. */
void box_put(struct formula_maker *m, struct box_of_math *to,
             const struct box_of_math *from, int32_t x, int32_t dy);
/* Y: the upper edge, from the baseline. */
void box_put_rule(struct formula_maker *m, struct box_of_math *to, int32_t x,
                  int32_t y, int32_t w, int32_t h);

/* A box of the letters TEXT. */
struct box_of_math formula_text(struct formula_maker *m, str text,
                                enum formula_face face,
                                enum formula_level level);
/* Where the ink of IT, which is one glyph, begins and ends. */
void formula_ink(const struct item *it, int32_t *left, int32_t *right);
/* A box of the element N at LEVEL. */
typedef struct box_of_math formula_way(struct formula_maker *m,
                                       const struct node *n,
                                       enum formula_level level);
/* Of any kind; the children of N in a row. */
formula_way formula_node, formula_row;
/* How many children N has. */
size_t formula_count(const struct node *n);
/* formula_text.c's: mi; mn and mtext. */
formula_way formula_identifier, formula_words;
/* formula_build.c's and formula_table.c's: of those that hold others. */
formula_way formula_fraction, formula_scripts, formula_limits, formula_root,
    formula_enclosed, formula_table;
/* formula_sign.c's: mo that is as large as it is written, or large where it is
 * a sum. */
formula_way formula_operator;

/* formula_sign.c's. */
enum formula_class formula_class_of(const struct node *n);
str formula_text_of(const struct node *n);
/* Does mo stand with its limits beside it where it is not displayed? */
bool formula_moves_limits(const struct node *mo);
bool formula_is_stretchy(const struct node *n);
/* The gap between neighbours; BEFORE has been set already. */
int32_t formula_gap(const struct formula_maker *m, enum formula_class before,
                    enum formula_class after, enum formula_level level);
/* TEXT, one sign, stretched to reach from UP to DOWN. */
struct box_of_math formula_tall(struct formula_maker *m, str text, int32_t up,
                                int32_t down, enum formula_level level);
/* The same to a width, with its ink from the baseline upwards. */
struct box_of_math formula_wide(struct formula_maker *m, str text,
                                int32_t width, enum formula_level level);

#endif
