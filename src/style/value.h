/* SPDX-License-Identifier: MIT */
/* value.h - the properties as data, and their values as parsed: not yet
 * computed for any element. */
#ifndef STYLE_VALUE_H
#define STYLE_VALUE_H

#include "style/style.h"
#include "style/token.h"

enum prop {
#define PROP(id, name, inherits, type, keywords, field, initial) PROP_##id,
#define ONLY(id, name, type)                                     PROP_##id,
#include "style/props.def"
    PROP_COUNT
};

enum prop_type {
    TYPE_ENUM,
    TYPE_FLAG,
    TYPE_WORDS,
    TYPE_MP,
    TYPE_MP_PLUS,
    TYPE_LENGTH,
    TYPE_LENGTH_PLUS,
    TYPE_COUNT,
    TYPE_COUNT_0,
    TYPE_COLOR,
    TYPE_BACKGROUND,
    TYPE_FONT_SIZE,
    TYPE_FONT_FAMILY,
    TYPE_FONT_WEIGHT,
    TYPE_LINE_HEIGHT,
    TYPE_VERTICAL_ALIGN,
    TYPE_TEXT_EMPHASIS,
    TYPE_DECORATION,
    TYPE_NAME,
    TYPE_STRING_SET,
    TYPE_PAGE_SIZE,
    TYPE_CONTENT,
    TYPE_COUNT_OF
};

enum keyword_group {
    KEYS_NO,
    KEYS_AUTO,
    KEYS_NONE,
    KEYS_NORMAL,
    KEYS_AUTOSPACE,
    KEYS_BORDER_STYLE,
    KEYS_BORDER_WIDTH,
    KEYS_BOX_BREAK,
    KEYS_BREAK,
    KEYS_BREAK_INSIDE,
    KEYS_CAPTION_SIDE,
    KEYS_COLLAPSE,
    KEYS_COLUMNS,
    KEYS_DECORATION,
    KEYS_DISPLAY,
    KEYS_EMPHASIS_POSITION,
    KEYS_FONT_SIZE,
    KEYS_FONT_STYLE,
    KEYS_FONT_VARIANT,
    KEYS_FONT_WEIGHT,
    KEYS_HYPHENS,
    KEYS_LINE_BREAK,
    KEYS_LIST_POSITION,
    KEYS_LIST_STYLE,
    KEYS_OVERFLOW_WRAP,
    KEYS_TEXT_ALIGN,
    KEYS_TEXT_ALIGN_LAST,
    KEYS_TEXT_EMPHASIS,
    KEYS_TEXT_TRANSFORM,
    KEYS_TEXT_WRAP,
    KEYS_TRIM,
    KEYS_VERTICAL_ALIGN,
    KEYS_VISIBILITY,
    KEYS_WHITE_SPACE,
    KEYS_WORD_BREAK
};

struct prop_info {
    str name;
    enum prop_type type;
    enum keyword_group keywords;
    bool inherits;
    bool in_style;   /* has a field; false for ONLY */
    size_t at, size; /* the field in struct style */
    const char *initial;
};

const struct prop_info *prop_info(enum prop p);

/* False if WORD is not in the group. */
bool keyword_find(enum keyword_group group, str word, int *value);
/* The word for VALUE; empty if there is none. */
str keyword_text(enum keyword_group group, int value);

enum unit {
    UNIT_MP, /* every absolute unit, converted */
    UNIT_EM,
    UNIT_REM,
    UNIT_EX,
    UNIT_CH,
    UNIT_IC,
    UNIT_LH,
    UNIT_RLH
};

enum value_kind {
    VALUE_KEYWORD, /* i */
    VALUE_LENGTH,  /* num and unit */
    VALUE_PERCENT, /* num */
    VALUE_NUMBER,  /* num */
    VALUE_COLOR,   /* i, composited on white; num: alpha, 0 to 1 */
    VALUE_CURRENT, /* currentcolor */
    VALUE_DATA,    /* p: what the property's type says */
    VALUE_INHERIT,
    VALUE_INITIAL /* unset becomes one of these two */
};

struct value {
    enum value_kind kind;
    enum unit unit;
    int32_t i;
    double num;
    const void *p;
};

/* TYPE_PAGE_SIZE's data; 0 for auto. */
struct page_size {
    int32_t width, height;
    bool landscape; /* already in width and height, where they are */
};

/* T as a value of P; data is made in A. */
bool value_parse(enum prop p, struct tokens t, struct arena *a,
                 struct value *out);

bool color_parse(struct tokens t, struct value *out);
bool length_parse(const struct token *t, struct value *out);
/* What is not a length but a list (content.c). */
bool content_parse(struct tokens t, bool in_element, struct arena *a,
                   struct content *out);
bool string_set_parse(struct tokens t, struct arena *a, struct value *out);

#endif
