/* SPDX-License-Identifier: MIT */
/* An item of a list becomes a book's settings. */
#include "base/nowhere.h"
#include "base/path.h"
#include "batchfile.h"
#include "book/reader.h"
#include "book/suggest.h"

/* What is of the whole run, not of a book. */
static bool is_of_run(const char *name)
{
    static const char *const names[] = { "batch",  "cache-gc",    "check",
                                         "color",  "diagnostics", "dump",
                                         "force",  "jobs",        "quiet",
                                         "report", "safe",        "shard",
                                         "verbose" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

struct loader {
    const struct batchfile *file;
    struct settings *set;
    struct arena *a;
    struct diag *dg;
    bool ok;
};

static void refuse(struct loader *l, unsigned line, str why)
{
    diag_add(l->dg, DIAG_SETTING_BAD, l->file->path, line, "%.*s",
             STR_ARG(why));
    l->ok = false;
}

static bool names_file(const struct option_info *o, str text)
{
    if (o->kind == OPT_OUTPUT)
        return settings_truth(text) < 0;
    return o->kind == OPT_PATH || o->kind == OPT_PATH_LIST ||
           strcmp(o->name, "output") == 0;
}

static void set_text(struct loader *l, size_t i, const struct value *v)
{
    size_t n;
    const struct option_info *o = &option_table(&n)[i];
    str text = v->kind == VALUE_TEXT ? v->text : S(""), why;

    if (names_file(o, text) && !path_is_stdout(text))
        text = path_join(l->a, l->file->dir, text);
    if (!settings_set(l->set, i, text, &why))
        refuse(l, v->line, why);
}

static void set_option(struct loader *l, const struct value *v)
{
    size_t i, n;
    const struct option_info *table = option_table(&n);

    if (!option_find(v->key, &i)) {
        const char *near = suggest_setting(v->key);
        diag_add(l->dg, DIAG_SETTING_UNKNOWN, l->file->path, v->line,
                 "unknown setting '%.*s', %s%s", STR_ARG(v->key),
                 near ? "did you mean " : "ignored it", near ? near : "");
        return;
    }
    if (is_of_run(table[i].name))
        refuse(l, v->line,
               arena_printf(l->a,
                            "%s is for all books; give it on the command "
                            "line",
                            table[i].name));
    else if (v->kind == VALUE_MAP)
        refuse(l, v->line,
               arena_printf(l->a, "%s must be a text", table[i].name));
    else if (v->kind == VALUE_LIST)
        for (const struct value *item = v->first; item; item = item->next)
            set_text(l, i, item);
    else if (v->kind == VALUE_TEXT)
        set_text(l, i, v);
}

static void add_path(struct loader *l, str path)
{
    *vec_push(&l->set->paths, l->a) = path_join(l->a, l->file->dir, path);
}

static void set_entry(struct loader *l, const struct value *v, str *id)
{
    if (str_eq(v->key, S("id")) && v->kind == VALUE_TEXT)
        *id = v->text;
    else if (str_eq(v->key, S("id")))
        refuse(l, v->line, S("id must be a text"));
    else if (!str_eq(v->key, S("path")) && !str_eq(v->key, S("paths")))
        set_option(l, v);
    else if (v->kind == VALUE_TEXT)
        add_path(l, v->text);
    else
        for (const struct value *item = v->first; item; item = item->next)
            if (item->kind == VALUE_TEXT)
                add_path(l, item->text);
}

static void read_entry(struct loader *l, const struct value *v, str *id)
{
    if (v->kind == VALUE_TEXT)
        add_path(l, v->text);
    else if (v->kind == VALUE_MAP)
        for (const struct value *e = v->first; e; e = e->next)
            set_entry(l, e, id);
    if (l->set->paths.n == 0)
        refuse(l, v->line, S("this book has no 'path'"));
    else if (id->n == 0)
        *id = l->set->paths.v[0];
}

/* As the command line has it, without what is of the whole run. */
static void copy_common(struct settings *to, const struct settings *common)
{
    str ignored;

    for (size_t i = 0; i < common->given.n; i++)
        settings_set(to, common->given.v[i].option, common->given.v[i].text,
                     &ignored);
    to->batch = to->report = to->shard = (str){ 0 };
}

static const struct value *parse(const struct batchfile *f,
                                 const struct batch_item *item, struct arena *a,
                                 struct diag *dg)
{
    struct read_error err;
    const struct value *v = f->json
                                ? json_read(item->text, item->line, a, &err)
                                : yaml_read(item->text, item->line, a, &err);

    if (!v)
        diag_add(dg, DIAG_SETTING_BAD, f->path, err.line, "%.*s",
                 STR_ARG(err.why));
    else if (!f->json && v->kind == VALUE_LIST && v->first)
        v = v->first;
    return v;
}

bool batchfile_book(const struct batchfile *f, size_t i,
                    const struct settings *common, struct batch_book *out,
                    struct arena *a, struct diag *dg)
{
    struct loader l = { f, &out->set, a, dg, true };

    settings_init(&out->set, a);
    copy_common(&out->set, common);
    out->id = S("");
    const struct value *v = parse(f, &f->items.v[i], a, dg);
    if (v)
        read_entry(&l, v, &out->id);
    if (out->id.n == 0)
        out->id = arena_printf(a, "line %u", f->items.v[i].line);
    return v && l.ok;
}
