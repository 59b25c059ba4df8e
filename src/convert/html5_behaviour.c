/* SPDX-License-Identifier: MIT */
#include "convert/html5_behaviour.h"

#include "base/names.h"

static const struct {
    const char *name;
    enum html5_behaviour is;
} behaviours[] = {
#define BEHAVIOUR(name, is) { name, is },
#include "convert/html5_behaviour.def"
#undef BEHAVIOUR
};

size_t html5_behaviour_find(str name)
{
    return NAMES_FIND_NOCASE(name, behaviours);
}

enum html5_behaviour html5_behaviour(size_t number)
{
    return number < HTML5_BEHAVIOURS ? behaviours[number].is : PLAIN;
}
