/* SPDX-License-Identifier: MIT */
/* site.h - the root of a website's sources, where not every file is a post.
 *
 * A folder is such a root when it has the settings of a generator, such as
 * _config.yml, hugo.toml or package.json. Pages are then
 *   - in sites of Jekyll and Hexo, when any post stands in _posts: what stands
 *     in no folder whose name begins with '_', and what is below _pages;
 *   - else, when any file is dated: what has neither date nor tags and is in
 *     no folder named posts, blog or the like.
 * A folder of posts alone never has pages. */
#ifndef BOOK_SITE_H
#define BOOK_SITE_H

#include "book/post.h"

struct site {
    bool dated;      /* there is a file with a date */
    bool underlined; /* there is one below _posts */
};

bool site_is_root(str folder, struct arena *scratch);

/* How many folders above one the root of its site may be. */
#define SITE_CLIMB_MAX 6

/* The root of the site that FOLDER is in, in A: FOLDER itself, or the next one
 * above it, at most CLIMB folders, if its folder on the way to FOLDER is where
 * generators have posts ("site" of "site/source/_posts"). Empty: there is
 * none. A repository's top folder is the last one that is looked at. */
str site_root_of(str folder, unsigned climb, struct arena *a);

/* Takes note of P; all of the folder first. */
void site_look(struct site *s, const struct post *p);
bool site_is_page(const struct site *s, const struct post *p);

#endif
