/* SPDX-License-Identifier: MIT */
#include "convert/html5_behaviour.h"

static const struct {
    const char *name;
    enum html5_behaviour is;
} behaviours[] = {
#define BEHAVIOUR(name, is) { name, is },
#include "convert/html5_behaviour.def"
#undef BEHAVIOUR
};

static int compare_name(str s, const char *name)
{
    size_t i;

    for (i = 0; i < s.n && name[i]; i++) {
        int d = ascii_lower((unsigned char)s.p[i]) - (unsigned char)name[i];
        if (d != 0)
            return d;
    }
    return i < s.n ? 1 : name[i] ? -1 : 0;
}

size_t html5_behaviour_find(str name)
{
    size_t low = 0, high = HTML5_BEHAVIOURS;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int d = compare_name(name, behaviours[mid].name);
        if (d == 0)
            return mid;
        if (d < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return HTML5_BEHAVIOURS;
}

enum html5_behaviour html5_behaviour(size_t number)
{
    return number < HTML5_BEHAVIOURS ? behaviours[number].is : PLAIN;
}
