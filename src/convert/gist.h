/* SPDX-License-Identifier: MIT */
/* gist.h - the files of a gist (docs.github.com/rest/gists). */
#ifndef CONVERT_GIST_H
#define CONVERT_GIST_H

#include "base/vec.h"

/* Longer files are no quotation any more. */
#define GIST_FILE_MAX (256 << 10)

/* Which gist, and which file of it, a card shows. */
struct gist {
    str user; /* may be empty */
    str id;
    str file; /* empty: all */
};

struct gist_file {
    str name;
    str language; /* "python"; may be empty */
    str text;     /* clean, without the last line's end */
    str more;     /* not empty: the text is cut off, and here is all of it */
};

struct gist_files {
    struct gist_file *v;
    size_t n, cap;
};

/* URL is the address of a gist's script or page. False: it is none. */
bool gist_parse(str url, struct arena *a, struct gist *out);

/* The files of ANSWER that G shows. False: none, or one that is too long. */
bool gist_read(str answer, const struct gist *g, struct arena *a,
               struct gist_files *out);

/* A whole file as code. False: it is too long or no text. */
bool gist_text(str bytes, struct arena *a, str *text);

#endif
