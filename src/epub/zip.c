/* SPDX-License-Identifier: MIT */
#include "epub/zip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/file.h"
#include "base/nowhere.h"
#include "epub/deflate.h"
#include "epub/local.h"
#include "epub/window.h"

static const str mimetype = STR_INIT("application/epub+zip");

struct zipfile {
    zip_t *zip;
    struct spool *spool;
    struct outfile *outfile;
    struct window window;
    bool window_is_open;
    struct span there; /* of the file: as it is to be, whatever libzip writes */
    zip_error_t error; /* of the sources that we are to libzip */
    str path;
};

/* An entry as a source for libzip. There may be 100,000, so they are small:
 * one is read at a time, and its error is the archive's. */
struct reader {
    struct zipfile *z;
    const struct entry *entry; /* NULL: `own` */
    struct entry own;          /* of one that is in the file already */
    uint64_t at;
};

static bool report(const struct zipfile *z, zip_error_t *error, struct diag *dg)
{
    diag_add(dg, DIAG_OUTPUT_FAILED, z->path, 0,
             "cannot write the book: %s; nothing was changed",
             zip_error_strerror(error));
    return false;
}

static zip_int64_t fail(zip_error_t *error, int code)
{
    zip_error_set(error, code, errno);
    return -1;
}

/* What errno says of writing the file, to the user; false. */
static bool report_write(struct zipfile *z, struct diag *dg)
{
    fail(&z->error, ZIP_ER_WRITE);
    return report(z, &z->error, dg);
}

/* Is it said of the entry what the bytes amount to? Else libzip sums up. */
static bool is_summed(const struct entry *e)
{
    return e->packing == PACK_READY || e->packing == PACK_BLOCKS;
}

static const struct entry *entry_of(const struct reader *r)
{
    return r->entry ? r->entry : &r->own;
}

static zip_int64_t describe_entry(const struct reader *r, zip_stat_t *st)
{
    const struct entry *e = entry_of(r);

    zip_stat_init(st);
    st->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
    st->size = e->size;
    st->comp_size = e->span.len;
    st->comp_method = ZIP_CM_STORE;
    if (is_summed(e)) {
        st->valid |= ZIP_STAT_CRC;
        st->crc = e->crc;
        st->comp_method = ZIP_CM_DEFLATE;
    }
    return sizeof *st;
}

/* Of an entry that is in the file: says how far it goes, and leaves the bytes
 * of whoever asks as they are. Were libzip elsewhere with its writing, the book
 * would be broken. */
static zip_int64_t pass_entry(struct reader *r, uint64_t n)
{
    const struct span *span = &r->own.span;
    struct zipfile *z = r->z;

    if (r->at == 0 && z->window.at != span->off) {
        zip_error_set(&z->error, ZIP_ER_INTERNAL, 0);
        return -1;
    }
    z->there = *span;
    if (n > span->len - r->at)
        n = span->len - r->at;
    r->at += n;
    return (zip_int64_t)n;
}

static zip_int64_t read_entry(struct reader *r, char *to, uint64_t n)
{
    uint64_t left = r->entry->span.len - r->at;

    if (n > left)
        n = left;
    if (n == 0)
        return 0;
    int64_t got = spool_read(r->z->spool, r->entry->span.off + r->at, to,
                             (size_t)n);
    if (got <= 0) {
        if (got == 0)
            errno = EIO;
        return fail(&r->z->error, ZIP_ER_READ);
    }
    r->at += (uint64_t)got;
    return got;
}

