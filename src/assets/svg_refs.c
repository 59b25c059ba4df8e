/* SPDX-License-Identifier: MIT */
#include "assets/svg_refs.h"

#include "assets/svg_clean.h"

void svg_refs_init(struct svg_refs *refs, const struct map *all,
                   struct arena *a)
{
    *refs = (struct svg_refs){ .all = all };
    map_init(&refs->ids, a);
}

bool svg_refs_define(struct svg_refs *refs, str id, str local)
{
    void **place = map_at(&refs->ids, arena_dup(refs->ids.arena, id));

    if (*place)
        return false;
    str *kept = arena_new(refs->ids.arena, str);
    *kept = arena_dup(refs->ids.arena, local);
    *place = kept;
    return true;
}

static bool is_paint(str local)
{
    return str_eq(local, S("linearGradient")) ||
           str_eq(local, S("radialGradient")) || str_eq(local, S("pattern"));
}

static bool is_there(const struct map *ids, const struct svg_ref *ref)
{
    const str *local = map_find(ids, ref->id);

    if (!local)
        return false;
    if (ref->use == SVG_USE_PAINT)
        return is_paint(*local);
    return ref->use != SVG_USE_DRAW ||
           (!is_paint(*local) && !str_eq(*local, S("clipPath")));
}

static bool is_believed(struct svg_refs *refs, str id, enum svg_use use)
{
    struct svg_ref ref = { id, use };

    if (!svg_is_id(id))
        return false;
    if (refs->all)
        return is_there(refs->all, &ref);
    ref.id = arena_dup(refs->ids.arena, id);
    *vec_push(&refs->wanted, refs->ids.arena) = ref;
    return true;
}

/* SVG 2, 13.2: "url(#a) red" is red where there is no a. svg_css_clean() has
 * left no other form of a reference. */
static void check_paint(struct svg_refs *refs, str *value)
{
    str rest = str_trim(*value);

    if (!str_starts(rest, S("url(#")))
        return;
    size_t end = str_find_char(rest, ')');
    if (is_believed(refs, str_sub(rest, 5, end - 5), SVG_USE_PAINT))
        return;
    rest = str_trim(str_from(rest, end + 1));
    *value = rest.n ? rest : S("none");
}

static bool check_href(struct svg_refs *refs, str local, str *value)
{
    str target = str_trim(*value);

    /* No drawing in a book is a place to go to. */
    if (str_eq(local, S("a")))
        return false;
    if (!str_starts(target, S("#")))
        return true;
    *value = target;
    return is_believed(refs, str_from(target, 1),
                       str_eq(local, S("use")) ? SVG_USE_DRAW : SVG_USE_ANY);
}

bool svg_refs_check(struct svg_refs *refs, str local, str name, str *value)
{
    if (str_eq(name, S("href")) || str_eq(name, S("xlink:href")))
        return check_href(refs, local, value);
    if (str_eq(name, S("fill")) || str_eq(name, S("stroke")))
        check_paint(refs, value);
    return true;
}

bool svg_refs_disappoint(const struct svg_refs *refs)
{
    for (size_t i = 0; i < refs->wanted.n; i++)
        if (!is_there(&refs->ids, &refs->wanted.v[i]))
            return true;
    return false;
}
