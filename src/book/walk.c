/* SPDX-License-Identifier: MIT */
#include "book/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/utf8.h"
#include "book/exports.h"
#include "book/inodes.h"

struct folder {
    str path;
    bool draft;
    bool link; /* reached by a symbolic link */
};

struct folders {
    struct folder *v;
    size_t n, cap;
};

struct walk {
    str root, real_root;
    bool drafts, built;
    struct arena *keep, *tmp;
    struct arena scratch; /* the names of one folder */
    struct inodes seen;
    struct folders stack, links;
    struct walk_files *files;
    struct diag *dg;
};

struct entry {
    str name;
    bool folder, link;
};

struct entries {
    struct entry *v;
    size_t n, cap;
};

bool walk_is_post_name(str name)
{
    static const str extensions[] = { STR_INIT("md"), STR_INIT("markdown"),
                                      STR_INIT("mdown"), STR_INIT("mkd"),
                                      STR_INIT("mdx") };

    return STR_IS_AMONG_NOCASE(path_ext(name), extensions);
}

static bool skips_folder(const struct walk *w, str name, bool top)
{
    static const str anywhere[] = {
        STR_INIT("node_modules"), STR_INIT("bower_components"),
        STR_INIT("__pycache__"),  STR_INIT("_site"),
        STR_INIT("_includes"),    STR_INIT("_layouts"),
        STR_INIT("_sass"),        STR_INIT("_data"),
        STR_INIT("_templates"),
    };
    static const str built[] = {
        STR_INIT("public"), STR_INIT("dist"),   STR_INIT("build"),
        STR_INIT("output"), STR_INIT("target"),
    };
    static const str at_top[] = {
        STR_INIT("vendor"),
        STR_INIT("themes"),
        STR_INIT("layouts"),
        STR_INIT("archetypes"),
    };
    bool is_built = STR_IS_AMONG_NOCASE(name, built);

    if (STR_IS_AMONG_NOCASE(name, anywhere))
        return true;
    if (str_eq(name, S("_drafts")) && !w->drafts)
        return true;
    if (top && w->built)
        return !is_built;
    return top && (is_built || STR_IS_AMONG_NOCASE(name, at_top));
}

static bool stat_path(struct walk *w, str path, bool follow, struct stat *st)
{
    const char *name = arena_cstr(&w->scratch, path);

    return (follow ? stat(name, st) : lstat(name, st)) == 0;
}

/* What readdir doesn't say about the kind of an entry, lstat does. */
static void find_kind(struct walk *w, str dir, const struct dirent *d,
                      struct entry *e)
{
    struct stat st;

#ifdef DT_UNKNOWN
    if (d->d_type != DT_UNKNOWN) {
        e->folder = d->d_type == DT_DIR;
        e->link = d->d_type == DT_LNK;
        return;
    }
#endif
    if (stat_path(w, path_join(&w->scratch, dir, e->name), false, &st)) {
        e->folder = S_ISDIR(st.st_mode);
        e->link = S_ISLNK(st.st_mode);
    }
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    return str_cmp(x->name, y->name);
}

static void read_entries(struct walk *w, str dir, DIR *d, struct entries *out)
{
    struct dirent *de;

    while ((de = readdir(d))) {
        if (de->d_name[0] == '.')
            continue;
        struct entry e = { arena_dup(&w->scratch, str_of(de->d_name)), false,
                           false };
        find_kind(w, dir, de, &e);
        *vec_push(out, &w->scratch) = e;
    }
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, compare_entries);
}

/* Where a link leads is inside the folder that was named. */
static bool is_inside(struct walk *w, str path)
{
    char *real = realpath(arena_cstr(&w->scratch, path), NULL);
    str where = str_of(real);
    bool inside = str_eq(where, w->real_root) || str_eq(w->real_root, S("/")) ||
                  (str_starts(where, w->real_root) &&
                   where.p[w->real_root.n] == '/');

    free(real);
    return inside;
}

static void report_unreadable(struct walk *w, str path)
{
    diag_add(w->dg, DIAG_FILE_UNREADABLE, arena_dup(w->keep, path), 0,
             "can't read it: %s", strerror(errno));
}

/* A link becomes the folder or file it means; false when it is left out. */
static bool follow_link(struct walk *w, str path, struct entry *e)
{
    struct stat st;
    bool post = walk_is_post_name(e->name);

    if (!stat_path(w, path, true, &st)) {
        if (post)
            report_unreadable(w, path);
        return false;
    }
    e->folder = S_ISDIR(st.st_mode);
    if (!e->folder && !post)
        return false;
    if (is_inside(w, path))
        return true;
    diag_add(w->dg, DIAG_FILE_OUTSIDE, arena_dup(w->keep, path), 0,
             "symbolic link out of the blog's folder, left it out");
    return false;
}

