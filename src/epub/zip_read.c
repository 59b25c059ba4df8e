/* SPDX-License-Identifier: MIT */
#include "epub/zip_read.h"

#include <sys/stat.h>
#include <zip.h>

#include "base/buf.h"

#define PART (64u << 10)

static const str prefix = STR_INIT("EPUB/text/");
static const str suffix = STR_INIT(".xhtml");

struct archive {
    zip_t *zip;
    str path;
    struct buf bytes; /* of one entry */
    uint64_t total;
    struct diag *dg;
};

static bool refuse(const struct archive *z, const char *why)
{
    diag_add(z->dg, DIAG_EDITION_BAD, arena_dup(z->dg->arena, z->path), 0,
             "can't compare with this file: %s; nothing was published", why);
    return false;
}

static bool read_all(struct archive *z, zip_file_t *f)
{
    buf_reset(&z->bytes);
    for (;;) {
        zip_int64_t n = zip_fread(f, buf_reserve(&z->bytes, PART), PART);
        if (n < 0)
            return refuse(z, zip_file_strerror(f));
        if (n == 0)
            return true;
        z->bytes.n += (size_t)n;
        z->total += (uint64_t)n;
        if (z->bytes.n > ZIP_READ_ENTRY_MAX || z->total > ZIP_READ_ALL_MAX)
            return refuse(z, "it unpacks to too much");
    }
}

/* "x" of "EPUB/text/x.xhtml", or nothing. */
static str chapter_name(str entry)
{
    if (!str_starts(entry, prefix) || !str_ends(entry, suffix) ||
        entry.n <= prefix.n + suffix.n)
        return (str){ 0 };
    return str_sub(entry, prefix.n, entry.n - prefix.n - suffix.n);
}

static bool visit(struct archive *z, zip_uint64_t i,
                  const struct zip_visitor *visitor)
{
    str name = chapter_name(str_of(zip_get_name(z->zip, i, ZIP_FL_ENC_RAW)));

    if (name.n == 0)
        return true;
    zip_file_t *f = zip_fopen_index(z->zip, i, 0);
    if (!f)
        return refuse(z, zip_strerror(z->zip));
    bool ok = read_all(z, f);
    zip_fclose(f);
    if (ok)
        visitor->chapter(visitor->context, name, buf_str(&z->bytes));
    return ok;
}

static bool visit_all(struct archive *z, const struct zip_visitor *visitor)
{
    zip_int64_t n = zip_get_num_entries(z->zip, 0);

    for (zip_int64_t i = 0; i < n; i++)
        if (!visit(z, (zip_uint64_t)i, visitor))
            return false;
    return true;
}

static bool open_archive(struct archive *z)
{
    struct arena a;
    struct stat st;
    zip_error_t why;
    int code = 0;

    arena_init(&a);
    const char *name = arena_cstr(&a, z->path);
    /* Opening a FIFO would wait for somebody to write. */
    bool regular = stat(name, &st) != 0 || S_ISREG(st.st_mode);
    z->zip = regular ? zip_open(name, ZIP_RDONLY, &code) : NULL;
    arena_done(&a);
    if (z->zip)
        return true;
    if (!regular)
        return refuse(z, "it is no regular file");
    zip_error_init_with_code(&why, code);
    refuse(z, zip_error_strerror(&why));
    zip_error_fini(&why);
    return false;
}

bool zip_read_chapters(str path, const struct zip_visitor *visitor,
                       struct diag *dg)
{
    struct archive z = { .path = path, .dg = dg };

    if (!open_archive(&z))
        return false;
    bool ok = visit_all(&z, visitor);
    zip_discard(z.zip);
    buf_done(&z.bytes);
    return ok;
}
