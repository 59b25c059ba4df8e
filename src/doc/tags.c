/* SPDX-License-Identifier: MIT */
/* The tables of tags.def and attrs.def. */
#include "doc/node.h"

static const struct {
    str name;
    enum tag_kind kind;
} tags[TAG_COUNT] = {
    [TAG_TEXT] = { STR_INIT("#text"), KIND_TEXT },
#define TAG(id, name, kind) [TAG_##id] = { STR_INIT(name), KIND_##kind },
#include "doc/tags.def"
#undef TAG
};

static const str attrs[ATTR_COUNT] = {
#define ATTR(id, name) [ATTR_##id] = STR_INIT(name),
#include "doc/attrs.def"
#undef ATTR
};

enum tag tag_find(str name)
{
    for (enum tag t = TAG_TEXT + 1; t < TAG_COUNT; t++)
        if (str_eq(tags[t].name, name))
            return t;
    return TAG_COUNT;
}

str tag_name(enum tag t)
{
    return tags[t].name;
}

enum tag_kind tag_kind(enum tag t)
{
    return tags[t].kind;
}

bool tag_is_heading(enum tag t)
{
    return t >= TAG_H1 && t <= TAG_H6;
}

bool tag_is_block(enum tag t)
{
    switch (tags[t].kind) {
    case KIND_TEXT:
    case KIND_INLINE:
    case KIND_TRANSPARENT:
    case KIND_VOID_INLINE:
        return false;
    case KIND_FLOW:
    case KIND_PHRASES:
    case KIND_VOID_BLOCK:
    case KIND_ROWS:
        return true;
    case KIND_PART:
        /* The parts of ruby stand in a line. */
        return t != TAG_RT && t != TAG_RP;
    }
    return false;
}

str attr_text(enum attr_name name)
{
    return attrs[name];
}
