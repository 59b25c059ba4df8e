/* SPDX-License-Identifier: MIT */
/* recover.h - YAML headers that libyaml refuses, read all the same.
 *
 * 1. as it stands; 2. without control characters and tabs that indent; 3. cut
 * into regions, one for each known key at the start of a line, with the quotes
 * repaired in those regions that can't be read alone; 4. region by region, and
 * what still can't be read is taken to the letter. */
#ifndef BOOK_RECOVER_H
#define BOOK_RECOVER_H

#include "book/reader.h"

struct recovery {
    bool repaired;
    unsigned line; /* of the first repair */
    str what;      /* "doubled the quotes inside 'title' and 'tags'" */
};

/* A map, VALUE_NULL for a header without entries, or NULL when TEXT has no
 * known key to hold on to: then *ERR says what libyaml met, or has an empty
 * `why` when this is YAML but no map, such as prose between two rules. *REC
 * says what was repaired. */
struct value *yaml_recover(str text, unsigned line, struct arena *a,
                           struct recovery *rec, struct read_error *err);

#endif
