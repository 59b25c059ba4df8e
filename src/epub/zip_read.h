/* SPDX-License-Identifier: MIT */
/* zip_read.h - the chapters of an EPUB that this program wrote, or that
 * somebody says it wrote: nothing in the archive is believed.
 *
 * Entries are read one after another and never written anywhere; their names
 * are only compared. What unpacks to too much, one file or all together, is
 * refused while it is being read. */
#ifndef EPUB_ZIP_READ_H
#define EPUB_ZIP_READ_H

#include "base/diag.h"

/* The most that one chapter and that all of them together may unpack to. */
#define ZIP_READ_ENTRY_MAX (64u << 20)
#define ZIP_READ_ALL_MAX   (2048ull << 20)

struct zip_visitor {
    /* NAME and BYTES are valid during the call. */
    void (*chapter)(void *context, str name, str bytes);
    void *context;
};

/* Calls back for every "EPUB/text/NAME.xhtml" in the order of the archive;
 * NAME is given without the rest. False: already reported. */
bool zip_read_chapters(str path, const struct zip_visitor *visitor,
                       struct diag *dg);

#endif
