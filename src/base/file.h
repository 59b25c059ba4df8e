/* SPDX-License-Identifier: MIT */
/* file.h - reading whole files and publishing finished ones. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buf.h"
#include "base/diag.h"

enum file_result {
    FILE_OK,
    FILE_ERROR,   /* errno says why */
    FILE_SPECIAL, /* a FIFO, a device, a folder: was not opened for reading */
    FILE_LARGE    /* more than MAX bytes */
};

/* Reads PATH into *OUT (in A, NUL-terminated behind the end). Never blocks on
 * a FIFO. */
enum file_result file_read(str path, size_t max, struct arena *a, str *out);

/* The same of the open file FD, from its place on; closes nothing. */
enum file_result file_read_fd(int fd, size_t max, struct arena *a, str *out);

/* Up to N bytes of the open file FD from OFFSET on, whatever its place. How
 * many were read, 0 at the end, or -1 with errno. */
int64_t file_read_at(int fd, uint64_t offset, char *to, size_t n);
/* The same of all N bytes. How many there were before the end or an error. */
size_t file_fill_at(int fd, uint64_t offset, char *to, size_t n);

/* Reads at most MAX bytes from the start; a longer file is no error. *SIZE
 * gets the size of the whole file. */
enum file_result file_read_head(str path, size_t max, struct arena *a, str *out,
                                uint64_t *size);

/* Appends PATH and what tells the file there from another one, and from what
 * it is once somebody writes to it. */
void file_put_version(str path, struct buf *to);

/* Is PATH there and, where all links lead, in FOLDER? */
bool file_is_inside(str folder, str path, struct arena *a);

/* Turns a result other than FILE_OK into a diagnostic about PATH, met in the
 * file FROM at LINE (FROM empty: PATH itself). errno as file_read() left it. */
void file_report(enum file_result r, str path, str from, unsigned line,
                 struct diag *dg);

/* A file that appears under its name only when it is whole: written beside
 * its place as ".NAME.blog2book-1.tmp", locked while it is being written,
 * synced and renamed. PATH "-" is standard output, which gets the whole file
 * at the end; an empty one is a file that is never published. These two are
 * in temporary_folder(). */
struct outfile;

/* NULL: already reported. Sweeps what a killed run left for the same name.
 * A temporary file that somebody still writes is not touched. */
struct outfile *outfile_new(str path, struct diag *dg);
/* The temporary name to write to, a C string. */
const char *outfile_temp(const struct outfile *f);
/* fsync, rename, fsync of the folder; frees F. One without a name is removed.
 * False: already reported, the old file is as it was. */
bool outfile_publish(struct outfile *f, struct diag *dg);
/* Removes the temporary file; frees F. NULL is fine. */
void outfile_discard(struct outfile *f);

/* A process that is to give up the right to open files makes them before, and
 * the one that keeps it publishes: outfile_lend(), then fork(). In the child
 * outfile_borrow(); what it publishes is then only noted, and it may discard
 * what it likes. When the child has ended, outfile_is_ready() says whether it
 * published F, and the parent publishes or discards it. */
void outfile_lend(struct outfile *f);
void outfile_borrow(struct outfile *f);
bool outfile_is_ready(const struct outfile *f);
/* The open file that both must keep. */
int outfile_handle(const struct outfile *f);

#endif
