/* SPDX-License-Identifier: MIT */
/* readmes.h - blogs whose posts are each the README.md of a folder, as code
 * hosts show them. */
#ifndef BOOK_READMES_H
#define BOOK_READMES_H

#include "book/walk.h"

bool readmes_is_name(str stem);

/* Are most of the files the README of a folder below the root? */
bool readmes_are_posts(const struct walk_files *files);

#endif
