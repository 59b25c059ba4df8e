/* SPDX-License-Identifier: MIT */
#include "base/datadir.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/config.h"
#include "base/file.h"
#include "base/path.h"
#include "base/vec.h"

#define DATA_MAX (16u << 20)

str data_program(struct arena *a)
{
    for (size_t room = 256; room <= 65536; room *= 2) {
        char *p = arena_bytes(a, room);
        ssize_t n = readlink("/proc/self/exe", p, room);
        if (n < 0)
            return (str){ 0 };
        if ((size_t)n < room)
            return (str){ p, (size_t)n };
    }
    return (str){ 0 };
}

static struct str_vec places(struct arena *a)
{
    struct str_vec v = { 0 };
    str given = str_of(getenv("BLOG2BOOK_DATADIR"));

    if (given.n) {
        *vec_push(&v, a) = given;
        return v;
    }
    str dir = path_dir(data_program(a));
    if (dir.n && str_starts(arena_join(a, dir, S("/")), S(BUILD_DIR "/")))
        *vec_push(&v, a) = S(SOURCE_DIR);
    if (dir.n)
        *vec_push(&v, a) = path_join(a, path_dir(dir), S("share/blog2book"));
    str installed = S(INSTALLED_DIR);
    if (v.n == 0 || !str_eq(v.v[v.n - 1], installed))
        *vec_push(&v, a) = installed;
    return v;
}

static str find_in(const struct str_vec *dirs, str name, struct arena *a)
{
    for (size_t i = 0; i < dirs->n; i++) {
        str path = path_join(a, dirs->v[i], name);
        if (access(arena_cstr(a, path), R_OK) == 0)
            return path;
    }
    return (str){ 0 };
}

str data_find(str name, struct arena *a)
{
    struct str_vec dirs = places(a);

    return find_in(&dirs, name, a);
}

bool data_read(str name, struct arena *a, str *out, struct diag *dg)
{
    struct str_vec dirs = places(a);
    str path = find_in(&dirs, name, a);

    if (path.n && file_read(path, DATA_MAX, a, out) == FILE_OK)
        return true;
    str tried = dirs.v[0];
    for (size_t i = 1; i < dirs.n; i++)
        tried = arena_printf(a, "%.*s, %.*s", STR_ARG(tried),
                             STR_ARG(dirs.v[i]));
    diag_add(dg, DIAG_DATA_MISSING, arena_dup(dg->arena, name), 0,
             "not found in %.*s; set BLOG2BOOK_DATADIR to where it is",
             STR_ARG(tried));
    return false;
}
