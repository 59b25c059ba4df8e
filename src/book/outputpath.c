/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/path.h"
#include "book/settings.h"

static bool is_folder(str path, struct arena *a)
{
    struct stat st;
    return stat(arena_cstr(a, path), &st) == 0 && S_ISDIR(st.st_mode);
}

/* The name of a folder as the disk has it, also of "." and "..". */
static str folder_name(str path, struct arena *a)
{
    char *real = realpath(arena_cstr(a, path), NULL);
    str name = arena_dup(a, path_base(str_of(real)));

    free(real);
    return name;
}

static str default_stem(const struct settings *set, struct arena *a)
{
    str first = set->paths.n ? set->paths.v[0] : S(".");
    str stem = first.n == 0 || is_folder(first, a)
                   ? folder_name(first.n ? first : S("."), a)
                   : path_stem(first);

    return stem.n ? stem : S("book");
}

static str without_format(str name)
{
    if (str_ends_nocase(name, S(".epub")))
        name.n -= sizeof ".epub" - 1;
    else if (str_ends_nocase(name, S(".pdf")))
        name.n -= sizeof ".pdf" - 1;
    return name;
}

str settings_output_path(const struct settings *set, const char *format,
                         struct arena *a)
{
    const struct output_wish *wish = str_eq(str_of(format), S("pdf"))
                                         ? &set->pdf
                                         : &set->epub;
    str stem = without_format(set->output);

    if (str_ends(wish->path, S("/")))
        stem = wish->path;
    else if (wish->path.n > 0)
        return arena_dup(a, wish->path);
    if (stem.n == 0)
        stem = default_stem(set, a);
    else if (str_ends(stem, S("/")))
        stem = arena_join(a, stem, default_stem(set, a));
    return arena_printf(a, "%.*s.%s", STR_ARG(stem), format);
}