static zip_int64_t serve_entry(void *user, void *data, zip_uint64_t n,
                               zip_source_cmd_t cmd)
{
    struct reader *r = user;

    switch (cmd) {
    case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_READABLE;
    case ZIP_SOURCE_STAT:
        return describe_entry(r, data);
    case ZIP_SOURCE_OPEN:
        r->at = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return r->entry ? read_entry(r, data, n) : pass_entry(r, n);
    case ZIP_SOURCE_CLOSE:
        return 0;
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&r->z->error, data, n);
    case ZIP_SOURCE_FREE:
        free(r);
        return 0;
    default:
        zip_error_set(&r->z->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

static zip_int64_t seek_archive(struct zipfile *z, void *data, zip_uint64_t n)
{
    zip_int64_t at = zip_source_seek_compute_offset(z->window.at, z->window.end,
                                                    data, n, &z->error);

    if (at < 0)
        return -1;
    z->window.at = (uint64_t)at;
    return 0;
}

static zip_int64_t write_archive(struct zipfile *z, const char *bytes,
                                 zip_uint64_t n)
{
    uint64_t in = z->window.at - z->there.off, skip = 0;

    if (z->window.at >= z->there.off && in < z->there.len)
        skip = n < z->there.len - in ? n : z->there.len - in;
    z->window.at += skip;
    if (!window_write(&z->window, bytes + skip, (size_t)(n - skip)))
        return fail(&z->error, ZIP_ER_WRITE);
    return (zip_int64_t)n;
}

/* The archive itself, as libzip sees it: a file that is not there yet. Left to
 * itself libzip would write a temporary file of its own, which a killed run
 * would leave behind under a name that nobody knows. */
static zip_int64_t serve_archive(void *user, void *data, zip_uint64_t n,
                                 zip_source_cmd_t cmd)
{
    struct zipfile *z = user;

    switch (cmd) {
    case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_WRITABLE;
    case ZIP_SOURCE_STAT:
        errno = ENOENT;
        return fail(&z->error, ZIP_ER_READ);
    case ZIP_SOURCE_BEGIN_WRITE:
        return 0;
    case ZIP_SOURCE_WRITE:
        return write_archive(z, data, n);
    case ZIP_SOURCE_SEEK_WRITE:
        return seek_archive(z, data, n);
    case ZIP_SOURCE_TELL_WRITE:
        return (zip_int64_t)z->window.at;
    case ZIP_SOURCE_COMMIT_WRITE:
        if (!window_flush(&z->window))
            return fail(&z->error, ZIP_ER_WRITE);
        return 0;
    case ZIP_SOURCE_ROLLBACK_WRITE:
    case ZIP_SOURCE_REMOVE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&z->error, data, n);
    default:
        zip_error_set(&z->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

/* From 1.10 on libzip marks even the name "mimetype" as UTF-8 when it is told
 * that it is; the same book is to be the same bytes with every version. */
static zip_flags_t encoding_of(const char *name)
{
    while (*name && (unsigned char)*name < 0x80)
        name++;
    return *name ? ZIP_FL_ENC_UTF_8 : ZIP_FL_ENC_GUESS;
}

static bool add_source(struct zipfile *z, const char *name,
                       zip_source_t *source, bool deflated, struct diag *dg)
{
    if (!source)
        return report(z, zip_get_error(z->zip), dg);
    zip_int64_t i = zip_file_add(z->zip, name, source, encoding_of(name));
    if (i < 0) {
        zip_source_free(source);
        return report(z, zip_get_error(z->zip), dg);
    }
    if (zip_set_file_compression(z->zip, (zip_uint64_t)i,
                                 deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) ||
        zip_file_set_dostime(z->zip, (zip_uint64_t)i, ZIP_DOS_TIME,
                             ZIP_DOS_DATE, 0))
        return report(z, zip_get_error(z->zip), dg);
    return true;
}

static bool add_reader(struct zipfile *z, const char *name,
                       const struct reader *made, struct diag *dg)
{
    struct reader *r = malloc(sizeof *r);

    if (!r)
        die("out of memory");
    *r = *made;
    bool deflated = entry_of(r)->packing != PACK_STORE;
    zip_source_t *source = zip_source_function(z->zip, serve_entry, r);
    if (!source)
        free(r);
    return add_source(z, name, source, deflated, dg);
}

bool zipfile_add(struct zipfile *z, const char *name, const struct entry *e,
                 struct diag *dg)
{
    const struct reader r = { .z = z, .entry = e };

    return add_reader(z, name, &r, dg);
}

bool zipfile_place(struct zipfile *z, const char *name, const struct entry *e,
                   str bytes, struct diag *dg)
{
    struct reader r = { .z = z, .own = *e };

    r.own.span.off = z->window.end + local_header_length(name);
    if (!local_write(&z->window, name, e, bytes))
        return report_write(z, dg);
    r.own.span.len = z->window.end - r.own.span.off;
    return add_reader(z, name, &r, dg);
}

/* It is copied again at the end, being what libzip must sum up. */
static bool add_mimetype(struct zipfile *z, struct diag *dg)
{
    const struct entry e = { .size = mimetype.n, .crc = deflate_crc(mimetype) };

    if (!add_source(z, "mimetype",
                    zip_source_buffer(z->zip, mimetype.p, mimetype.n, 0), false,
                    dg))
        return false;
    return local_write(&z->window, "mimetype", &e, mimetype) ||
           report_write(z, dg);
}

static bool open_archive(struct zipfile *z, struct diag *dg)
{
    zip_error_t error;

    z->window_is_open = window_open(&z->window, outfile_temp(z->outfile),
                                    z->path.n && !path_is_stdout(z->path));
    if (!z->window_is_open) {
        diag_add(dg, DIAG_OUTPUT_FAILED, z->path, 0,
                 "cannot write the book: %s", strerror(errno));
        return false;
    }
    zip_error_init(&error);
    zip_source_t *archive = zip_source_function_create(serve_archive, z,
                                                       &error);
    z->zip = archive ? zip_open_from_source(archive, ZIP_CREATE, &error) : NULL;
    if (!z->zip) {
        report(z, &error, dg);
        if (archive)
            zip_source_free(archive);
    }
    zip_error_fini(&error);
    return z->zip != NULL;
}

struct zipfile *zipfile_new(str path, struct spool *spool, struct diag *dg)
{
    return zipfile_new_in(outfile_new(path, dg), path, spool, dg);
}

struct zipfile *zipfile_new_in(struct outfile *outfile, str path,
                               struct spool *spool, struct diag *dg)
{
    struct zipfile *z = calloc(1, sizeof *z);

    if (!z)
        die("out of memory");
    *z = (struct zipfile){ .spool = spool, .outfile = outfile, .path = path };
    zip_error_init(&z->error);
    if (outfile && open_archive(z, dg) && add_mimetype(z, dg))
        return z;
    zipfile_discard(z);
    return NULL;
}

void zipfile_discard(struct zipfile *z)
{
    if (!z)
        return;
    if (z->zip)
        zip_discard(z->zip);
    if (z->window_is_open)
        window_close(&z->window);
    outfile_discard(z->outfile);
    zip_error_fini(&z->error);
    free(z);
}

/* libzip goes through all entries once more, and passes what is there. */
static bool close_archive(struct zipfile *z, struct diag *dg)
{
    if (!window_flush(&z->window))
        return report_write(z, dg);
    z->window.at = 0;
    return zip_close(z->zip) == 0 || report(z, zip_get_error(z->zip), dg);
}

bool zipfile_finish(struct zipfile *z, uint64_t *bytes, struct diag *dg)
{
    if (!close_archive(z, dg)) {
        zipfile_discard(z);
        return false;
    }
    z->zip = NULL;
    *bytes = z->window.end;
    z->window_is_open = false;
    bool ok = window_close(&z->window);
    if (!ok)
        diag_add(dg, DIAG_OUTPUT_FAILED, z->path, 0,
                 "cannot write the book: %s; nothing was changed",
                 strerror(errno));
    else {
        struct outfile *outfile = z->outfile;
        z->outfile = NULL;
        ok = outfile_publish(outfile, dg);
    }
    zipfile_discard(z);
    return ok;
}

void zip_library_start(void)
{
    zip_error_t error;

    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_TRUNCATE, &error)
                        : NULL;
    if (zip)
        zip_discard(zip);
    else if (source)
        zip_source_free(source);
    zip_error_fini(&error);
}

str zip_library_version(struct arena *a)
{
    return arena_dup(a, str_of(zip_libzip_version()));
}
