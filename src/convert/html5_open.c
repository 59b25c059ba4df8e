/* SPDX-License-Identifier: MIT */
#include "convert/html5_open.h"

static uint32_t hash_name(str s)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (uint32_t)ascii_lower((unsigned char)s.p[i])) * 16777619u;
    return h;
}

static void pop_to(struct html5_open *o, unsigned n)
{
    while (o->n > n)
        o->names[o->v[--o->n].name & 255]--;
}

/* Does a start tag end the element I? */
static bool ends(const struct html5_open *o, unsigned i,
                 enum html5_behaviour is, uint32_t name)
{
    switch (is) {
    case BLOCK:
    case PARAGRAPH:
    case SCOPE:
        return o->v[i].is == PARAGRAPH;
    case ITEM:
        return o->v[i].is == ITEM;
    case CELL:
        return o->v[i].is == CELL && o->v[i].name == name;
    default:
        return false;
    }
}

static void end_implied(struct html5_open *o, enum html5_behaviour is,
                        uint32_t name)
{
    for (unsigned i = o->n; i-- > 0;) {
        if (ends(o, i, is, name)) {
            pop_to(o, i);
            return;
        }
        if (o->v[i].is == SCOPE || (is != CELL && o->v[i].is == CELL))
            return;
    }
}

enum html5_open_verdict html5_open_start(struct html5_open *o, str name,
                                         enum html5_behaviour is,
                                         unsigned depth)
{
    uint32_t hash = hash_name(name);

    o->n_elements += 1 + o->n_formatting;
    if (o->n_elements > CAPS_ELEMENTS)
        return HTML5_OPEN_MANY;
    if (is == VOID || is == RAW || is == RAW_REST)
        return HTML5_OPEN_FINE;
    end_implied(o, is, hash);
    if (o->n >= depth ||
        (is == FORMATTING && o->n_formatting == CAPS_FORMATTING))
        return HTML5_OPEN_DEEP;
    o->v[o->n].name = hash;
    o->v[o->n++].is = is;
    o->names[hash & 255]++;
    o->n_formatting += is == FORMATTING;
    return HTML5_OPEN_FINE;
}

void html5_open_end(struct html5_open *o, str name, enum html5_behaviour is)
{
    uint32_t hash = hash_name(name);

    if (is == FORMATTING && o->n_formatting > 0)
        o->n_formatting--;
    if (o->names[hash & 255] == 0)
        return;
    for (unsigned i = o->n; i-- > 0;) {
        if (o->v[i].name == hash) {
            pop_to(o, i);
            return;
        }
    }
}

bool html5_open_has(const struct html5_open *o, enum html5_behaviour is)
{
    for (unsigned i = o->n; i-- > 0;)
        if (o->v[i].is == is)
            return true;
    return false;
}
