/* SPDX-License-Identifier: MIT */
#include "convert/picture_find.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "base/utf8.h"

/* Folders whose names are compared letter by letter: so many a post, or a
 * post with a thousand wrong names would read its folder a thousand times. */
#define SCANS_MAX 64

static bool is_file(struct arena *a, str path)
{
    struct stat st;

    return stat(arena_cstr(a, path), &st) == 0 && S_ISREG(st.st_mode);
}

static bool exists(struct arena *a, str path)
{
    struct stat st;

    return stat(arena_cstr(a, path), &st) == 0;
}

static str real_path(struct arena *a, str path)
{
    char *real = realpath(arena_cstr(a, path), NULL);
    str copy = arena_dup(a, str_of(real));

    free(real);
    return copy;
}

/* The entry of DIR that is NAME but for case and normalization; of several
 * the first in byte order. */
static str find_entry(struct picture_finder *f, str dir, str name)
{
    str want = utf8_fold(name, f->a), best = { 0 };
    DIR *d;

    if (f->n_scans >= SCANS_MAX)
        return best;
    d = opendir(arena_cstr(f->a, dir.n > 0 ? dir : S(".")));
    if (!d)
        return best;
    f->n_scans++;
    for (struct dirent *e; (e = readdir(d));) {
        str entry = str_of(e->d_name);

        if (!utf8_is_valid(entry) || !str_eq(utf8_fold(entry, f->a), want))
            continue;
        if (best.n == 0 || str_cmp(entry, best) < 0)
            best = arena_dup(f->a, entry);
    }
    closedir(d);
    return best;
}

/* PATH below DIR, each part in the spelling of the disk; empty: not there. */
static str find_spelling(struct picture_finder *f, str dir, str path)
{
    str at = dir;

    while (path.n > 0) {
        str part = str_cut(&path, '/'), next;

        if (part.n == 0)
            continue;
        next = path_join(f->a, at, part);
        if (!exists(f->a, next)) {
            part = find_entry(f, at, part);
            if (part.n == 0)
                return S("");
            next = path_join(f->a, at, part);
        }
        at = next;
    }
    return at;
}

/* The site's or the root's real path is the fence: a link out of it leads to
 * nothing. */
static bool is_inside(struct picture_finder *f, str real)
{
    str fence = f->post->site.n > 0 ? f->post->site : f->post->root;

    if (f->root.n == 0)
        f->root = real_path(f->a, fence.n > 0 ? fence : S("."));
    return f->root.n > 0 && str_starts(real, f->root) &&
           (str_eq(f->root, S("/")) ||
            (real.n > f->root.n && real.p[f->root.n] == '/'));
}

static str try_file(struct picture_finder *f, str path)
{
    str real;

    if (path.n == 0 || !is_file(f->a, path))
        return S("");
    real = real_path(f->a, path);
    return is_inside(f, real) ? real : S("");
}

static const str below[] = {
    STR_INIT(""),
    STR_INIT("static"),
    STR_INIT("public"),
    STR_INIT("assets"),
    STR_INIT("source"),
    STR_INIT("images"),
    STR_INIT("content"),
    STR_INIT("src"),
    STR_INIT("docs"),
    STR_INIT("docs/.vuepress/public"),
    STR_INIT("docs/public"),
    STR_INIT("attachments"),
    STR_INIT("_attachments"),
    STR_INIT("img"),
    STR_INIT("media"),
    STR_INIT("files"),
    STR_INIT("附件"),
};

/* Beside the post, in the folder of its name, and in "images" beside it. */
#define OWN_PLACES 3
#define N_BELOW    (sizeof below / sizeof *below)

/* The folder of the post's name beside the post, as Hexo has it. */
static str asset_folder(str path)
{
    size_t ext = path_ext(path).n;

    return ext > 0 ? str_sub(path, 0, path.n - ext - 1) : path_dir(path);
}

static size_t n_places(const struct picture_finder *f)
{
    return OWN_PLACES + (f->post->site.n > 0 ? 2 : 1) * N_BELOW;
}

/* Where to look, the post's own folder first, the site's last. */
static str place(const struct picture_finder *f, size_t i)
{
    if (i == 2)
        return path_join(f->a, path_dir(f->post->path), S("images"));
    if (i < OWN_PLACES)
        return i ? asset_folder(f->post->path) : path_dir(f->post->path);
    i -= OWN_PLACES;
    return path_join(f->a, i < N_BELOW ? f->post->root : f->post->site,
                     below[i % N_BELOW]);
}

static str search(struct picture_finder *f, str name)
{
    if (str_starts(name, S("@site/"))) /* Docusaurus: the site's root */
        name = str_from(name, 5);

    bool absolute = name.p[0] == '/';
    size_t places = n_places(f);

    name = path_normal(f->a, name);
    while (name.n > 0 && name.p[0] == '/')
        name = str_from(name, 1);
    for (size_t i = absolute ? OWN_PLACES : 0; i < places && name.n > 0; i++) {
        str found = try_file(f, path_join(f->a, place(f, i), name));

        if (found.n > 0)
            return found;
    }
    if (str_starts(name, S("../")))
        return S("");
    for (size_t i = absolute ? OWN_PLACES : 0; i < places && name.n > 0; i++) {
        str found = try_file(f, find_spelling(f, place(f, i), name));

        if (found.n > 0)
            return found;
    }
    return S("");
}

str picture_find(struct picture_finder *f, str src)
{
    str name = src, found;

    name = str_cut(&name, '#');
    name = str_cut(&name, '?');
    name = path_percent_decode(f->a, name);
    if (src.n > PATH_MAX || src.n == 0)
        return S("");
    if (name.n > 0 && !memchr(name.p, 0, name.n)) {
        found = search(f, name);
        if (found.n > 0)
            return found;
    }
    /* A name with a '#', '?' or '%' of its own. */
    if (!str_eq(name, src) && !memchr(src.p, 0, src.n)) {
        found = search(f, src);
        if (found.n > 0)
            return found;
    }
    return try_file(f, filenames_find(f->names, f->post->root, name, f->a));
}
