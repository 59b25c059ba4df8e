/* SPDX-License-Identifier: MIT */
/* inputtree.h - one digest of everything a book may be made of, without
 * making it: the bytes and names of all files in its folders. More counts than
 * a book uses, so a change may be seen where there is none, never the other
 * way round.
 *
 * Left out are names that begin with a dot, node_modules, books and PDFs and
 * what batch keeps beside them, and blog2book.lock where --lock writes it.
 * Symbolic links count as the names they hold. What is on the web does not
 * count, nor do the computer's fonts. */
#ifndef INPUTTREE_H
#define INPUTTREE_H

#include "base/buf.h"
#include "base/hash.h"
#include "book/settings.h"

/* Appends lines "digest name" to OUT. False: too many files, or one that can't
 * be read, so nothing can be said. */
bool inputtree_list(const struct settings *set, struct buf *out);

#endif
