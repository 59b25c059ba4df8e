/* SPDX-License-Identifier: MIT */
/* An earlier edition's chapters, as --diff compares them: any bytes for a
 * chapter, and their first line for its name. (fuzz_zip.c does the archive.) */
#include <stdint.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "diff.h"
#include "epub/zip.h"
#include "scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_edition(str path, str name, str bytes, struct arena *a,
                          struct diag *dg)
{
    struct entry e = { .size = bytes.n, .packing = PACK_STORE };
    struct spool *sp = spool_new(path, dg);
    uint64_t total;

    if (!sp || !spool_put(sp, bytes, &e.span, dg))
        abort();
    struct zipfile *z = zipfile_new(path, sp, dg);
    const char *entry =
        arena_printf(a, "EPUB/text/%.*s.xhtml", STR_ARG(name)).p;
    if (!z || !zipfile_add(z, entry, &e, dg) || !zipfile_finish(z, &total, dg))
        abort();
    spool_free(sp);
}

/* A name that this program would give: what else there is in archives is
 * fuzz_zip.c's. */
static str make_name(str line, struct arena *a)
{
    char *p = arena_bytes(a, line.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < line.n && i < 100; i++)
        if (ascii_is_alnum((unsigned char)line.p[i]))
            p[n++] = line.p[i];
    if (n == 0)
        p[n++] = 'x';
    return (str){ p, n };
}

static void show(const struct diff *d)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    struct json j = { .to = to, .lines = 2 };

    if (!to)
        abort();
    diff_print(d, to);
    fflush(to);
    /* What somebody wrote does not drive a terminal. */
    for (size_t i = 0; i < n; i++)
        if (((unsigned char)text[i] < ' ' && text[i] != '\n') ||
            text[i] == 0x7F)
            abort();
    json_open(&j, NULL, '{');
    diff_json(d, &j);
    json_close(&j, '}');
    fclose(to);
    if (!utf8_is_valid((str){ text, n }))
        abort();
    free(text);
}

static void compare(str path, str name, str bytes, struct arena *a,
                    struct diag *dg)
{
    struct settings set = { .diff = path };
    struct book book = { .settings = &set };
    struct post same = { .name = name }, new = { .name = S("A-new-one") };
    uint8_t hash[SHA256_SIZE];
    struct diff *d = diff_new(&book, dg);

    if (!d)
        abort();
    hash_sha256(bytes, hash);
    diff_commit(d, &new, hash);
    show(d); /* the old one is gone */
    diff_commit(d, &same, hash);
    show(d);
    diff_free(d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str rest = { (const char *)data, size }, line = str_cut(&rest, '\n');
    struct arena a;
    struct diag dg;

    arena_init(&a);
    diag_init(&dg, &a);
    str dir = tempdir_new(&a), name = make_name(line, &a);
    str path = arena_printf(&a, "%s/old.epub", dir.p);
    write_edition(path, name, rest, &a, &dg);
    compare(path, name, rest, &a, &dg);
    scratch_remove(dir, &a);
    arena_done(&a);
    return 0;
}
