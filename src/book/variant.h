/* SPDX-License-Identifier: MIT */
/* variant.h - translations of a post: which language a file's place says.
 * "post.ko.md", "ko/post.md", "i18n/ko/blog/post.md". */
#ifndef BOOK_VARIANT_H
#define BOOK_VARIANT_H

#include "base/str.h"

/* "index" of "index.ko"; all of STEM when it ends in no language. *TAG, which
 * may be NULL, gets the language as BCP 47 has it, or the empty text. */
str variant_cut(str stem, const char **tag);

/* "readme" of "readme.ko", "readme-ja" and "readme_zh_CN": what a translation
 * of a repository's own file is one of. For names of posts this would be too
 * much. */
str variant_original(str stem);

/* The language in the name of the file or of one of its folders, as BCP 47
 * has it; "" if there is none. PATH may have an extension. */
const char *variant_of_path(str path);

#endif
