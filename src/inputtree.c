/* SPDX-License-Identifier: MIT */
#include "inputtree.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/vec.h"
#include "book/sitefile.h"
#include "input.h"

/* More is not looked through: somebody named the whole disk. */
#define FILES_MAX 200000
#define DEPTH_MAX 64

struct tree {
    const struct settings *set;
    struct buf *out;
    size_t n_files;
    unsigned depth;
};

static bool is_left_out(const struct tree *t, str name)
{
    static const str ends[] = { STR_INIT(".epub"), STR_INIT(".pdf"),
                                STR_INIT(".state"), STR_INIT(".tmp") };

    if (str_starts(name, S(".")) || str_eq(name, S("node_modules")))
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends_nocase(name, ends[i]))
            return true;
    return t->set->lock && str_eq(name, S("blog2book.lock"));
}

static void put_line(struct tree *t, str what, str path)
{
    buf_put(t->out, what);
    buf_putc(t->out, ' ');
    buf_put(t->out, path);
    buf_putc(t->out, '\0'); /* no name has one */
}

static bool add_file(struct tree *t, str path, struct arena *a)
{
    struct input in;

    if (++t->n_files > FILES_MAX || !input_digest(path, &in))
        return false;
    put_line(t, hash_to_hex(in.sha256, a), path);
    return true;
}

static bool add_link(struct tree *t, str path, struct arena *a)
{
    char *to = arena_bytes(a, 4096);
    ssize_t n = readlink(arena_cstr(a, path), to, 4096);

    if (n < 0)
        return false;
    put_line(t, (str){ to, (size_t)n }, path);
    return true;
}

static int compare_names(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

static bool list_names(const struct tree *t, const char *dir,
                       struct str_vec *names, struct arena *a)
{
    DIR *d = opendir(dir);

    if (!d)
        return false;
    for (struct dirent *e; (e = readdir(d)) && names->n <= FILES_MAX;)
        if (!is_left_out(t, str_of(e->d_name)))
            *vec_push(names, a) = arena_dup(a, str_of(e->d_name));
    closedir(d);
    if (names->n)
        qsort(names->v, names->n, sizeof *names->v, compare_names);
    return names->n <= FILES_MAX;
}

static bool add_folder(struct tree *t, str path);

static bool add_any(struct tree *t, str path, struct arena *a)
{
    struct stat st;

    if (lstat(arena_cstr(a, path), &st) != 0)
        return false;
    if (S_ISDIR(st.st_mode))
        return add_folder(t, path);
    if (S_ISLNK(st.st_mode))
        return add_link(t, path, a);
    return !S_ISREG(st.st_mode) || add_file(t, path, a);
}

/* Recursion is bounded by DEPTH_MAX. */
static bool add_folder(struct tree *t, str path)
{
    struct arena a;
    struct str_vec names = { 0 };

    if (t->depth == DEPTH_MAX)
        return false;
    t->depth++;
    arena_init(&a);
    bool ok = list_names(t, arena_cstr(&a, path), &names, &a);
    for (size_t i = 0; ok && i < names.n; i++)
        ok = add_any(t, path_join(&a, path, names.v[i]), &a);
    arena_done(&a);
    t->depth--;
    return ok;
}

/* A post alone may name any picture of its folder. */
static bool add_root(struct tree *t, str path, struct arena *a)
{
    struct stat st;

    if (stat(arena_cstr(a, path), &st) != 0)
        return false;
    if (!S_ISDIR(st.st_mode))
        path = path_dir(path).n ? path_dir(path) : S(".");
    return add_folder(t, path);
}

/* The site that the folder is in counts as a whole, which may be more than its
 * pictures. */
static bool add_site(struct tree *t, str folder, struct arena *a)
{
    struct str_vec files = sitefile_list(t->set, folder, a);
    str site = sitefile_root(t->set, folder, a);
    struct stat st;
    bool ok = site.n == 0 || str_eq(site, folder) || add_folder(t, site);

    for (size_t i = 0; ok && i < files.n; i++)
        if (stat(arena_cstr(a, files.v[i]), &st) == 0 && S_ISREG(st.st_mode))
            ok = add_file(t, files.v[i], a);
    return ok;
}

bool inputtree_list(const struct settings *set, struct buf *out)
{
    struct tree t = { .set = set, .out = out };
    struct arena a;
    bool ok = true;

    arena_init(&a);
    for (size_t i = 0; ok && i < set->paths.n; i++)
        ok = add_root(&t, set->paths.v[i], &a) &&
             add_site(&t, set->paths.v[i], &a);
    for (size_t i = 0; ok && i < set->css.n; i++)
        ok = add_file(&t, set->css.v[i], &a);
    for (size_t i = 0; ok && i < set->font_dir.n; i++)
        ok = add_root(&t, set->font_dir.v[i], &a);
    if (ok && set->cover.n)
        ok = add_file(&t, set->cover, &a);
    arena_done(&a);
    return ok;
}
