/* SPDX-License-Identifier: MIT */
/* zip.h - the EPUB container (OCF ZIP, EPUB 3.3, 4.2), by libzip.
 *
 * Entries go into the file as soon as they are known, or are named first and
 * copied from the spool when it is finished, so memory holds their names only.
 * All carry one fixed time. */
#ifndef EPUB_ZIP_H
#define EPUB_ZIP_H

#include "base/file.h"
#include "base/spool.h"

/* 1 January 1980, the first day that a ZIP entry can have. */
#define ZIP_DOS_DATE 0x21
#define ZIP_DOS_TIME 0

/* How an entry's bytes are given and are to lie in the file. */
enum packing {
    PACK_STORE,   /* as they are, in both */
    PACK_DEFLATE, /* as they are; deflated on the way. From the spool only */
    PACK_READY,   /* a deflate stream already; copied */
    PACK_BLOCKS   /* as they are; a deflate stream that is no shorter. Not from
                     the spool */
};

struct entry {
    struct span span; /* in the spool */
    uint64_t size;    /* uncompressed */
    uint32_t crc;     /* of the uncompressed bytes; READY and BLOCKS only */
    enum packing packing;
};

/* To be called before there are threads: older versions of libzip (1.7) look
 * at themselves when the first archive is opened, and one that another thread
 * opens just then is read-only. */
void zip_library_start(void);

struct zipfile;

/* NAMEs of entries are copied. */

/* Starts the file PATH, which appears only when it is finished; "mimetype"
 * is in it already. NULL: already reported. */
struct zipfile *zipfile_new(str path, struct spool *spool, struct diag *dg);
/* The same with a file that is open; takes it over. */
struct zipfile *zipfile_new_in(struct outfile *file, str path,
                               struct spool *spool, struct diag *dg);

/* Writes the entry that *E describes, without its span; BYTES, less than 4 GB,
 * are as it says. For READY and BLOCKS; before the first zipfile_add(). So the
 * bytes are written but once, and the disk is busy while the book is made. */
bool zipfile_place(struct zipfile *z, const char *name, const struct entry *e,
                   str bytes, struct diag *dg);
/* E must live until the end. */
bool zipfile_add(struct zipfile *z, const char *name, const struct entry *e,
                 struct diag *dg);

/* Writes everything and publishes the file; frees Z. *BYTES is its size.
 * False: already reported, an older file is as it was. */
bool zipfile_finish(struct zipfile *z, uint64_t *bytes, struct diag *dg);

/* Throws all away; frees Z. NULL is fine. */
void zipfile_discard(struct zipfile *z);

/* What the library that is running says of itself. */
str zip_library_version(struct arena *a);

#endif
