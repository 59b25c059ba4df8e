/* SPDX-License-Identifier: MIT */
/* The tables of props.def and keywords.def. */
#include "style/value.h"

#define INHERITS       true
#define RESETS         false
#define SIZE_OF(field) sizeof(((struct style *)0)->field)

static const struct prop_info props[PROP_COUNT] = {
#define PROP(id, css_name, inherit, css_type, keys, field, first)              \
    [PROP_##id] = { .name = STR_INIT(css_name),                                \
                    .type = TYPE_##css_type,                                   \
                    .keywords = KEYS_##keys,                                   \
                    .inherits = inherit,                                       \
                    .in_style = true,                                          \
                    .at = offsetof(struct style, field),                       \
                    .size = SIZE_OF(field),                                    \
                    .initial = first },
#define ONLY(id, css_name, css_type)                                           \
    [PROP_##id] = { .name = STR_INIT(css_name), .type = TYPE_##css_type },
#include "style/props.def"
};

static const struct {
    enum keyword_group group;
    str word;
    int value;
} keywords[] = {
#define KEYWORD(group, word, value) { KEYS_##group, STR_INIT(word), value },
#include "style/keywords.def"
#undef KEYWORD
};

const struct prop_info *prop_info(enum prop p)
{
    return &props[p];
}

bool keyword_find(enum keyword_group group, str word, int *value)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (keywords[i].group == group &&
            str_eq_nocase(keywords[i].word, word)) {
            *value = keywords[i].value;
            return true;
        }
    }
    return false;
}

str keyword_text(enum keyword_group group, int value)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (keywords[i].group == group && keywords[i].value == value)
            return keywords[i].word;
    return (str){ 0 };
}
