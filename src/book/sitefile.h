/* SPDX-License-Identifier: MIT */
/* sitefile.h - the settings of a site's generator (_config.yml, hugo.toml,
 * pelicanconf.py, ...), for what nobody said of the book. */
#ifndef BOOK_SITEFILE_H
#define BOOK_SITEFILE_H

#include "book/settings.h"

/* The root of the site that FOLDER is in, as far as SET lets it be looked
 * for; empty: there is none. */
str sitefile_root(const struct settings *set, str folder, struct arena *a);

/* Fills title, author, site_language, base_url and description of SET where
 * they are empty, and site_files, from the site that FOLDER is in. A file
 * that can't be read is reported and changes nothing. */
void sitefile_read(struct settings *set, str folder, struct diag *dg);

/* All files that it may read, there or not, in A. */
struct str_vec sitefile_list(const struct settings *set, str folder,
                             struct arena *a);

#endif
