/* SPDX-License-Identifier: MIT */
#include "reportfile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "message.h"
#include "report_json.h"

/* Brackets of a report up to this depth have an item a line: its members,
 * the posts of a book, the books of a batch. */
#define LINES 2

struct reportfile {
    struct arena arena;
    struct diag diag;
    const struct settings *set;
    struct outfile *file;
    FILE *to;
    struct json json;
};

static void complain(struct reportfile *f)
{
    diag_add(&f->diag, DIAG_OUTPUT_FAILED, f->set->report, 0,
             "can't write the report: %s", strerror(errno));
}

static bool finish(struct reportfile *f, bool ok)
{
    for (const struct diag_item *it = f->diag.first; it; it = it->next)
        message_print(it, f->set->diagnostics, false, stderr);
    arena_done(&f->arena);
    free(f);
    return ok;
}

struct reportfile *reportfile_new(const struct settings *set)
{
    struct reportfile *f = calloc(1, sizeof *f);

    if (!f)
        die("out of memory");
    arena_init(&f->arena);
    diag_init(&f->diag, &f->arena);
    f->set = set;
    f->file = lent_outfile(set->lent, set->report, &f->diag);
    f->to = f->file ? fopen(outfile_temp(f->file), "we") : NULL;
    if (f->file && !f->to)
        complain(f);
    if (!f->to) {
        outfile_discard(f->file);
        finish(f, false);
        return NULL;
    }
    f->json = (struct json){ .to = f->to, .lines = LINES };
    json_open(&f->json, NULL, '{');
    report_json_head(&f->json);
    return f;
}

struct json *reportfile_json(struct reportfile *f)
{
    return f ? &f->json : NULL;
}

bool reportfile_finish(struct reportfile *f, bool publish)
{
    json_close(&f->json, '}');
    fputc('\n', f->to);
    bool ok = !ferror(f->to);
    ok = fclose(f->to) == 0 && ok;
    if (!ok)
        complain(f);
    if (ok && publish)
        return finish(f, outfile_publish(f->file, &f->diag));
    outfile_discard(f->file);
    return finish(f, ok);
}
