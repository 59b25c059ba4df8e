/* SPDX-License-Identifier: MIT */
#include "book/limits.h"

#include <string.h>

#include "book/settings.h"

#define LIMIT_ANY    ((uint64_t)1 << 50)
#define LIMIT_MIB(n) ((uint64_t)(n) << 20)

enum unit { COUNT, BYTES, SECONDS };

static const struct limit_info {
    const char *name;
    enum unit unit;
    uint64_t least, most, otherwise, safe;
} limits[] = {
#define LIMIT(id, name, unit, least, most, otherwise, safe)                    \
    { name, unit, least, most, otherwise, safe },
#include "book/limits.def"
#undef LIMIT
};

uint64_t limit_of(const struct settings *set, enum limit which)
{
    uint64_t n = set ? set->limits[which] : 0;

    if (n == 0)
        n = set && set->safe ? limits[which].safe : limits[which].otherwise;
    return n ? n : UINT64_MAX;
}

/* 8M, 500, 60s. False: no number. */
static bool parse_number(str text, enum unit unit, uint64_t *n)
{
    static const char letters[] = "kmg";
    uint64_t step = unit == BYTES ? 1024 : 1000, factor = 1;

    text = str_trim(text);
    if (unit == SECONDS && str_ends_nocase(text, S("s")))
        text.n--;
    else if (text.n && unit != SECONDS) {
        int last = ascii_lower((unsigned char)text.p[text.n - 1]);
        const char *at = last ? strchr(letters, last) : NULL;
        for (const char *p = letters; at && p <= at; p++)
            factor *= step;
        text.n -= at != NULL;
    }
    if (!str_to_uint(text, n) || *n > LIMIT_ANY / factor)
        return false;
    *n *= factor;
    return true;
}

static bool find(str name, size_t *i)
{
    for (*i = 0; *i < LIMIT_COUNT; ++*i)
        if (str_eq_nocase(name, str_of(limits[*i].name)))
            return true;
    return false;
}

static str list_names(struct arena *a)
{
    str all = { 0 };

    for (size_t i = 0; i < LIMIT_COUNT; i++)
        all = arena_printf(a, "%.*s%s%s", STR_ARG(all), i ? ", " : "",
                           limits[i].name);
    return all;
}

static bool parse_one(str text, uint64_t *to, struct arena *a, str *why)
{
    str value = text, name = str_trim(str_cut(&value, '='));
    uint64_t n;
    size_t i;

    if (!find(name, &i)) {
        str names = list_names(a);
        *why = arena_printf(a, "there is no limit '%.*s'; there are %.*s",
                            STR_ARG(name), STR_ARG(names));
        return false;
    }
    const struct limit_info *l = &limits[i];
    if (!parse_number(value, l->unit, &n) || n < l->least || n > l->most) {
        *why = arena_printf(a,
                            "'%.*s' is no limit of %s: a number from %llu "
                            "to %llu",
                            STR_ARG(value), l->name,
                            (unsigned long long)l->least,
                            (unsigned long long)l->most);
        return false;
    }
    to[i] = n;
    return true;
}

bool limits_parse(str text, uint64_t *to, struct arena *a, str *why)
{
    if (str_is_blank(text)) {
        *why = S("a limit has the form posts=500");
        return false;
    }
    while (text.n) {
        if (!parse_one(str_cut(&text, ','), to, a, why))
            return false;
    }
    return true;
}
