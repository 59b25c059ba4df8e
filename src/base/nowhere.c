/* SPDX-License-Identifier: MIT */
#include "base/nowhere.h"

#include <stdlib.h>

#include "base/path.h"

bool path_is_stdout(str path)
{
    return str_eq(path, S("-"));
}

str temporary_folder(str path)
{
    const char *named = getenv("TMPDIR");

    if (path.n == 0 || path_is_stdout(path))
        return named && *named ? str_of(named) : S("/tmp");
    str dir = path_dir(path);
    return dir.n ? dir : S(".");
}
