/* SPDX-License-Identifier: MIT */
#include <sys/stat.h>

#include "assets/cover_find.h"
#include "assets/cover_parts.h"
#include "base/file.h"
#include "base/path.h"

static bool on_command_line(const struct settings *set)
{
    size_t i;

    return option_find(S("cover"), &i) && set->is_set[i];
}

static bool exists(str path, struct arena *a)
{
    struct stat st;

    return stat(arena_cstr(a, path), &st) == 0;
}

/* "none", also as a path below the folder of book.yaml; a file of that name is
 * a file. */
static bool is_none(str path, struct arena *a)
{
    return str_eq_nocase(path_base(path), S("none")) && !exists(path, a);
}

enum cover_choice cover_choose(const struct settings *set, str folder,
                               struct arena *a, str *path)
{
    *path = set->cover;
    if (path->n && is_none(*path, a))
        return COVER_NONE;
    /* What the blog says must not lead out of it, by no link either. */
    if (path->n && (on_command_line(set) || !exists(*path, a) ||
                    file_is_inside(folder, *path, a)))
        return COVER_GIVEN;
    *path = cover_find(folder, a);
    return path->n ? COVER_OWN : COVER_DRAWN;
}
