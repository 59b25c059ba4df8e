/* SPDX-License-Identifier: MIT */
#include "assets/cover_find.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/path.h"

static const str folders[] = {
    STR_INIT(""),
    STR_INIT("images"),
    STR_INIT("static"),
    STR_INIT("assets"),
};
static const str names[] = {
    STR_INIT("cover.jpg"),  STR_INIT("cover.jpeg"), STR_INIT("cover.png"),
    STR_INIT("cover.webp"), STR_INIT("cover.svg"),
};

#define N_NAMES (sizeof names / sizeof *names)

static bool is_file(str path, struct arena *a)
{
    struct stat st;

    return stat(arena_cstr(a, path), &st) == 0 && S_ISREG(st.st_mode);
}

static size_t rank(str name)
{
    size_t i = 0;

    while (i < N_NAMES && !str_eq_nocase(name, names[i]))
        i++;
    return i;
}

/* The best name in DIR, whatever order it is read in; empty: none. */
static str find_in(str dir, struct arena *a)
{
    DIR *d = opendir(arena_cstr(a, dir.n ? dir : S(".")));
    str best = { 0 };

    if (!d)
        return best;
    for (struct dirent *e; (e = readdir(d));) {
        str name = str_of(e->d_name);
        size_t mine = rank(name), its = rank(best);

        if (mine < N_NAMES &&
            (mine < its || (mine == its && str_cmp(name, best) < 0)))
            best = arena_dup(a, name);
    }
    closedir(d);
    return best;
}

str cover_find(str folder, struct arena *a)
{
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        str dir = folders[i].n ? path_join(a, folder, folders[i]) : folder;
        str name = find_in(dir, a), path = path_join(a, dir, name);

        if (name.n && is_file(path, a) && file_is_inside(folder, path, a))
            return path;
    }
    return (str){ 0 };
}