/* PATH as seen from the root. */
static str below_root(const struct walk *w, str path)
{
    size_t skip = str_eq(w->root, S(".")) ? 0 : w->root.n;

    while (skip < path.n && path.p[skip] == '/')
        skip++;
    return str_from(path, skip);
}

static void add_file(struct walk *w, str path, bool draft)
{
    struct walk_file *f = vec_push(w->files, w->tmp);

    f->path = arena_dup(w->keep, path);
    f->draft = draft;
    f->rel = below_root(w, f->path);
}

/* Remembers something that was passed over, if it is among the first. */
static void note_passed(struct walk *w, struct str_vec *list, str path)
{
    if (list->n < WALK_PASSED_MAX)
        *vec_push(list, w->keep) = arena_dup(w->keep, below_root(w, path));
}

static void note_export(struct walk *w, str path)
{
    struct str_vec *list = &w->files->exports;
    size_t n = 0;

    if (!export_has_name(path))
        return;
    for (size_t i = 0; i < list->n; i++)
        n += str_eq_nocase(path_ext(list->v[i]), path_ext(path));
    if (n < WALK_EXPORTS_MAX)
        *vec_push(list, w->keep) = arena_dup(w->keep, path);
}

static void note_picture(struct walk *w, str path)
{
    if (w->files->pictures && filenames_wants(path_base(path)))
        filenames_add(w->files->pictures, w->root, arena_dup(w->keep, path),
                      &w->scratch);
}

static void add_entry(struct walk *w, const struct folder *dir, struct entry e)
{
    str path = path_join(&w->scratch, dir->path, e.name);
    bool top = str_eq(dir->path, w->root);

    if (e.link && !follow_link(w, path, &e))
        return;
    if (!e.folder) {
        if (top && w->built)
            return;
        if (walk_is_post_name(e.name)) {
            add_file(w, path, dir->draft);
        } else {
            w->files->n_others++;
            note_passed(w, &w->files->others, path);
            note_export(w, path);
            note_picture(w, path);
        }
        return;
    }
    if (skips_folder(w, e.name, top)) {
        note_passed(w, &w->files->skipped, path);
        return;
    }
    struct folder f = { arena_dup(w->tmp, path),
                        dir->draft || str_eq(e.name, S("_drafts")), e.link };
    if (e.link)
        *vec_push(&w->links, w->tmp) = f;
    else
        *vec_push(&w->stack, w->tmp) = f;
}

/* NULL: it is left out. */
static DIR *enter_folder(struct walk *w, str path)
{
    DIR *d = opendir(arena_cstr(&w->scratch, path));
    struct stat st;

    if (!d || fstat(dirfd(d), &st) != 0) {
        report_unreadable(w, path);
    } else if (inodes_add(&w->seen, st.st_dev, st.st_ino)) {
        return d;
    } else {
        diag_add(w->dg, DIAG_FOLDER_LOOP, arena_dup(w->keep, path), 0,
                 "folder was read before under another name, left it out");
    }
    if (d)
        closedir(d);
    return NULL;
}

/* Folders leave the stack in the order of their names. */
static void walk_one(struct walk *w, struct folder dir)
{
    struct entries list = { 0 };
    size_t before = w->stack.n;

    arena_reset(&w->scratch);
    DIR *d = enter_folder(w, dir.path);
    if (!d)
        return;
    read_entries(w, dir.path, d, &list);
    closedir(d);
    for (size_t i = 0; i < list.n; i++)
        add_entry(w, &dir, list.v[i]);
    for (size_t i = before, j = w->stack.n; i + 1 < j; i++) {
        struct folder f = w->stack.v[--j];
        w->stack.v[j] = w->stack.v[i];
        w->stack.v[i] = f;
    }
}

static void walk_all(struct walk *w)
{
    size_t next_link = 0;

    for (;;) {
        while (w->stack.n > 0)
            walk_one(w, w->stack.v[--w->stack.n]);
        if (next_link == w->links.n)
            return;
        *vec_push(&w->stack, w->tmp) = w->links.v[next_link++];
    }
}

bool walk_folder(const struct walk_want *want, struct walk_files *files,
                 struct diag *dg)
{
    struct walk w = {
        .root = want->root,
        .drafts = want->drafts,
        .built = want->built,
        .keep = want->keep,
        .tmp = want->scratch,
        .files = files,
        .dg = dg,
    };
    char *real = realpath(arena_cstr(w.tmp, w.root), NULL);

    if (!real) {
        diag_add(dg, DIAG_NO_POSTS, w.root, 0, "%s", strerror(errno));
        return false;
    }
    w.real_root = str_of(real);
    arena_init(&w.scratch);
    inodes_init(&w.seen, w.tmp);
    *vec_push(&w.stack, w.tmp) = (struct folder){ w.root, false, false };
    walk_all(&w);
    arena_done(&w.scratch);
    free(real);
    return true;
}
