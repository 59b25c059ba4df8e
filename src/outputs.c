/* SPDX-License-Identifier: MIT */
#include "outputs.h"

#include <sys/stat.h>

#include "base/file.h"
#include "base/nowhere.h"
#include "base/path.h"
#include "pdf/dumppages.h"

static void add_output(struct outputs *o, const struct settings *set,
                       const struct format *format, const char *name,
                       struct arena *a)
{
    o->v[o->n++] = (struct output){
        .format = format,
        .name = name,
        .path = settings_output_path(set, name, a),
    };
}

void outputs_choose(struct outputs *o, const struct settings *set,
                    struct arena *a)
{
    *o = (struct outputs){ 0 };
    if (set->dump == DUMP_STYLE)
        add_output(o, set, &style_dump_format, "", a);
    if (set->dump == DUMP_PAGES)
        add_output(o, set, &pages_dump_format, "", a);
    if (set->dump != DUMP_NOTHING)
        return;
    if (set->epub.wanted || !set->pdf.wanted)
        add_output(o, set, &epub_format, "epub", a);
    if (set->pdf.wanted)
        add_output(o, set, &pdf_format, "pdf", a);
}

struct file_id {
    dev_t dev;
    ino_t ino;
};

static bool is_file(str path, const struct file_id *id, struct arena *a)
{
    struct stat st;

    return path.n && stat(arena_cstr(a, path), &st) == 0 &&
           st.st_dev == id->dev && st.st_ino == id->ino;
}

/* An earlier book, which is no post. */
static bool is_book(str path, struct arena *a)
{
    uint64_t size;
    str head;

    return file_read_head(path, 4, a, &head, &size) == FILE_OK &&
           (str_eq(head, S("%PDF")) || str_eq(head, S("PK\3\4")));
}

static bool is_a_post(const struct book *book, const struct file_id *id,
                      struct arena *a)
{
    for (uint32_t i = 0; i < book->n_posts; i++)
        if (is_file(book->posts[i]->path, id, a))
            return true;
    return false;
}

static bool is_read(str path, const struct book *book, const struct file_id *id,
                    struct arena *a)
{
    const struct settings *set = book->settings;

    /* Asked first: a look at every post takes its time. */
    if (!is_book(path, a) && is_a_post(book, id, a))
        return true;
    for (size_t i = 0; i < set->css.n; i++)
        if (is_file(set->css.v[i], id, a))
            return true;
    return is_file(set->cover, id, a) || is_file(set->settings_file, id, a);
}

/* "--epub=post.md" would put the book in the place of the post. The old
 * edition of --diff may well be replaced: it has been read by then. */
static bool replaces_input(str path, const struct book *book)
{
    struct stat st;
    struct arena a;

    arena_init(&a);
    bool found = stat(arena_cstr(&a, path), &st) == 0 && S_ISREG(st.st_mode) &&
                 is_read(path, book, &(struct file_id){ st.st_dev, st.st_ino },
                         &a);
    arena_done(&a);
    return found;
}

bool outputs_have(const struct outputs *o, const char *name)
{
    for (unsigned i = 0; i < o->n; i++)
        if (strcmp(o->v[i].name, name) == 0)
            return true;
    return false;
}

static bool complain(str path, const char *why, struct diag *dg)
{
    diag_add(dg, DIAG_OUTPUT_FAILED, path, 0, "%s; nothing was published", why);
    return false;
}

static bool same_path(str x, str y)
{
    struct arena a;

    arena_init(&a);
    bool same = str_eq(path_normal(&a, x), path_normal(&a, y));
    arena_done(&a);
    return same;
}

bool outputs_make_sense(const struct outputs *o, const struct book *book,
                        struct diag *dg)
{
    if (o->n == 2 && same_path(o->v[0].path, o->v[1].path))
        return complain(o->v[0].path, "two formats can't be one file", dg);
    for (unsigned i = 0; i < o->n; i++)
        if (replaces_input(o->v[i].path, book))
            return complain(o->v[i].path,
                            "this file is read, so the book can't be written "
                            "over it",
                            dg);
    return true;
}

bool outputs_spare(const struct outputs *o, const struct book *book, str path,
                   struct diag *dg)
{
    for (unsigned i = 0; i < o->n; i++)
        if (same_path(path, o->v[i].path))
            return complain(path, "this is the book, so it can't be the report",
                            dg);
    return !replaces_input(path, book) ||
           complain(path, "this file is read, so it can't be the report", dg);
}

bool outputs_open(struct outputs *o, const struct book *book,
                  unsigned n_workers, struct diag *dg)
{
    o->checking = book->settings->check;
    for (unsigned i = 0; i < o->n; i++) {
        struct output *out = &o->v[i];
        out->state = out->format->open(book, out->path, n_workers, dg);
        if (!out->state)
            return false;
    }
    return true;
}

void outputs_prepare(const struct outputs *o, unsigned worker,
                     const struct chapter *c, struct prepared_outputs *to,
                     struct diag *dg, struct arena *a)
{
    for (unsigned i = 0; i < o->n; i++)
        to->v[i] = o->v[i].format->prepare(o->v[i].state, worker, c, a, dg);
}

static bool all_failed(const struct outputs *o)
{
    for (unsigned i = 0; i < o->n; i++)
        if (!o->v[i].failed)
            return false;
    return o->n > 0;
}

bool outputs_commit(struct outputs *o, const struct chapter *c,
                    const struct prepared_outputs *from, struct diag *dg)
{
    for (unsigned i = 0; i < o->n; i++) {
        struct output *out = &o->v[i];
        if (!out->failed)
            out->failed = !from->v[i] ||
                          !out->format->commit(out->state, c, from->v[i], dg);
    }
    return !all_failed(o);
}

void outputs_close(struct outputs *o, bool finish, struct diag *dg)
{
    for (unsigned i = 0; i < o->n; i++) {
        struct output *out = &o->v[i];
        bool wanted = finish && !out->failed;
        if (!out->state)
            continue;
        bool ok = out->format->close(out->state, wanted, &out->result, dg);
        out->state = NULL;
        out->published = wanted && ok && !o->checking;
    }
}
