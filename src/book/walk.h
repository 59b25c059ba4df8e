/* SPDX-License-Identifier: MIT */
/* walk.h - the post files of a folder.
 *
 * A post has one of the extensions md, markdown, mdown, mkd and mdx. Left
 * out are
 *   - names that begin with a dot;
 *   - at any depth: node_modules, bower_components, __pycache__, _site,
 *     _includes, _layouts, _sass, _data, _templates, and _drafts unless asked
 *     for;
 *   - at the top only, since deeper down they may be the names of posts:
 *     public, vendor, dist, build, output, target, themes, layouts,
 *     archetypes (but see `built`);
 *   - what a symbolic link means outside of the folder, with a diagnostic:
 *     a blog that was fetched from somewhere must not be able to put other
 *     files of this computer into a book;
 *   - a folder that was already read, with a diagnostic. Real folders come
 *     before symbolic links, so the plain path is the one that stays.
 * Names are bytes; the order is that of the bytes of `rel`, folder by
 * folder. */
#ifndef BOOK_WALK_H
#define BOOK_WALK_H

#include "base/diag.h"
#include "base/vec.h"
#include "book/filenames.h"

struct walk_file {
    str path; /* ROOT joined with `rel`, and `rel` is its end */
    str rel;
    bool draft; /* below a _drafts folder */
};

/* Enough names for a message about a folder without posts. */
#define WALK_PASSED_MAX 3
/* And so many files that may be a blog in another form, of each extension. */
#define WALK_EXPORTS_MAX 4

struct walk_files {
    struct walk_file *v;
    size_t n, cap;
    /* Files that are no posts and folders that were left out, below the
     * root: the first few, for messages. */
    struct str_vec others, skipped;
    size_t n_others;
    struct filenames *pictures; /* by name; NULL: not wanted */
    struct str_vec exports;     /* paths of files that may be a blog, too */
};

struct walk_want {
    str root;
    bool drafts;           /* _drafts folders too */
    bool built;            /* nothing but public, dist, build, output and
                              target, where some keep their posts */
    struct arena *keep;    /* for the paths of posts and diagnostics */
    struct arena *scratch; /* for the list and all else */
};

/* Appends the posts of the folder to FILES. False: the folder can't be read,
 * already reported. */
bool walk_folder(const struct walk_want *want, struct walk_files *files,
                 struct diag *dg);

bool walk_is_post_name(str name);

#endif
