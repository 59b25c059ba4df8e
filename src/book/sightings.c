/* SPDX-License-Identifier: MIT */
#include "book/sightings.h"

#include "book/linkkey.h"

void sightings_init(struct sightings *s, struct arena *a)
{
    s->arena = a;
    map_init(&s->seen, a);
}

static bool ends_address(char c)
{
    return ascii_is_space((unsigned char)c) ||
           str_find_char(S("()<>[]\"'`*|"), c) != STR_NONE;
}

/* "host/2018/08/29/slug" at the start of S; empty if it isn't one. */
static str dated_address(str s)
{
    size_t n = 0, slashes = 0;

    while (n < s.n && n < 1000 && !ends_address(s.p[n]))
        slashes += s.p[n++] == '/';
    str address = str_sub(s, 0, n);
    size_t slash = str_find_char(address, '/');
    if (slashes < 4 || slash == 0 || slash == STR_NONE)
        return (str){ 0 };
    for (size_t i = slash + 1; i + 5 < address.n; i++) {
        bool year = (address.p[i] == '1' || address.p[i] == '2') &&
                    address.p[i - 1] == '/' && address.p[i + 4] == '/';
        if (year && ascii_is_digit((unsigned char)address.p[i + 5]))
            return address;
    }
    return (str){ 0 };
}

void sightings_add(struct sightings *s, str text)
{
    for (;;) {
        size_t at = str_find(text, S("://"));
        if (at == STR_NONE || s->seen.n >= SIGHTINGS_MAX)
            return;
        text = str_from(text, at + 3);
        str address = dated_address(text);
        if (address.n > 0 && !map_find(&s->seen, address))
            map_put(&s->seen, arena_dup(s->arena, address), s);
    }
}

struct host {
    const struct post *first; /* that an address with this host means */
    bool proven;
};

static void weigh(struct map *hosts, str address, struct linkindex *x,
                  struct arena *a)
{
    struct address ad = address_parse(arena_join(a, S("//"), address), a);
    const struct post *post;

    if (linkindex_find_dated(x, ad.path, a, &post) != LINK_ONE)
        return;
    struct host *h = map_find(hosts, ad.host);
    if (!h) {
        h = arena_new(a, struct host);
        map_put(hosts, ad.host, h);
    }
    if (!h->first)
        h->first = post;
    if (h->first == post || h->proven)
        return;
    h->proven = true;
    linkindex_add_host(x, ad.host);
}

void sightings_apply(const struct sightings *s, struct linkindex *x)
{
    struct map hosts;

    map_init(&hosts, s->arena);
    for (size_t i = 0; i < s->seen.n; i++)
        weigh(&hosts, s->seen.entries[i].key, x, s->arena);
}
