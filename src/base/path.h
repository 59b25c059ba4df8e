/* SPDX-License-Identifier: MIT */
/* path.h - names of files, as text only; nothing here touches a disk.
 * The separator is '/'. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "base/arena.h"

/* "a/b" of "a" and "b"; B alone if it is absolute or A is empty or ".". */
str path_join(struct arena *a, str dir, str name);
str path_dir(str path);  /* "a/b" of "a/b/c.md"; "" of "c.md" */
str path_base(str path); /* "c.md" */
str path_stem(str name); /* "c" of "c.md" and of "x/c.md" */
str path_ext(str name);  /* "md", in its own spelling; "" if none */

/* Without "." and with ".." resolved as far as there is something to
 * resolve; "a//b/../c/" gives "a/c". A leading ".." stays. */
str path_normal(struct arena *a, str path);

/* "%EA%B0%80" to its bytes; a bad escape stays as it is. */
/* S percent-decoded where that gives text, else S: for messages. */
str path_readable(struct arena *a, str s);
str path_percent_decode(struct arena *a, str s);

/* "youtube.com" of "https://www.youtube.com/x"; points into URL. */
str path_host(str url);
/* Is HOST the host SITE or one below it? "www.a.com" is on "a.com". */
bool path_host_is_on(str host, str site);
/* The value of NAME in QUERY, "a=1&b=2"; empty: it isn't there. */
str path_query_value(str query, str name);

#endif
