/* SPDX-License-Identifier: MIT */
/* embed_match.h - the lookup in embed.def. */
#ifndef CONVERT_EMBED_MATCH_H
#define CONVERT_EMBED_MATCH_H

#include "base/arena.h"

enum embed_kind {
    EMBED_KIND_PAGE, /* a frame of a host that is not in the table */
    EMBED_KIND_VIDEO,
    EMBED_KIND_AUDIO,
    EMBED_KIND_SLIDES,
    EMBED_KIND_DOCUMENT,
    EMBED_KIND_MAP,
    EMBED_KIND_CODE,
    EMBED_KIND_POST,
    EMBED_KIND_FLASH,
    EMBED_KIND_IMAGE,
    EMBED_KIND_AFFILIATE,
    EMBED_KIND_AD,
    EMBED_KIND_SCRIPT /* to be dropped without a word about advertisements */
};

struct embed_match {
    enum embed_kind kind;
    str name;      /* "YouTube"; the host where the table knows none */
    str link;      /* clean, or empty */
    str thumbnail; /* clean, or empty */
    bool derived;  /* the link was made from pieces of the address */
};

/* URL is clean, or a relative address. False: no line of the table fits;
 * then only `name` and `link` are set. */
bool embed_match(str url, struct arena *a, struct embed_match *m);

/* What a file of an unknown host is, by the type attribute or the ending. */
enum embed_kind embed_kind_by_file(str url, str type);

#endif
