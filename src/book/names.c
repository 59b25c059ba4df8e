/* SPDX-License-Identifier: MIT */
#include "book/names.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"

#define HASH_DIGITS 12

static bool is_ascii(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

/* Runs of anything but letters and digits become one hyphen; none at the
 * ends. */
static str hyphenate(str s, struct arena *a)
{
    char *out = arena_bytes(a, s.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        int c = ascii_lower((unsigned char)s.p[i]);
        if (ascii_is_alnum(c))
            out[n++] = (char)c;
        else if (n > 0 && out[n - 1] != '-')
            out[n++] = '-';
    }
    if (n > 0 && out[n - 1] == '-')
        n--;
    return (str){ out, n };
}

str name_slug(str slug, struct arena *a, struct arena *scratch)
{
    str s = is_ascii(slug) ? hyphenate(slug, scratch) : (str){ 0 };

    if (s.n > 0 && s.n <= NAME_SLUG_MAX)
        return arena_dup(a, s);
    str hash = hash_hex(utf8_nfc(slug, scratch), HASH_DIGITS, scratch);
    if (s.n == 0)
        return arena_dup(a, hash);
    s = str_sub(s, 0, NAME_SLUG_MAX - HASH_DIGITS - 1);
    while (s.p[s.n - 1] == '-')
        s.n--;
    return arena_printf(a, "%.*s-%.*s", STR_ARG(s), STR_ARG(hash));
}

static str first_choice(const struct post *p, struct arena *scratch)
{
    str slug = name_slug(p->slug, scratch, scratch);
    const struct date *d = &p->date;

    if (!d->year)
        return arena_printf(scratch, "post-%.*s", STR_ARG(slug));
    return arena_printf(scratch, "%04d-%02d-%02d-%.*s", d->year, d->month,
                        d->day, STR_ARG(slug));
}

struct taken {
    unsigned last; /* the highest suffix that was given */
};

/* Each name remembers its last suffix, so that equal names stay linear. */
static str unique_name(struct map *names, str want, struct arena *a)
{
    struct taken *t = map_find(names, want);

    if (!t) {
        str name = arena_dup(a, want);
        map_put(names, name, arena_new(names->arena, struct taken));
        return name;
    }
    if (t->last == 0)
        t->last = 1;
    str name;
    do
        name = arena_printf(a, "%.*s-%u", STR_ARG(want), ++t->last);
    while (map_find(names, name));
    map_put(names, name, arena_new(names->arena, struct taken));
    return name;
}

void name_posts(struct post **posts, uint32_t n, struct arena *a,
                struct arena *scratch)
{
    struct arena work;
    struct map names;

    arena_init(&work);
    map_init(&names, scratch);
    for (uint32_t i = 0; i < n; i++) {
        arena_reset(&work);
        posts[i]->name = unique_name(&names, first_choice(posts[i], &work), a);
    }
    arena_done(&work);
}
