/* SPDX-License-Identifier: MIT */
#include "convert/idset.h"

#include "base/path.h"
#include "base/utf8.h"
#include "convert/slug.h"

void idset_init(struct idset *ids, struct arena *a)
{
    ids->arena = a;
    map_init(&ids->taken, a);
    map_init(&ids->written, a);
    map_init(&ids->present, a);
    map_init(&ids->folded, a);
}

static bool is_id_byte(unsigned char c)
{
    return ascii_is_alnum(c) || c == '-' || c == '_' || c == '.' || c >= 0x80;
}

/* An XML name without a colon (Namespaces in XML, NCName): what old readers
 * demand of an id. */
static str make_legal(str written, struct arena *a)
{
    bool good = ascii_is_alpha(written.p[0]) || written.p[0] == '_' ||
                (unsigned char)written.p[0] >= 0x80;

    for (size_t i = 0; good && i < written.n; i++)
        good = is_id_byte((unsigned char)written.p[i]);
    if (good && utf8_is_valid(written))
        return written;

    char *out = arena_bytes(a, written.n + 3);
    size_t n = 0;
    if (!ascii_is_alpha(written.p[0]) && (unsigned char)written.p[0] < 0x80) {
        out[n++] = 's';
        out[n++] = '-';
    }
    for (size_t i = 0; i < written.n; i++)
        out[n++] = is_id_byte((unsigned char)written.p[i]) ? written.p[i] : '-';
    out[n] = '\0';
    return (str){ out, n };
}

static str *keep(struct idset *ids, str s)
{
    str *copy = arena_new(ids->arena, str);

    *copy = s;
    return copy;
}

str idset_claim(struct idset *ids, str written)
{
    written = str_trim(written);
    if (!written.n || map_find(&ids->written, written))
        return (str){ 0 };
    str id = make_legal(written, ids->arena);
    if (map_find(&ids->taken, id)) /* by one that had to be renamed */
        id = slug_unique(id, &ids->taken, ids->arena);
    else
        map_put(&ids->taken, id, keep(ids, id));
    map_put(&ids->written, written, keep(ids, id));
    return id;
}

void idset_collect(struct idset *ids, const struct node *root)
{
    for (const struct node *n = root; n; n = node_next(n, root)) {
        str id = node_attr(n, ATTR_ID);
        if (!id.n)
            continue;
        str *copy = keep(ids, id);
        map_put(&ids->present, id, copy);
        void **at = map_at(&ids->folded, utf8_fold(id, ids->arena));
        if (!*at)
            *at = copy;
    }
}

static const str *find_as_written(const struct idset *ids, str fragment)
{
    const str *id = map_find(&ids->written, fragment);

    if (id && (id = map_find(&ids->present, *id)))
        return id;
    return map_find(&ids->present, fragment);
}

bool idset_find(const struct idset *ids, str fragment, struct arena *scratch,
                str *id)
{
    str decoded = path_percent_decode(scratch, fragment);
    const str *found = find_as_written(ids, fragment);

    if (!found)
        found = find_as_written(ids, decoded);
    if (!found)
        found = map_find(&ids->folded, utf8_fold(decoded, scratch));
    if (!found && decoded.n)
        found = map_find(&ids->present, slug_of(decoded, scratch));
    if (found)
        *id = *found;
    return found != NULL;
}
