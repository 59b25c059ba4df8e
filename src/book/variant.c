/* SPDX-License-Identifier: MIT */
#include "book/variant.h"

#include <string.h>

#include "base/path.h"

static const struct {
    str name;
    const char *tag;
} variants[] = {
#define VARIANT(name, tag) { STR_INIT(name), tag },
#include "book/variant.def"
#undef VARIANT
};

/* "zh_TW" is "zh-tw". */
static bool is_name(str s, str name)
{
    if (s.n != name.n)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        str c = s.p[i] == '_' ? S("-") : str_sub(s, i, 1);
        if (!str_eq_nocase(c, str_sub(name, i, 1)))
            return false;
    }
    return true;
}

static const char *find_tag(str s)
{
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++)
        if (is_name(s, variants[i].name))
            return variants[i].tag;
    return "";
}

str variant_cut(str stem, const char **tag)
{
    size_t dot = str_rfind_char(stem, '.');
    const char *found = "";

    if (dot != STR_NONE && dot > 0)
        found = find_tag(str_from(stem, dot + 1));
    if (tag)
        *tag = found;
    return *found ? str_sub(stem, 0, dot) : stem;
}

str variant_original(str stem)
{
    for (size_t i = 0; i < stem.n; i++)
        if (strchr("._-", stem.p[i]) && *find_tag(str_from(stem, i + 1)))
            return str_sub(stem, 0, i);
    return stem;
}

const char *variant_of_path(str path)
{
    const char *tag;
    str dir = path_dir(path);

    variant_cut(path_stem(path), &tag);
    while (!*tag && dir.n > 0)
        tag = find_tag(str_cut(&dir, '/'));
    return tag;
}
