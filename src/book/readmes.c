/* SPDX-License-Identifier: MIT */
#include "book/readmes.h"

#include "base/path.h"

bool readmes_is_name(str stem)
{
    return str_eq_nocase(stem, S("readme"));
}

bool readmes_are_posts(const struct walk_files *files)
{
    size_t below = 0, top = 0;

    for (size_t i = 0; i < files->n; i++) {
        str rel = files->v[i].rel;
        if (!readmes_is_name(path_stem(rel)))
            continue;
        below += path_dir(rel).n > 0;
        top += path_dir(rel).n == 0;
    }
    return below > files->n - top - below;
}
